//! Bytes that are mostly text, as text, and back: a file name is bytes, JSON is text.
//!
//! Invariant: pure, and `bytes(text(b)) == b` for all bytes. A byte that is not part of valid UTF-8
//! becomes the private character U+10FE00 + byte; so does each byte of such a character itself.

use std::borrow::Cow;

const FIRST: u32 = 0x10_fe80;
const LAST: u32 = 0x10_feff;
const BASE: u32 = 0x10_fe00;

/// The byte a character stands for; `None`: it stands for itself.
pub(crate) fn byte_of(c: char) -> Option<u8> {
    let code = u32::from(c);
    (FIRST..=LAST)
        .contains(&code)
        .then(|| u8::try_from(code - BASE).unwrap_or(u8::MAX))
}

/// The bytes as text.
#[must_use]
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.chars().any(|c| byte_of(c).is_some())
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if byte_of(c).is_some() {
                let mut buffer = [0; 4];
                escape(&mut out, c.encode_utf8(&mut buffer).as_bytes());
            } else {
                out.push(c);
            }
        }
        escape(&mut out, chunk.invalid());
    }
    Cow::Owned(out)
}

/// The bytes that the text stands for.
#[must_use]
pub fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match byte_of(c) {
            Some(byte) => out.push(byte),
            None => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out
}

fn escape(out: &mut String, bytes: &[u8]) {
    out.extend(
        bytes
            .iter()
            .filter_map(|byte| char::from_u32(BASE + u32::from(*byte))),
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_is_no_text_is_changed() {
        assert_eq!(text("ä 🎉\n".as_bytes()), "ä 🎉\n");
        assert_eq!(text(b"a\xff"), "a\u{10feff}");
        assert_eq!(text("\u{10fe80}".as_bytes()).chars().count(), 4);
    }

    proptest! {
        #[test]
        fn all_bytes_come_back(given in prop::collection::vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(bytes(&text(&given)), given);
        }

        #[test]
        fn all_text_comes_back(given in "[a\u{10fe70}-\u{10ff10}é]{0,20}") {
            prop_assert_eq!(bytes(&text(given.as_bytes())), given.as_bytes());
        }
    }
}
