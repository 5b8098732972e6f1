//! The text between sequences: made valid UTF-8, without C1 controls and without what turns its
//! neighbours round, with few marks on a letter.
//!
//! Invariant: a character cut in two is kept for the next bytes, at most three bytes of it.

use unicode_width::UnicodeWidthChar;

use super::Sink;

/// Marks of no width that one place on the screen may collect; the rest is dropped. So is one that
/// does not follow a character at once, since the xterm of the page gives it a place of its own.
const MOST_MARKS: u8 = 16;

#[derive(Debug, Default)]
pub(super) struct TextFilter {
    /// The first bytes of a character whose rest has not come.
    cut: Vec<u8>,
    /// How many marks of no width may still come.
    room: u8,
}

impl TextFilter {
    pub(super) fn push(&mut self, bytes: &[u8], sink: &mut impl Sink) {
        if !self.cut.is_empty() {
            let mut whole = std::mem::take(&mut self.cut);
            let (head, tail) = bytes.split_at(bytes.len().min(3));
            whole.extend_from_slice(head);
            self.whole(&whole, sink);
            // At most three bytes are kept again, and those are of the head.
            if self.cut.is_empty() {
                self.whole(tail, sink);
            } else if !tail.is_empty() {
                let mut rest = std::mem::take(&mut self.cut);
                rest.extend_from_slice(tail);
                self.whole(&rest, sink);
            }
            return;
        }
        self.whole(bytes, sink);
    }

    /// Nothing more of a cut character will come.
    pub(super) fn finish(&mut self, sink: &mut impl Sink) {
        self.room = 0;
        if !self.cut.is_empty() {
            self.cut.clear();
            sink.text("\u{fffd}");
        }
    }

    fn whole(&mut self, mut bytes: &[u8], sink: &mut impl Sink) {
        while !bytes.is_empty() {
            let (valid, skip) = match std::str::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                    let Ok(valid) = std::str::from_utf8(valid) else {
                        return;
                    };
                    (valid, Some(error.error_len()))
                }
            };
            self.valid(valid, sink);
            bytes = bytes.get(valid.len()..).unwrap_or_default();
            match skip {
                None => return,
                Some(None) => {
                    self.cut = bytes.to_vec();
                    return;
                }
                Some(Some(wrong)) => {
                    self.room = MOST_MARKS;
                    sink.text("\u{fffd}");
                    bytes = bytes.get(wrong..).unwrap_or_default();
                }
            }
        }
    }

    fn valid(&mut self, text: &str, sink: &mut impl Sink) {
        if text.is_ascii() {
            if let Some(last) = text.bytes().next_back() {
                self.room = room_behind(last.into());
                sink.text(text);
            }
            return;
        }
        let mut kept = String::new();
        let mut from = 0;
        for (at, each) in text.char_indices() {
            let is_mark = (each >= '\u{300}' || each == '\u{ad}') && each.width() == Some(0);
            let is_dropped = ('\u{80}'..='\u{9f}').contains(&each)
                || turns_neighbours(each)
                || is_mark && self.room == 0;
            if is_mark {
                self.room = self.room.saturating_sub(1);
            } else {
                self.room = room_behind(each);
            }
            if is_dropped {
                kept.push_str(text.get(from..at).unwrap_or_default());
                from = at + each.len_utf8();
            }
        }
        if from == 0 {
            sink.text(text);
            return;
        }
        kept.push_str(text.get(from..).unwrap_or_default());
        if !kept.is_empty() {
            sink.text(&kept);
        }
    }
}

/// Bidirectional embeddings, overrides and isolates: a page may draw what is around them in another
/// order than the cells have.
fn turns_neighbours(each: char) -> bool {
    matches!(each, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Marks that may follow at once: none behind a control.
fn room_behind(each: char) -> u8 {
    if each.is_control() { 0 } else { MOST_MARKS }
}
