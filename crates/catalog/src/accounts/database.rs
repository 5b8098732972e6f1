//! What the account database's tools and files have in common: lines of fields between colons, one
//! of which may be a password's hash.
//!
//! Invariant: a hash leaves this module in no form. Of a line that cannot be read the fields that
//! may hold one are hidden before it is returned as unread.

use crate::{ParseError, Parsed, RawOutput};

/// What stands for a field that may hold a hash.
const HIDDEN: &str = "(hidden)";

/// The content of a file as if it had been printed.
///
/// # Errors
/// `ParseError::Absent` where it could not be read.
pub(super) fn of_file<'a>(
    raw: RawOutput<'a>,
    path: &'static str,
) -> Result<RawOutput<'a>, ParseError> {
    let file = raw.files.iter().find(|file| file.path == path);
    let file = file.ok_or_else(|| ParseError::Absent(format!("{path} cannot be read")))?;
    Ok(RawOutput {
        stdout: file.bytes,
        exit_code: Some(0),
        ..raw
    })
}

/// [`RawOutput::expect_exit`] without standard output: what stands there is not quoted.
pub(super) fn expect_exit(raw: RawOutput<'_>, accepted: &[i32]) -> Result<(), ParseError> {
    let silent = RawOutput { stdout: b"", ..raw };
    silent.expect_exit(accepted)
}

/// Reads lines as [`RawOutput::read_lines`] does, comments left out, with hashes hidden in those
/// that are left unread.
pub(super) fn read_lines<Answer>(
    raw: RawOutput<'_>,
    value: Answer,
    mut read: impl FnMut(&mut Answer, &str) -> Option<()>,
) -> Parsed<Answer> {
    let mut parsed = raw.read_lines(value, |value, line| {
        if line.trim_start().starts_with('#') {
            return Some(());
        }
        read(value, line)
    });
    for unread in &mut parsed.unread {
        unread.text = hidden(&unread.text);
    }
    parsed
}

/// Refuses an answer without rows where something was printed that is not understood.
pub(super) fn expect_rows<Answer>(
    raw: RawOutput<'_>,
    parsed: Parsed<Answer>,
    is_empty: bool,
) -> Result<Parsed<Answer>, ParseError> {
    if is_empty && !parsed.unread.is_empty() {
        let no_rows = || ParseError::shape("no line has the fields that were expected");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// A line without what may be a hash: the second of fields between colons, unless it is one of the
/// marks for a hash that is elsewhere, and any field with a `$`.
fn hidden(line: &str) -> String {
    let is_mark = |field: &str| matches!(field, "" | "x" | "*" | "!" | "!!" | "!*" | "*K*");
    let fields = line.split(':').enumerate().map(|(at, field)| {
        if (at == 1 && !is_mark(field)) || field.contains('$') {
            HIDDEN
        } else {
            field
        }
    });
    fields.collect::<Vec<_>>().join(":")
}

/// A number without a sign, as a file writes it.
pub(super) fn number(field: &str) -> Option<u32> {
    let is_number = !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| field.parse().ok()).flatten()
}

/// The name of an account: not empty, no space around it, and not one of the marks by which NIS
/// takes in (`+name`) or leaves out (`-name`) others.
pub(super) fn name(field: &str) -> Option<&str> {
    let is_name = !field.is_empty() && field.trim() == field && !field.starts_with(['+', '-']);
    is_name.then_some(field)
}

/// A field that may be empty.
pub(super) fn not_empty(field: &str) -> Option<String> {
    let field = field.trim();
    (!field.is_empty()).then(|| field.to_owned())
}

/// The names of a list between commas.
pub(super) fn names(field: &str) -> Vec<String> {
    let names = field.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_hidden_in_whatever_line_it_stands() {
        for (line, expected) in [
            ("root:$6$ab$cd", "root:(hidden)"),
            ("ann:abJnggxhB/yWI:1:2", "ann:(hidden):1:2"),
            ("bob:x:one:2", "bob:x:one:2"),
            ("a b $1$x$y", "(hidden)"),
            ("no fields", "no fields"),
        ] {
            assert_eq!(hidden(line), expected);
        }
    }

    #[test]
    fn a_number_has_no_sign() {
        assert_eq!(number("007"), Some(7));
        for field in ["", "+1", "-1", " 1", "4294967296"] {
            assert_eq!(number(field), None, "{field:?}");
        }
    }
}
