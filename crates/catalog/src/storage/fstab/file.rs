//! `/etc/fstab`, see `fstab(5)`. The secrets of network shares are left out.

use super::{FstabEntry, FstabList};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::{escapes::unescaped, file_lines, mounts::split_options},
};

const FILES: &[FixedPath] = &[FixedPath::new("/etc/fstab")];

pub(super) const VARIANT: Variant<NoArgs, FstabList> = Variant {
    name: "file",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FstabList>, ParseError> {
    let empty = FstabList {
        entries: Vec::new(),
    };
    let mut has_comment = false;
    let mut parsed = file_lines(&raw, FILES, empty, |list, line| {
        if line.trim_start().starts_with('#') {
            has_comment = true;
            return Some(());
        }
        list.entries.push(entry(line)?);
        Some(())
    })?;
    // What was not understood may hold a password all the same.
    for line in &mut parsed.unread {
        let may_hold = ["pass", "secret", "pwd", "@"];
        if may_hold.iter().any(|word| line.text.contains(word)) {
            "a line that may hold a password".clone_into(&mut line.text);
        }
    }
    if parsed.value.entries.is_empty() && !has_comment && !parsed.unread.is_empty() {
        return Err(ParseError::shape("no entry of fstab"));
    }
    Ok(parsed)
}

/// Whether an option's value is a secret: `password=`, `pass=`, `secret=` and their kin.
fn is_secret(option: &str) -> bool {
    let Some((name, _)) = option.split_once('=') else {
        return false;
    };
    let holds = |word: &str| name.contains(word);
    name == "pass" || holds("passw") || holds("secret") || holds("pwd")
}

/// A source without the password that it may have before its host: `ftp://user:word@host`.
fn without_password(source: String) -> String {
    let Some((before, host)) = source.rsplit_once('@') else {
        return source;
    };
    let user_at = before
        .rfind(['/', '#'])
        .map_or(0, |at| at.saturating_add(1));
    match before.split_at_checked(user_at) {
        Some((scheme, user)) => match user.split_once(':') {
            Some((user, _)) => format!("{scheme}{user}@{host}"),
            None => source,
        },
        None => source,
    }
}

/// Reads `source place type [options [dump [pass]]]`; a comment may follow.
fn entry(line: &str) -> Option<FstabEntry> {
    let words: Vec<&str> = line
        .split_ascii_whitespace()
        .take_while(|word| !word.starts_with('#'))
        .collect();
    let (source, place, kind, rest) = match words.as_slice() {
        [source, place, kind, rest @ ..] if rest.len() <= 3 => (source, place, kind, rest),
        _ => return None,
    };
    (place.starts_with('/') || matches!(*place, "none" | "swap")).then_some(())?;
    let number = |at: usize| rest.get(at).map_or(Some(0), |word| word.parse().ok());
    let options = rest
        .first()
        .map(|options| split_options(&unescaped(options)));
    let options = options.unwrap_or_default().into_iter();
    Some(FstabEntry {
        source: without_password(unescaped(source)),
        mount_point: Some(unescaped(place)).filter(|place| place.starts_with('/')),
        r#type: unescaped(kind),
        options: options.filter(|option| !is_secret(option)).collect(),
        dump: number(1)?,
        pass: number(2)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_and_secrets_are_not() {
        let found =
            entry("//nas/a\\040b /srv/a cifs user=x,password=geheim,ro 0 2 # mine").unwrap();
        assert_eq!(found.source, "//nas/a b");
        assert_eq!(found.options, ["user=x", "ro"]);
        assert_eq!((found.dump, found.pass), (0, 2));
        let found = entry("curlftpfs#ann:geheim@host /srv/f fuse x,pass=a,passwd=b,ro").unwrap();
        assert_eq!(found.source, "curlftpfs#ann@host");
        assert_eq!(found.options, ["x", "ro"]);
        let plain = entry("ann@host:/x /srv/s fuse.sshfs ro").unwrap();
        assert_eq!(plain.source, "ann@host:/x");
        assert_eq!(entry("UUID=1 none swap").unwrap().mount_point, None);
        for bad in ["", "a b c", "a /b", "a /b c d 0 x", "a /b c d 0 0 0"] {
            assert_eq!(entry(bad), None, "{bad}");
        }
    }
}
