//! `ssh-keygen -l`, see `ssh-keygen(1)`: a key a line. The public keys are for everybody to read.

use super::{SshHostKey, SshHostKeys};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const SCRIPT: &str = "for key in /etc/ssh/ssh_host_*_key.pub; do
[ -e \"$key\" ] || continue
printf 'file %s\\n' \"$key\"
ssh-keygen -l -f \"$key\"
done";

pub(super) const VARIANT: Variant<NoArgs, SshHostKeys> = Variant {
    name: "keygen",
    needs: Needs::programs(&["ssh-keygen"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["ssh-keygen /etc/ssh/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SshHostKeys>, ParseError> {
    let complaint = raw.error_text();
    if raw.exit_code != Some(0) {
        let mut lines = complaint.lines().chain([""]);
        let is_none = |line: &&str| {
            line.ends_with("is not a public key file.")
                || line.ends_with("No such file or directory")
        };
        if let Some(line) = lines.find(is_none) {
            return Err(ParseError::Unavailable(line.trim().to_owned()));
        }
    }
    raw.expect_exit(&[0])?;
    if !raw.typed.is_empty() {
        raw.expect_output()?;
    }
    let mut file: Option<String> = None;
    let answer = SshHostKeys { keys: Vec::new() };
    let parsed = raw.read_lines(answer, |answer, line| {
        if let Some(path) = line.strip_prefix("file /") {
            file = Some(format!("/{path}"));
            return Some(());
        }
        // The picture that `-v` draws.
        if line.starts_with(['+', '|']) {
            return (!answer.keys.is_empty()).then_some(());
        }
        let mut key = key(line)?;
        key.file = file.take();
        answer.keys.push(key);
        Some(())
    });
    if parsed.value.keys.is_empty() && !parsed.unread.is_empty() {
        let unknown = || ParseError::shape("no key as ssh-keygen -l prints it");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

/// Reads `256 SHA256:.. root@host (ED25519)`; the comment may hold spaces, or be `no comment`.
fn key(line: &str) -> Option<SshHostKey> {
    let (bits, rest) = line.split_once(' ')?;
    let (fingerprint, rest) = rest.split_once(' ')?;
    // Before OpenSSH 6.8 there was but one, without its name.
    let is_bare = fingerprint.len() == 47
        && fingerprint
            .split(':')
            .all(|pair| pair.len() == 2 && u8::from_str_radix(pair, 16).is_ok());
    let fingerprint = match is_bare {
        true => format!("MD5:{fingerprint}"),
        false => fingerprint.to_owned(),
    };
    let (digest, digits) = fingerprint.split_once(':')?;
    let (comment, kind) = match rest.rsplit_once(" (") {
        Some((comment, kind)) => (comment, kind),
        None => ("", rest.strip_prefix('(')?),
    };
    let is_digest = matches!(digest, "SHA256" | "SHA1" | "SHA512" | "MD5") && !digits.is_empty();
    is_digest.then_some(())?;
    Some(SshHostKey {
        file: None,
        key_type: kind.strip_suffix(')')?.to_owned(),
        bits: bits.parse().ok()?,
        fingerprint,
        comment: Some(comment.to_owned())
            .filter(|text| !matches!(text.as_str(), "" | "no comment")),
    })
}
