//! Writes a value as JSON and tells whether any text in it holds a control character.
//!
//! Invariant: where it says that all is clean, no string of what it wrote holds one but line feed and
//! tab.

use std::{
    cell::Cell,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use crate::text;

/// Writes to the end of `json`; `false`: a text is not clean, or the value is not expressible, and
/// what was written is of no use.
pub(crate) fn write(value: &impl Serialize, json: &mut Vec<u8>) -> bool {
    let is_clean = Cell::new(true);
    let formatter = Watching {
        is_clean: &is_clean,
    };
    let mut serializer = Serializer::with_formatter(json, formatter);
    value.serialize(&mut serializer).is_ok() && is_clean.get()
}

/// Compact JSON whose texts are looked at as they pass.
struct Watching<'a> {
    is_clean: &'a Cell<bool>,
}

impl Formatter for Watching<'_> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if !text::is_clean(fragment) {
            self.is_clean.set(false);
        }
        writer.write_all(fragment.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        let escaped: &[u8] = match escape {
            CharEscape::Quote => b"\\\"",
            CharEscape::ReverseSolidus => b"\\\\",
            CharEscape::Solidus => b"\\/",
            CharEscape::LineFeed => b"\\n",
            CharEscape::Tab => b"\\t",
            _ => {
                self.is_clean.set(false);
                b""
            }
        };
        writer.write_all(escaped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &str) -> Option<String> {
        let mut json = b"x".to_vec();
        write(&value, &mut json).then(|| String::from_utf8(json).unwrap())
    }

    #[test]
    fn clean_text_is_written_as_ever() {
        let text = "a\n\tb \\ \"q\" / ü 東京";
        let expected = format!("x{}", serde_json::to_string(text).unwrap());
        assert_eq!(written(text), Some(expected));
    }

    #[test]
    fn what_is_not_clean_is_noticed() {
        for text in ["\u{1b}[31m", "\0", "\u{7f}", "\u{85}", "a\rb", "\u{8}"] {
            assert_eq!(written(text), None, "{text:?}");
        }
    }
}
