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
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let mut slashes = 0;
    for (index, byte) in rest.iter().enumerate() {
        let place = from.saturating_add(index);
        match *byte {
            b'\n' => return place,
            b'\\' => slashes += 1,
            byte if byte == quote && slashes <= escapes => return place.saturating_sub(slashes),
            _ => slashes = 0,
        }
    }
    text.len()
}
