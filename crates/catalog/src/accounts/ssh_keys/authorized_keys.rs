//! The lines of `authorized_keys`, `sshd(8)`, and of public keys: options, kind, key and comment.
//! Their fingerprints are not worked out.

use super::{SshKey, SshKeyList, SshKeysOf};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, text};

const SCRIPT: &str = r#"file=${1:-$HOME/.ssh/authorized_keys}
[ -n "$1" ] || [ -e "$file" ] || exit 0
! grep -q 'PRIVATE KEY' "$file" || { echo "this is a private key" >&2; exit 1; }
exec cat -- "$file""#;

pub(super) const VARIANT: Variant<SshKeysOf, SshKeyList> = Variant {
    name: "authorized_keys",
    needs: Needs::NOTHING,
    source: |args| Source::Command(Command::script(SCRIPT).value_or_empty(args.path.as_ref())),
    reads: &[
        "cat|head|less|more|tail ~/.ssh/*|$HOME/.ssh/*|/root/.ssh/*|/home/*|.ssh/*|authorized_keys*",
        "cat|head|less|more|tail /etc/ssh/*",
        "ssh-add -L*",
    ],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SshKeyList>, ParseError> {
    // These folders hold other files too: only one of this name, or of a public key, is taken for one.
    let is_named = raw.typed.iter().any(|word| {
        word.contains("authorized_keys") || word.ends_with(".pub") || word == "ssh-add"
    });
    if !raw.typed.is_empty() && !is_named {
        return Err(ParseError::shape("no file of public keys was shown"));
    }
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("No such file") => {
            ParseError::Unavailable(detail)
        }
        error => error,
    })?;
    let text = raw.text();
    let mut parsed = Parsed::whole(SshKeyList { keys: Vec::new() });
    for (index, line) in text::lines(&text) {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        match key(line) {
            Some(key) => parsed.value.keys.push(key),
            None => parsed.leave_unread(index, line),
        }
    }
    if let Some((index, line)) = text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    if parsed.value.keys.is_empty() && !parsed.unread.is_empty() {
        return Err(ParseError::shape("no line holds a public key"));
    }
    Ok(parsed)
}

/// Reads `[options] kind key [comment]`; options may hold spaces within quotes.
fn key(line: &str) -> Option<SshKey> {
    let (first, rest) = word(line)?;
    let (options, name, rest) = match kind(first) {
        Some(_) => (None, first, rest),
        None => {
            let (second, rest) = word(rest)?;
            (Some(first), second, rest)
        }
    };
    let (r#type, bits) = kind(name)?;
    let (key, comment) = word(rest)?;
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    if key.len() < 16 || !key.starts_with("AAAA") || !key.chars().all(is_base64) {
        return None;
    }
    Some(SshKey {
        r#type: r#type.to_owned(),
        bits,
        fingerprint: None,
        comment: Some(comment.to_owned()).filter(|comment| !comment.is_empty()),
        options: options.map(str::to_owned),
    })
}

/// The first word of a text, up to a space outside quotes, and what is behind it.
fn word(text: &str) -> Option<(&str, &str)> {
    let mut is_quoted = false;
    let mut before = ' ';
    let end = text.find(|c: char| {
        if c == '"' && before != '\\' {
            is_quoted = !is_quoted;
        }
        before = c;
        !is_quoted && (c == ' ' || c == '\t')
    });
    let (word, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    (!word.is_empty()).then_some((word, rest.trim_start()))
}

/// A kind by its name in keys, with its length where that says it.
fn kind(name: &str) -> Option<(&'static str, Option<u32>)> {
    Some(match name {
        "ssh-ed25519" => ("ed25519", Some(256)),
        "ssh-rsa" => ("rsa", None),
        "ssh-dss" => ("dsa", None),
        "ecdsa-sha2-nistp256" => ("ecdsa", Some(256)),
        "ecdsa-sha2-nistp384" => ("ecdsa", Some(384)),
        "ecdsa-sha2-nistp521" => ("ecdsa", Some(521)),
        "sk-ssh-ed25519@openssh.com" => ("ed25519-sk", Some(256)),
        "sk-ecdsa-sha2-nistp256@openssh.com" => ("ecdsa-sk", Some(256)),
        "ssh-ed25519-cert-v01@openssh.com" => ("ed25519-cert", Some(256)),
        "ssh-rsa-cert-v01@openssh.com" => ("rsa-cert", None),
        "ecdsa-sha2-nistp256-cert-v01@openssh.com" => ("ecdsa-cert", Some(256)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_may_hold_spaces() {
        let line = r#"from="10.0.0.0/8",command="echo \"a b\"" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ann at home"#;
        let read = key(line).unwrap();
        assert_eq!(
            read.options.as_deref(),
            Some(r#"from="10.0.0.0/8",command="echo \"a b\"""#)
        );
        assert_eq!(read.comment.as_deref(), Some("ann at home"));
        for line in ["ssh-ed25519", "ssh-rsa hello world", "lorem ipsum dolor"] {
            assert_eq!(key(line), None, "{line}");
        }
    }
}
