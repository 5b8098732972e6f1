//! What must not leave the narrow path between a server and the person who asked: secrets in text.
//!
//! Invariant: pure and linear. The text keeps its number of lines; each secret stands in it as
//! `[removed]`, and a second pass removes nothing more. Where it is not certain, more is removed
//! rather than less.

mod addresses;
mod assignments;
mod bytes;
mod disguise;
mod forms;
mod keys;
mod names;
mod programs;
mod scrub;
mod tables;
mod urls;
mod values;

use std::ops::Range;

pub use disguise::{Disguised, disguise, undisguise};
pub use scrub::{Replaced, Scrubber};

/// What stands in place of a secret.
pub const REMOVED: &str = "[removed]";

/// A text without the secrets that it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The text; each secret is [`REMOVED`]. It has as many lines as before.
    pub text: String,
    /// How many secrets were removed; a key over many lines is one.
    pub removed: usize,
}

/// A text without secrets: private keys, tokens by their form, hashes of passwords, passwords in
/// addresses, and the values of settings, options and headers whose names say that they are secret.
/// The text should be cleaned of escape sequences first, for they can stand in the middle of a name:
/// see [`crate::text::clean`].
#[must_use]
pub fn text(text: &str) -> Redacted {
    // What one rule took out may have hidden from another where a value ends.
    const MOST_PASSES: usize = 4;
    let mut redacted = once(text);
    for _pass in 1..MOST_PASSES {
        let again = match redacted.removed {
            0 => break,
            _ => once(&redacted.text),
        };
        if again.removed == 0 {
            break;
        }
        redacted.text = again.text;
        redacted.removed += again.removed;
    }
    redacted
}

fn once(text: &str) -> Redacted {
    let mut found = Vec::new();
    keys::find(text, &mut found);
    forms::find(text, &mut found);
    urls::find(text, &mut found);
    tables::find(text, &mut found);
    assignments::find(text, &mut found);
    without(text, found)
}

/// Whether a setting's value is secret, by its name or by its form.
#[must_use]
pub fn is_secret(name: &str, value: &str) -> bool {
    names::of_setting(name) || text(value).removed > 0
}

/// The words of a command without the secrets among them: `--password=x`, `--password x`, `KEY=x`,
/// `mysql -px`.
#[must_use]
pub fn words(words: Vec<String>) -> Vec<String> {
    let mut programs = programs::Programs::default();
    let mut is_value_of_secret = false;
    let hide = |word: String| {
        let is_value = std::mem::take(&mut is_value_of_secret);
        if is_value && !word.starts_with('-') {
            return REMOVED.to_owned();
        }
        if let Some((name, value)) = word.split_once('=')
            && names::of_setting(name)
            && !value.is_empty()
        {
            return format!("{name}={REMOVED}");
        }
        let hidden = match programs.take(&word, true) {
            programs::Word::Other => {
                is_value_of_secret = word.starts_with('-') && names::of_setting(&word);
                None
            }
            programs::Word::BeforeSecret => {
                is_value_of_secret = true;
                None
            }
            programs::Word::SecretFrom(at) => word.get(..at),
        };
        match hidden {
            Some(shown) => format!("{shown}{REMOVED}"),
            None => text(&word).text,
        }
    };
    words.into_iter().map(hide).collect()
}

/// The text with each of these places, which may overlap, replaced.
fn without(text: &str, mut places: Vec<Range<usize>>) -> Redacted {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match merged.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => merged.push(place),
        }
    }
    let mut shown = String::with_capacity(text.len());
    let (mut removed, mut from) = (0, 0);
    for place in merged {
        let (Some(before), Some(secret)) = (text.get(from..place.start), text.get(place.clone()))
        else {
            continue;
        };
        if secret.replace(REMOVED, "").trim().is_empty() {
            continue;
        }
        shown.push_str(before);
        shown.push_str(REMOVED);
        shown.extend(secret.bytes().filter(|byte| *byte == b'\n').map(char::from));
        removed += 1;
        from = place.end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    Redacted {
        text: shown,
        removed,
    }
}

#[cfg(test)]
mod tests;
