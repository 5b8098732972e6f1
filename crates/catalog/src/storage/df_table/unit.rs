//! What the figures of `df` count: the unit is in the header (`1K-blocks`, `blocs de 1K`), or behind
//! each figure (`1.5G`).

use super::Asked;
use crate::{
    RawOutput,
    units::{self, Letters},
};

/// What a figure without a letter counts, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit(u64);

impl Unit {
    /// By the options: for people the figures have their letters, or are whole bytes. `None`: they
    /// do not tell.
    pub(super) fn of_options(raw: &RawOutput<'_>) -> Option<Self> {
        let has = |letter, name| raw.typed_option(letter, name);
        let found = [
            (has('h', "human-readable") || has('H', "si"), 1),
            (has('k', ""), 1024),
            (has('m', ""), 1024 * 1024),
        ];
        // Of several the last counts, and which that is depends on the tool.
        let mut asked = found.iter().filter(|(is_asked, _)| *is_asked);
        match (asked.next(), asked.next()) {
            (Some((_, unit)), None) => Some(Self(*unit)),
            _ => None,
        }
    }

    /// By the header, in any language. `None`: the line is no header.
    pub(super) fn of_header(line: &str, raw: &RawOutput<'_>, asked: Asked) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        ((3..=20).contains(&words.len()) && !line.contains([':', '/'])).then_some(())?;
        let has_share = line.contains('%') || words.contains(&"Capacity");
        let has_inodes = asked == Asked::Inodes && has_share;
        let is_for_people =
            || Self::of_options(raw) == Some(Self(1)) || words.contains(&"Size") || has_inodes;
        let mut sizes = words.iter().filter(|word| word.starts_with(is_digit));
        let size = match (sizes.next(), sizes.next()) {
            (Some(size), None) => size,
            // The figures have their letters, or are whole bytes.
            (None, _) => return is_for_people().then_some(Self(1)),
            _ => return None,
        };
        let end = size
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(size.len());
        suffixed(size.get(..end)?, false).map(Self)
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A number with a unit: `1K`, `1kB`, `512`. `B` behind a letter makes it a power of 1000, as does
/// `si`.
fn suffixed(text: &str, si: bool) -> Option<u64> {
    let is_decimal = si || (text.ends_with('B') && !text.ends_with("iB"));
    let letters = if is_decimal {
        Letters::Decimal
    } else {
        Letters::Binary
    };
    units::bytes(text, letters)
}

/// A size in bytes; `Some(None)`: there is none (`-`); `None`: it is no size, or its unit is not
/// known. What is below nothing, as the room that is left can be, is nothing.
pub(super) fn bytes(text: &str, unit: Option<Unit>, si: bool) -> Option<Option<u64>> {
    if text == "-" {
        return Some(None);
    }
    if let Some(below) = text.strip_prefix('-') {
        return suffixed(below, si).map(|_| Some(0));
    }
    match (text.parse::<u64>(), unit) {
        (Ok(0), _) => Some(Some(0)),
        (Ok(blocks), Some(Unit(size))) => Some(Some(blocks.saturating_mul(size))),
        (Ok(_), None) => None,
        (Err(_), _) => suffixed(text, si).map(Some),
    }
}

/// A count, with a letter where it is for people; its letters stand for powers of 1024 as `df -ih`
/// means them.
pub(super) fn count(text: &str, si: bool) -> Option<Option<u64>> {
    bytes(text, Some(Unit(1)), si)
}
