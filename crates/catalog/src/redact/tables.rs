//! Secrets that are known by their place in a line: `shadow(5)`, `wg show dump`, `snmpd.conf(5)`.
//!
//! Invariant: a line has the whole form, or nothing of it goes.

use std::ops::Range;

/// Directives whose one word is a secret, and which word that is.
const DIRECTIVES: &[(&str, usize)] = &[
    ("rocommunity", 1),
    ("rocommunity6", 1),
    ("rwcommunity", 1),
    ("rwcommunity6", 1),
    ("trapcommunity", 1),
    ("com2sec", 3),
    ("com2sec6", 3),
    ("requirepass", 1),
    ("masterauth", 1),
    ("auth_pass", 1),
];

/// Adds the places of the secrets of such lines.
pub(super) fn find(text: &str, found: &mut Vec<Range<usize>>) {
    let mut from: usize = 0;
    for line in text.split_inclusive('\n') {
        if let Some(secret) = secret(line) {
            let begin = from.saturating_add(secret.start);
            found.push(begin..from.saturating_add(secret.end));
        }
        from = from.saturating_add(line.len());
    }
}

fn secret(line: &str) -> Option<Range<usize>> {
    let word = shadow(line)
        .or_else(|| wireguard(line))
        .or_else(|| basic_file(line))
        .or_else(|| directive(line))?;
    let begin = word.as_ptr().addr().checked_sub(line.as_ptr().addr())?;
    Some(begin..begin.saturating_add(word.len()))
}

/// `name:HASH:19000:0:99999:7:::`.
fn shadow(line: &str) -> Option<&str> {
    let mut fields = line.trim_end().splitn(10, ':');
    let (_name, hash) = (fields.next()?, fields.next()?);
    let numbers: Vec<&str> = fields.collect();
    let is_number = |field: &&str| field.bytes().all(|byte| byte.is_ascii_digit());
    // `(set)` is written by a command of ours in a hash's place.
    let is_locked = hash.bytes().all(|byte| b"!*x".contains(&byte)) || hash.starts_with('(');
    (numbers.len() == 7 && numbers.iter().all(is_number) && !is_locked).then_some(hash)
}

/// A line of `wg show all dump` or of `wg show wg0 dump`: an interface's private key stands before
/// its public one, a peer's preshared one behind.
fn wireguard(line: &str) -> Option<&str> {
    let fields: Vec<&str> = line.trim_end().splitn(10, '\t').collect();
    let is_key = |field: &&str| field.len() == 44 && field.ends_with('=');
    match fields.as_slice() {
        [private, public, _, _] | [_, private, public, _, _] if is_key(public) => {
            Some(*private).filter(is_key)
        }
        [_, _, preshared, _, _, _, _, _, _] if is_key(preshared) => Some(preshared),
        [public, preshared, _, _, _, _, _, _] if is_key(public) => Some(*preshared).filter(is_key),
        _ => None,
    }
}

/// A line of a file of `htpasswd(1)` with the hash of `crypt(3)` that has no mark: `ann:rqXexS6ZhobKA`.
fn basic_file(line: &str) -> Option<&str> {
    let (name, hash) = line.trim_end().split_once(':')?;
    let is_of_hash = |byte: u8| byte.is_ascii_alphanumeric() || b"./".contains(&byte);
    let holds = |kind: fn(&u8) -> bool| hash.as_bytes().iter().any(kind);
    let is_hash = hash.len() == 13
        && hash.bytes().all(is_of_hash)
        && holds(u8::is_ascii_uppercase)
        && holds(u8::is_ascii_lowercase)
        && holds(u8::is_ascii_digit);
    let is_name = name.len() <= 32
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.@".contains(&byte));
    (is_hash && is_name && !name.is_empty()).then_some(hash)
}

fn directive(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().take(6);
    let first = words.next()?;
    let (_, place) = DIRECTIVES.iter().find(|(name, _)| *name == first)?;
    words.nth(place.saturating_sub(1))
}
