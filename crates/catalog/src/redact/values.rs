//! Where the value of a setting begins and ends, and which values are none.
//!
//! Invariant: a value ends with its line; in doubt it ends later rather than sooner.

use std::ops::Range;

use super::bytes::{
    at, backslashes, end_of, hexadecimal_quote_end, is_blank, is_quote, line_end, quoted_end,
};

/// How a value stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// To the end of the word.
    Word,
    /// To the end of the line: nothing else can stand there.
    Line,
    /// To the end of a line that stands in a string, whose line feeds have so many backslashes.
    Escaped(usize),
    /// To the next `NAME=`, since it may hold blanks: Dockerfiles.
    Name,
    /// To the end of an address's parameter.
    Parameter,
    /// To the next `,` or `}`: an object without quotes.
    Field,
}

/// A value's place, without its quotes. `outer`: the quote, and the backslashes before it, within
/// which name and value stand together, `"NAME=value"`.
pub(super) fn value(
    text: &str,
    from: usize,
    extent: Extent,
    outer: Option<(u8, usize)>,
) -> Range<usize> {
    let slashes = end_of(text, from, |byte| byte == b'\\');
    let quote = at(text, slashes);
    if let Some((outer, escapes)) = outer {
        let end = quoted_end(text, from, outer, escapes);
        if end > from {
            return from..end;
        }
    }
    let escape = slashes.saturating_sub(1).max(from);
    if let Some(begin) = hexadecimal_quote_end(text, escape) {
        return begin..hexadecimal_quoted_end(text, begin);
    }
    let is_end = |deepest: usize| quote == b'"' && slashes.saturating_sub(from) < deepest;
    if matches!(extent, Extent::Escaped(deepest) if is_end(deepest)) {
        return from..from;
    }
    if is_quote(quote) {
        let begin = slashes.saturating_add(1);
        return begin..quoted_end(text, begin, quote, slashes.saturating_sub(from));
    }
    let end = match extent {
        Extent::Line => line_end(text, from),
        Extent::Name => name_end(text, from),
        Extent::Parameter => end_of(text, from, |byte| {
            byte > b' ' && !is_quote(byte) && !b"&#<>)\\".contains(&byte)
        }),
        Extent::Field => end_of(text, from, |byte| byte != b'\n' && !b",}".contains(&byte)),
        Extent::Escaped(slashes) => escaped_line_end(text, from, slashes),
        Extent::Word => word_end(text, from),
    };
    // What stands behind a value in a list of them.
    let is_behind =
        |byte: u8| byte.is_ascii_whitespace() || (extent == Extent::Word && b",}".contains(&byte));
    let kept = text.as_bytes().get(from..end).unwrap_or_default();
    let behind = kept.iter().rev().take_while(|byte| is_behind(**byte));
    from..end.saturating_sub(behind.count())
}

/// The end of a word, or of its part before `;NAME=`, as connection strings have it.
fn word_end(text: &str, from: usize) -> usize {
    let mut end = from;
    loop {
        end = end_of(text, end, |byte| {
            byte > b' ' && !is_quote(byte) && !b";,&".contains(&byte)
        });
        let next = end.saturating_add(1);
        if is_quote(at(text, end)) && at(text, next).is_ascii_alphanumeric() {
            // `it's`: a quote that closes is not followed by a letter.
            end = next;
            continue;
        }
        if !b";,&".contains(&at(text, end)) {
            return end;
        }
        let name = end_of(text, next, is_name);
        if next < name && at(text, name) == b'=' {
            return end;
        }
        end = next;
    }
}

/// Where a line ends within a string: before its `\n` or `\r`, or before the quote that closes it.
fn escaped_line_end(text: &str, from: usize, deepest: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let mut slashes: usize = 0;
    for (index, byte) in rest.iter().enumerate() {
        let place = from.saturating_add(index);
        let is_end = match *byte {
            b'\n' => return place,
            b'"' => slashes < deepest,
            b'n' | b'r' => slashes == deepest,
            _ => false,
        };
        if is_end {
            return place.saturating_sub(slashes);
        }
        slashes = match *byte {
            b'\\' => slashes.saturating_add(1),
            _ => 0,
        };
    }
    text.len()
}

/// Where a text ends whose quotes are escapes of hexadecimal figures.
fn hexadecimal_quoted_end(text: &str, from: usize) -> usize {
    let mut end = from;
    loop {
        end = end_of(text, end, |byte| byte != b'\\' && byte != b'\n');
        if at(text, end) != b'\\' || hexadecimal_quote_end(text, end).is_some() {
            return end;
        }
        end = end.saturating_add(1);
    }
}

/// The end before the next word that is `NAME=`, or before a quote.
fn name_end(text: &str, from: usize) -> usize {
    let mut end = from;
    loop {
        end = end_of(text, end, |byte| byte > b' ' && byte != b'"');
        let next = end_of(text, end, is_blank);
        let name = end_of(text, next, is_name);
        let is_name = next < name && at(text, name) == b'=';
        if next == end || is_name || matches!(at(text, next), b'\n' | b'"' | 0) {
            return end;
        }
        end = name.max(next);
    }
}

/// What the names of settings, options and headers are made of.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)
}

/// Whether a value says that there is none, or where it is: a switch, a variable, a file.
pub(super) fn is_none(value: &str) -> bool {
    const WORDS: &[&str] = &[
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "null",
        "nil",
        "(null)",
        "(none)",
        "(hidden)",
        "<none>",
        "undefined",
        "required",
        "optional",
        "enabled",
        "disabled",
        "unset",
        "never",
        "not",
    ];
    const FOLDERS: &[&str] = &[
        "/etc/", "/run/", "/var/", "/home/", "/root/", "/usr/", "/opt/", "/srv/", "/tmp/",
        "/proc/", "/dev/", "/lib/",
    ];
    let bare = value.trim_matches(|c: char| c.is_ascii_whitespace() || ",;".contains(c));
    let is_mask = bare.bytes().all(|byte| b"*-.|>".contains(&byte));
    let path = bare.trim_start_matches('<');
    let is_file = FOLDERS.iter().any(|folder| path.starts_with(folder)) && is_path(path);
    let variable = bare
        .strip_prefix("${")
        .map_or_else(|| bare.strip_prefix('$'), |inner| inner.strip_suffix('}'));
    let is_variable = variable.is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
    });
    let is_placeholder = bare
        .strip_prefix('<')
        .and_then(|inner| inner.strip_suffix('>'))
        .is_some_and(|inner| !inner.contains(['<', '>']));
    is_mask
        || is_placeholder
        || is_file
        || is_variable
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(bare))
}

/// Whether a value begins as an address does: `http://x`, `unix:/x`, `localhost:80`.
pub(super) fn is_address(text: &str, from: usize) -> bool {
    let begin = end_of(text, from, |byte| byte == b'\\' || is_quote(byte));
    let end = end_of(text, begin, is_name);
    let next = at(text, end.saturating_add(1));
    at(text, end) == b':' && (next == b'/' || next.is_ascii_digit())
}

/// Whether a value is an absolute path of usual bytes.
pub(super) fn is_path(value: &str) -> bool {
    let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-@".contains(&byte);
    value.starts_with('/') && value.bytes().all(is_usual)
}

/// The lines that belong to a value of YAML which goes on below its name, `password: |`.
pub(super) fn block(text: &str, from: usize, indent: usize) -> Option<Range<usize>> {
    const LONGEST_COMMENT: usize = 200;
    let mut mark = end_of(text, from, |byte| b"|>+- 123456789".contains(&byte));
    if at(text, mark) == b'#' {
        let rest = text.as_bytes().get(mark..).unwrap_or_default();
        let comment = rest.iter().take(LONGEST_COMMENT);
        mark = mark.saturating_add(comment.take_while(|byte| **byte != b'\n').count());
    }
    if !matches!(at(text, from), b'|' | b'>') || at(text, mark) != b'\n' {
        return None;
    }
    let mut end = mark;
    let mut line = mark;
    while at(text, line) == b'\n' {
        let next = line.saturating_add(1);
        let first = end_of(text, next, |byte| byte == b' ');
        line = line_end(text, first);
        // A line of nothing belongs to the value if more of it follows.
        if first < line {
            if first.saturating_sub(next) <= indent {
                break;
            }
            end = line;
        }
    }
    (mark < end).then_some(from..end)
}

/// The quote that ends at a place, and the backslashes before it.
pub(super) fn quote_before(text: &str, place: usize) -> Option<(u8, usize)> {
    let quote = place.checked_sub(1)?;
    let byte = at(text, quote);
    is_quote(byte).then(|| (byte, backslashes(text, quote)))
}
