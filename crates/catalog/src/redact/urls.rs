//! Passwords in addresses, `scheme://user:PASSWORD@host`.
//!
//! Invariant: the user, the host and the path stay.

use std::ops::Range;

use super::bytes::{at, end_of, is_quote};

/// How far a password with a slash in it is looked for.
const FARTHEST: usize = 128;

/// Adds the places of the passwords of all addresses.
pub(super) fn find(text: &str, found: &mut Vec<Range<usize>>) {
    for (place, _) in text.match_indices(':') {
        let password = slash_end(text, place.saturating_add(1))
            .and_then(|from| slash_end(text, from))
            .and_then(|from| password(text, from));
        found.extend(password);
    }
}

/// The place behind a slash, which in JSON may be `\/`.
fn slash_end(text: &str, from: usize) -> Option<usize> {
    let slash = end_of(text, from, |byte| byte == b'\\');
    (at(text, slash) == b'/').then_some(slash.saturating_add(1))
}

fn password(text: &str, from: usize) -> Option<Range<usize>> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric();
    let is_word = |byte: u8| byte > b' ' && !is_quote(byte) && !b"<>".contains(&byte);
    let end = end_of(text, from, |byte| is_word(byte) && !b"/?#".contains(&byte));
    let authority = text.get(from..end)?;
    let (user, password) = match authority.rsplit_once('@') {
        Some((user, _)) => user.split_once(':')?,
        // A password that was not encoded may hold a slash; what follows a host is a port.
        None => {
            let (user, rest) = authority.split_once(':')?;
            if rest.bytes().all(|byte| byte.is_ascii_digit())
                || rest.starts_with('[')
                || user.contains('[')
            {
                return None;
            }
            let begin = from.saturating_add(user.len()).saturating_add(1);
            let farthest = text.len().min(begin.saturating_add(FARTHEST));
            let tail = text.as_bytes().get(begin..farthest)?;
            // Nor were its quotes: one that closes is not followed by a letter.
            let ends = |bytes: &[u8]| match bytes {
                [byte, next, ..] => *byte <= b' ' || !(is_word(*byte) || is_letter(*next)),
                _ => false,
            };
            let length = tail.windows(2).position(ends);
            let word = tail.get(..length.unwrap_or(tail.len()))?;
            let length = word.iter().rposition(|byte| *byte == b'@')?;
            return Some(begin..begin.saturating_add(length));
        }
    };
    let begin = from.saturating_add(user.len()).saturating_add(1);
    (!password.is_empty()).then(|| begin..begin.saturating_add(password.len()))
}
