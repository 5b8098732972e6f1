//! Where the value of a setting begins and ends, and which values are none.
//!
//! Invariant: a value ends with its line; in doubt it ends later rather than sooner.

use std::ops::Range;

use super::bytes::{at, backslashes, begins, end_of, is_blank, is_quote, line_end, quoted_end};

/// How a value stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// To the end of the word.
    Word,
    /// To the end of the line: nothing else can stand there.
    Line,
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
    if is_quote(quote) {
        let begin = slashes.saturating_add(1);
        return begin..quoted_end(text, begin, quote, slashes.saturating_sub(from));
    }
    let is_in_word = |byte: u8| byte > b' ' && !is_quote(byte);
    let end = match extent {
        Extent::Line => line_end(text, from),
        Extent::Name => name_end(text, from),
        Extent::Parameter => end_of(text, from, |byte| {
            is_in_word(byte) && !b"&#<>)\\".contains(&byte)
        }),
        Extent::Field => end_of(text, from, |byte| byte != b'\n' && !b",}".contains(&byte)),
        Extent::Word => word_end(text, from, is_in_word),
    };
    // What stands behind a value in a list of them.
    let is_behind =
        |byte: u8| byte.is_ascii_whitespace() || (extent == Extent::Word && b",}".contains(&byte));
    let kept = text.as_bytes().get(from..end).unwrap_or_default();
    let behind = kept.iter().rev().take_while(|byte| is_behind(**byte));
    from..end.saturating_sub(behind.count())
}

/// The end of a word, or of its part before `;NAME=`, as connection strings have it.
fn word_end(text: &str, from: usize, is_in_word: impl Fn(u8) -> bool) -> usize {
    let mut end = from;
    loop {
        end = end_of(text, end, |byte| {
            is_in_word(byte) && !b";,&".contains(&byte)
        });
        if !b";,&".contains(&at(text, end)) {
            return end;
        }
        let next = end.saturating_add(1);
        let name = end_of(text, next, is_name);
        if next < name && at(text, name) == b'=' {
            return end;
        }
        end = next;
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
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-@<".contains(&byte);
    let is_file = FOLDERS
        .iter()
        .any(|folder| bare.trim_start_matches('<').starts_with(folder))
        && bare.bytes().all(is_path);
    let variable = bare
        .strip_prefix("${")
        .map_or_else(|| bare.strip_prefix('$'), |inner| inner.strip_suffix('}'));
    let is_variable = variable.is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
    });
    let is_placeholder = bare.starts_with('<') && bare.ends_with('>');
    is_mask
        || is_placeholder
        || is_file
        || is_variable
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(bare))
}

/// The lines that belong to a value of YAML which goes on below its name, `password: |`.
pub(super) fn block(text: &str, from: usize, indent: usize) -> Option<Range<usize>> {
    let mark = end_of(text, from, |byte| b"|>+- ".contains(&byte));
    if !matches!(at(text, from), b'|' | b'>') || at(text, mark) != b'\n' {
        return None;
    }
    let mut end = mark;
    while begins(text, end, "\n") {
        let next = end.saturating_add(1);
        let depth = end_of(text, next, |byte| byte == b' ').saturating_sub(next);
        let line = line_end(text, next);
        if depth <= indent || line == next {
            break;
        }
        end = line;
    }
    (mark < end).then_some(from..end)
}

/// The quote that ends at a place, and the backslashes before it.
pub(super) fn quote_before(text: &str, place: usize) -> Option<(u8, usize)> {
    let quote = place.checked_sub(1)?;
    let byte = at(text, quote);
    is_quote(byte).then(|| (byte, backslashes(text, quote)))
}
