//! Private keys in armour: PEM, OpenSSH, PGP, and PuTTY's; whole, cut at either end, and written in
//! one line with `\n`.
//!
//! Invariant: nothing between the two ends of a key stays, whatever a log put before its lines.

use std::ops::Range;

use super::bytes::{at, before, end_of, line_end};

/// The longest key in its armour: those of 16384 bits have 13 kB.
const LONGEST: usize = 64 << 10;
/// The most lines of a key of PuTTY.
const MOST_LINES: usize = 400;

/// An end of a key's armour, `-----BEGIN RSA PRIVATE KEY-----`.
struct Mark {
    place: Range<usize>,
    is_begin: bool,
}

/// Adds the places of all private keys.
pub(super) fn find(text: &str, found: &mut Vec<Range<usize>>) {
    let marks: Vec<Mark> = text
        .match_indices("PRIVATE KEY")
        .filter_map(|(place, label)| mark(text, place, label.len()))
        .collect();
    let mut last_end = 0;
    let mut marks = marks.into_iter().peekable();
    while let Some(mark) = marks.next() {
        if mark.place.start < last_end {
            continue;
        }
        let (begin, end) = if mark.is_begin {
            let is_its_end = |next: &Mark| {
                !next.is_begin && next.place.start.saturating_sub(mark.place.end) <= LONGEST
            };
            let end = match marks.next_if(is_its_end) {
                Some(end) => end.place.end,
                None => cut_end(text, mark.place.end),
            };
            (mark.place.start, end)
        } else {
            (begin_of(text, last_end, mark.place.start), mark.place.end)
        };
        let end = without_blanks(text, begin, end);
        last_end = end;
        found.push(begin..end);
    }
    putty(text, found);
}

fn mark(text: &str, label: usize, length: usize) -> Option<Mark> {
    let before = text.get(..label)?;
    let dashes = dashes_before(before)?;
    let (from, is_begin) = match before.get(dashes.saturating_add(5)..)? {
        kind if kind.starts_with("BEGIN ") => (dashes, true),
        kind if kind.starts_with("END ") => (dashes, false),
        _ => return None,
    };
    let end = end_of(text, label.saturating_add(length), |byte| {
        b" BLOCK".contains(&byte)
    });
    let end = end_of(text, end, |byte| byte == b'-');
    Some(Mark {
        place: from..end,
        is_begin,
    })
}

/// The last place of the dashes among the last bytes of a text.
fn dashes_before(text: &str) -> Option<usize> {
    const MOST: usize = 40;
    let from = text.len().saturating_sub(MOST);
    let tail = text.as_bytes().get(from..)?;
    let place = tail.windows(5).rposition(|window| window == b"-----")?;
    Some(from.saturating_add(place))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}

/// Where a key ends of which the end was cut off: behind what can be of a key on this line, where
/// its line feeds may be `\n`, and behind the lines that can.
fn cut_end(text: &str, from: usize) -> usize {
    let is_escaped = |byte| is_base64(byte) || b"\\:,- ".contains(&byte);
    let mut end = end_of(text, from, is_escaped);
    while at(text, end) == b'\n' || at(text, end) == b'\r' {
        let begin = end.saturating_add(1);
        let next = end_of(text, begin, |byte| byte != b'\n' && byte != b'\r');
        if begin >= text.len() || !text.get(begin..next).is_some_and(is_body) {
            break;
        }
        end = next;
    }
    end
}

/// Whether a line can be of a key, also with the date and the name before it that a log writes.
fn is_body(line: &str) -> bool {
    const HEADERS: &[&str] = &["Proc-Type: ", "DEK-Info: ", "Version: ", "Comment: "];
    let line = line.trim();
    let word = line.rsplit([' ', '\t']).next().unwrap_or(line);
    let is_whole = word.len() == line.len() || word.len() >= 40;
    (is_whole && word.bytes().all(is_base64)) || HEADERS.iter().any(|name| line.starts_with(name))
}

/// Where a key begins of which the begin was cut off: lines of base64 without a blank in them.
fn begin_of(text: &str, from: usize, end: usize) -> usize {
    let head = text.as_bytes().get(from..end).unwrap_or_default();
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\\\n\r".contains(byte);
    let length = head
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|byte| fits(byte))
        .count();
    let begin = end.saturating_sub(length);
    // A line feed before the first line is not the key's.
    end_of(text, begin, |byte| byte == b'\n').min(end)
}

/// The end without the blanks and line feeds before it.
fn without_blanks(text: &str, begin: usize, end: usize) -> usize {
    let body = text.as_bytes().get(begin..end).unwrap_or_default();
    let blanks = body
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_whitespace());
    end.saturating_sub(blanks.count())
}

/// PuTTY's `Private-Lines: 14`, and as many lines.
fn putty(text: &str, found: &mut Vec<Range<usize>>) {
    const NAME: &str = "Private-Lines: ";
    let mut last_end = 0;
    for (place, _) in text.match_indices(NAME) {
        if place < last_end || !matches!(before(text, place), 0 | b'\n' | b' ') {
            continue;
        }
        let from = place.saturating_add(NAME.len());
        let digits = end_of(text, from, |byte| byte.is_ascii_digit());
        let count = text
            .get(from..digits)
            .and_then(|count| count.parse::<usize>().ok());
        let line = end_of(text, digits, |byte| byte == b'\r');
        if at(text, line) != b'\n' {
            continue;
        }
        let begin = line.saturating_add(1);
        let mut end = begin;
        for _line in 0..count.unwrap_or(0).min(MOST_LINES) {
            if !at(text, end).is_ascii_alphanumeric() {
                break;
            }
            end = line_end(text, end).saturating_add(1);
        }
        let end = end.saturating_sub(1).min(text.len());
        if begin < end {
            last_end = end;
            found.push(begin..end);
        }
    }
}
