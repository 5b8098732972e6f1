//! Cleaning what a server printed: bytes to text, without escape sequences.

use std::borrow::Cow;

/// Bytes as text: a byte order mark dropped, CRLF folded to LF, invalid UTF-8 replaced by U+FFFD.
#[must_use]
pub fn lossy_text(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    if text.contains("\r\n") {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        text
    }
}

/// Removes the escape sequences of ECMA-48: CSI, OSC / DCS / SOS / PM / APC strings (ended by BEL
/// or ST), two-character escapes, and their 8-bit forms. All other characters stay. A sequence
/// cut off at the end goes too.
#[must_use]
pub fn strip_ansi(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(['\u{1b}', '\u{9b}', '\u{9d}', '\u{90}']) {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let introducer = match c {
            '\u{1b}' => chars.next(),
            '\u{9b}' => Some('['),
            '\u{9d}' | '\u{90}' => Some(']'),
            c => {
                clean.push(c);
                continue;
            }
        };
        match introducer {
            Some('[') => {
                let _final = chars.find(|c| ('\u{40}'..='\u{7e}').contains(c) || *c == '\n');
            }
            Some(']' | 'P' | 'X' | '^' | '_') => {
                while let Some(c) = chars.next() {
                    let string_terminator = c == '\u{1b}' && chars.next_if_eq(&'\\').is_some();
                    if c == '\u{7}' || c == '\u{9c}' || string_terminator {
                        break;
                    }
                }
            }
            // nF escapes hold intermediate bytes before the final one: ESC ( B.
            Some('\u{20}'..='\u{2f}') => {
                let _final = chars.find(|c| !('\u{20}'..='\u{2f}').contains(c));
            }
            _ => {}
        }
    }
    Cow::Owned(clean)
}

/// A number that a tool printed; `None` where it is not one, or not finite.
#[must_use]
pub fn figure(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        strip_ansi(Cow::Borrowed(text)).into_owned()
    }

    #[test]
    fn sequences_go_and_text_stays() {
        assert_eq!(stripped("\u{1b}[1;31mred\u{1b}[0m"), "red");
        assert_eq!(
            stripped("\u{1b}]0;title\u{7}a\u{1b}]8;;http://x\u{1b}\\b"),
            "ab"
        );
        assert_eq!(stripped("\u{1b}(Bplain\u{1b}7"), "plain");
        assert_eq!(stripped("\u{9b}32mgreen"), "green");
        assert_eq!(stripped("cut\u{1b}["), "cut");
        assert_eq!(stripped("naïve 東京 ✓"), "naïve 東京 ✓");
    }

    #[test]
    fn a_figure_is_finite() {
        assert_eq!(figure("-1.50"), Some(-1.5));
        for text in ["nan", "inf", "1e999", "", "1,5", " 1"] {
            assert_eq!(figure(text), None, "{text:?}");
        }
    }

    #[test]
    fn byte_order_mark_and_crlf_fold() {
        assert_eq!(lossy_text(b"\xef\xbb\xbfa\r\nb\xff"), "a\nb\u{fffd}");
    }
}
