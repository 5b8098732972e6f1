//! The JSON of docker, podman and compose: one object a line, one array of objects, or documents
//! behind each other, indented or not; warnings of the tool may stand between them.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{ParseError, Parsed, RawOutput, text};

/// Reads every object into a `T` and what `make` makes of it; one that is none, and lines that are
/// no JSON, are left unread. No output at all is an empty list. Of a list that was cut the whole
/// objects are read.
///
/// # Errors
/// `ParseError::Shape`, or what the output complains of, where there was something and none of it
/// was read.
pub(super) fn rows<T: DeserializeOwned, R>(
    raw: RawOutput<'_>,
    make: impl Fn(T) -> Option<R>,
) -> Result<Parsed<Vec<R>>, ParseError> {
    let text = raw.text();
    let mut parsed = Parsed::whole(Vec::new());
    let mut scan = Scan::new(&text);
    while let Some(piece) = scan.next_piece() {
        match piece {
            Piece::Object(line, object) => match T::deserialize(&object).ok().and_then(&make) {
                Some(row) => parsed.value.push(row),
                None => parsed.leave_unread(line, &object.to_string()),
            },
            Piece::Unread(line, text) => parsed.leave_unread(line, text),
        }
    }
    if parsed.value.is_empty() && !(parsed.unread.is_empty() && scan.is_whole()) {
        let shape = || ParseError::shape("these are no JSON objects of this kind");
        return Err(raw.complaint().unwrap_or_else(shape));
    }
    Ok(parsed)
}

/// What stands in the output, piece by piece.
enum Piece<'a> {
    /// An object, and the line at which it begins, from 0.
    Object(usize, Value),
    /// A line, or the rest of one, that is no JSON.
    Unread(usize, &'a str),
}

/// Goes through the output, in no more than linear time.
struct Scan<'a> {
    rest: &'a str,
    line: usize,
    /// Whether a list has been opened and not closed.
    in_list: bool,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            line: 0,
            in_list: false,
        }
    }

    /// Whether no list was left open.
    fn is_whole(&self) -> bool {
        !self.in_list
    }

    fn next_piece(&mut self) -> Option<Piece<'a>> {
        loop {
            self.skip_space();
            let line = self.rest.split('\n').next()?;
            match self.rest.chars().next()? {
                '{' => return Some(self.object(line)),
                '[' if !self.in_list && !text::is_noise(line) => self.in_list = true,
                ']' if self.in_list => self.in_list = false,
                ',' => {}
                _ => {
                    let at = self.line;
                    self.skip(line.len());
                    self.in_list = false;
                    if line.trim() != "null" && !text::is_noise(line) {
                        return Some(Piece::Unread(at, line));
                    }
                    continue;
                }
            }
            self.skip(1);
        }
    }

    fn object(&mut self, line: &'a str) -> Piece<'a> {
        let at = self.line;
        let mut documents = serde_json::Deserializer::from_str(self.rest).into_iter::<Value>();
        match documents.next() {
            Some(Ok(object)) => {
                self.skip(documents.byte_offset());
                Piece::Object(at, object)
            }
            Some(Err(error)) if !error.is_eof() => {
                self.skip(line.len());
                Piece::Unread(at, line)
            }
            // It was cut.
            _ => {
                self.rest = "";
                Piece::Unread(at, line)
            }
        }
    }

    fn skip_space(&mut self) {
        let text = self.rest.trim_start();
        self.skip(self.rest.len().saturating_sub(text.len()));
    }

    fn skip(&mut self, bytes: usize) {
        let (read, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line = self.line.saturating_add(read.matches('\n').count());
        self.rest = rest;
    }
}

/// The same with the answer put around the rows.
pub(super) fn with<T, A>(parsed: Parsed<T>, answer: impl FnOnce(T) -> A) -> Parsed<A> {
    Parsed {
        value: answer(parsed.value),
        unread: parsed.unread,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(stdout: &str) -> Result<(Vec<u64>, usize), ParseError> {
        #[derive(serde::Deserialize)]
        struct Row {
            n: u64,
        }
        let raw = RawOutput {
            stdout: stdout.as_bytes(),
            ..RawOutput::default()
        };
        rows(raw, |row: Row| Some(row.n)).map(|parsed| (parsed.value, parsed.unread.len()))
    }

    #[test]
    fn every_form_is_read() {
        for text in [
            "{\"n\":1}\n{\"n\":2}\n",
            "[{\"n\":1},{\"n\":2}]",
            "[\n  {\n  \"n\": 1\n  },\n  {\"n\": 2}\n]\n",
            "{\n\"n\": 1\n}\n{\n\"n\": 2\n}\n",
        ] {
            assert_eq!(numbers(text), Ok((vec![1, 2], 0)), "{text}");
        }
        for text in ["", "\n", "[]\n", "null\n"] {
            assert_eq!(numbers(text), Ok((vec![], 0)), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_row_is_left_unread() {
        let text = "time=\"x\" level=warning\n{\"n\":1}\n{\"m\":1}\n{\"n\":2} x\n{\"n\":";
        assert_eq!(numbers(text), Ok((vec![1, 2], 4)));
        assert_eq!(numbers("[\n{\"n\":1},\n{\"n\":"), Ok((vec![1], 1)));
        for text in [
            "NAME   ID\na      b\n",
            "[",
            "[\n{\"n\":",
            "[WARN] x\n",
            "3",
        ] {
            assert!(numbers(text).is_err(), "{text:?}");
        }
    }
}
