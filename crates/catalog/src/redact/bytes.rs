//! Looking at single bytes of a text.
//!
//! Invariant: beyond the end stands a NUL, which no cleaned text holds.

/// The byte at a place; NUL beyond the end.
pub(super) fn at(text: &str, place: usize) -> u8 {
    text.as_bytes().get(place).copied().unwrap_or(0)
}

/// The byte before a place; NUL at the begin.
pub(super) fn before(text: &str, place: usize) -> u8 {
    place.checked_sub(1).map_or(0, |place| at(text, place))
}

/// Where the bytes from a place on end that fit.
pub(super) fn end_of(text: &str, from: usize, fits: impl Fn(u8) -> bool) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let length = rest.iter().position(|byte| !fits(*byte));
    from.saturating_add(length.unwrap_or(rest.len()))
}

/// Where the line ends in which a place is.
pub(super) fn line_end(text: &str, from: usize) -> usize {
    end_of(text, from, |byte| byte != b'\n')
}

/// Whether the text goes on with these bytes.
pub(super) fn begins(text: &str, place: usize, with: &str) -> bool {
    let rest = text.as_bytes().get(place..).unwrap_or_default();
    rest.starts_with(with.as_bytes())
}

/// Whether these bytes stand directly before a place.
pub(super) fn ends(text: &str, place: usize, with: &str) -> bool {
    let before = text.as_bytes().get(..place).unwrap_or_default();
    before.ends_with(with.as_bytes())
}

/// Where an escape ends that has its letter, the one behind the backslash, at a place: `\n`, `\x22`,
/// `\u0026`.
pub(super) fn escape_end(text: &str, letter: usize) -> Option<usize> {
    let figures = match at(text, letter) {
        b'n' | b'r' | b't' => 0,
        b'x' => 2,
        b'u' => 4,
        _ => return None,
    };
    hexadecimal_end(text, letter.saturating_add(1), figures)
}

fn hexadecimal_end(text: &str, from: usize, figures: usize) -> Option<usize> {
    let end = from.saturating_add(figures);
    let bytes = text.as_bytes().get(from..end)?;
    bytes.iter().all(u8::is_ascii_hexdigit).then_some(end)
}

/// Whether an escape ends at a place, also one of an address, `%3D`: its last letter belongs to no word.
pub(super) fn is_behind_escape(text: &str, place: usize) -> bool {
    let begins = |length: usize| place.checked_sub(length);
    let is_escape = |begin| {
        at(text, begin) == b'\\' && escape_end(text, begin.saturating_add(1)) == Some(place)
    };
    [2, 4, 6].into_iter().filter_map(begins).any(is_escape)
        || begins(3).is_some_and(|begin| {
            at(text, begin) == b'%' && hexadecimal_end(text, begin.saturating_add(1), 2).is_some()
        })
}

/// Where a quote ends that stands as an escape at a place: `\x22`, `\u0022`.
pub(super) fn hexadecimal_quote_end(text: &str, place: usize) -> Option<usize> {
    let quote = ["\\x22", "\\u0022"]
        .into_iter()
        .find(|quote| begins(text, place, quote))?;
    Some(place.saturating_add(quote.len()))
}

/// Space or tab.
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// One of the three quotes.
pub(super) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// How many backslashes stand directly before a place.
pub(super) fn backslashes(text: &str, place: usize) -> usize {
    let before = text.as_bytes().get(..place).unwrap_or_default();
    before
        .iter()
        .rev()
        .take(64)
        .take_while(|byte| **byte == b'\\')
        .count()
}

/// Where a quoted text ends that was opened by `quote` behind `escapes` backslashes: at the quote
/// that closes it, or at the line's end.
pub(super) fn quoted_end(text: &str, from: usize, quote: u8, escapes: usize) -> usize {
    // How a single quote stands within single quotes: in YAML, and twice in a shell.
    const CONTINUED: &[&str] = &["''", r"'\''", r"'\\''", r#"'"'"'"#];
    let mut place = from;
    let mut slashes: usize = 0;
    while place < text.len() {
        let mut next = place.saturating_add(1);
        match at(text, place) {
            b'\n' => return place,
            b'\\' => slashes = slashes.saturating_add(1),
            byte if byte == quote && slashes <= escapes => {
                let continued = CONTINUED.iter().find(|with| begins(text, place, with));
                match continued {
                    Some(with) if escapes == 0 => next = place.saturating_add(with.len()),
                    _ => return place.saturating_sub(slashes),
                }
            }
            _ => slashes = 0,
        }
        place = next;
    }
    text.len()
}
