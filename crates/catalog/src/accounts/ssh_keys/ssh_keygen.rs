//! `ssh-keygen -l` of OpenSSH, which `ssh-add -l` prints like: `256 SHA256:.. comment (ED25519)`.
//! Before OpenSSH 6.8 a fingerprint was MD5 and did not say so.

use super::{SshKey, SshKeyList, SshKeysOf};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    accounts::{database::number, last_lines::unescaped},
};

/// A file without any key is none to ssh-keygen.
const SCRIPT: &str = r#"file=${1:-$HOME/.ssh/authorized_keys}
[ -n "$1" ] || [ -e "$file" ] || exit 0
[ ! -r "$file" ] || grep -q '^[^#]' "$file" || exit 0
exec ssh-keygen -l -f "$file""#;

pub(super) const VARIANT: Variant<SshKeysOf, SshKeyList> = Variant {
    name: "ssh_keygen",
    needs: Needs::programs(&["ssh-keygen"]),
    source: |args| Source::Command(Command::script(SCRIPT).value_or_empty(args.path.as_ref())),
    reads: &["ssh-keygen -l*|-vl*", "ssh-add -l*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SshKeyList>, ParseError> {
    let none = SshKeyList { keys: Vec::new() };
    let text = raw.text();
    if text.trim() == "The agent has no identities." {
        return Ok(Parsed::whole(none));
    }
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("No such file") => {
            ParseError::Unavailable(detail)
        }
        ParseError::Shape(detail) if detail.contains("authentication agent") => {
            ParseError::Unavailable(detail)
        }
        error => error,
    })?;
    let parsed = raw.read_lines(none, |list, line| {
        // The picture that `-v` draws.
        let is_picture = (line.starts_with('|') && line.ends_with('|'))
            || (line.starts_with('+') && line.ends_with('+'));
        if !is_picture {
            list.keys.push(key(line)?);
        }
        Some(())
    });
    if parsed.value.keys.is_empty() && !parsed.unread.is_empty() {
        let no_rows = || ParseError::shape("ssh-keygen printed no fingerprints");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// Reads `bits fingerprint comment (TYPE)`.
fn key(line: &str) -> Option<SshKey> {
    let (bits, rest) = line.split_once(' ')?;
    let (fingerprint, rest) = rest.split_once(' ')?;
    let (comment, kind) = rest.trim_end().rsplit_once('(')?;
    let kind = kind.strip_suffix(')')?;
    let is_kind = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    if kind.is_empty() || !kind.chars().all(is_kind) {
        return None;
    }
    let is_md5 = |text: &str| {
        text.len() == 47
            && text
                .split(':')
                .all(|pair| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let is_told = fingerprint
        .split_once(':')
        .is_some_and(|(hash, _)| matches!(hash, "SHA256" | "SHA1" | "SHA384" | "SHA512" | "MD5"));
    let fingerprint = match fingerprint {
        old if is_md5(old) => format!("MD5:{old}"),
        new if is_told => new.to_owned(),
        _ => return None,
    };
    // In the locale C its bytes beyond ASCII are written as `\303\270`.
    let comment = unescaped(comment.trim());
    Some(SshKey {
        r#type: kind.to_ascii_lowercase(),
        bits: Some(number(bits)?),
        fingerprint: Some(fingerprint),
        comment: Some(comment).filter(|comment| !comment.is_empty() && comment != "no comment"),
        options: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_may_hold_anything() {
        let read =
            key("2048 12:34:56:78:9a:bc:de:f0:12:34:56:78:9a:bc:de:f0 a (b) c (RSA)").unwrap();
        assert_eq!(read.comment.as_deref(), Some("a (b) c"));
        assert!(read.fingerprint.unwrap().starts_with("MD5:12:34"));
        for line in [
            "256 SHA256:abc comment",
            "256 abc comment (RSA)",
            "x SHA256:abc comment (RSA)",
            "256 SHA256:abc comment (see above)",
        ] {
            assert_eq!(key(line), None, "{line}");
        }
    }
}
