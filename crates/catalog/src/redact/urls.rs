//! Passwords in addresses, `scheme://user:PASSWORD@host`.
//!
//! Invariant: the user, the host and the path stay.

use std::ops::Range;

use super::bytes::{end_of, is_quote};

/// How far a password with a slash in it is looked for.
const FARTHEST: usize = 128;

/// Adds the places of the passwords of all addresses.
pub(super) fn find(text: &str, found: &mut Vec<Range<usize>>) {
    for (place, slashes) in text.match_indices("://") {
        let from = place.saturating_add(slashes.len());
        if let Some(password) = password(text, from) {
            found.push(password);
        }
    }
}

fn password(text: &str, from: usize) -> Option<Range<usize>> {
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
            let length = tail.iter().position(|byte| !is_word(*byte));
            let word = tail.get(..length.unwrap_or(tail.len()))?;
            let length = word.iter().rposition(|byte| *byte == b'@')?;
            return Some(begin..begin.saturating_add(length));
        }
    };
    let begin = from.saturating_add(user.len()).saturating_add(1);
    (!password.is_empty()).then(|| begin..begin.saturating_add(password.len()))
}
