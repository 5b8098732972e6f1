//! Cuts what a server sends into text and whole control sequences, before anything acts on it.
//!
//! Invariant: a [`Sink`] gets valid UTF-8 text without C1 controls and only complete sequences of
//! bounded length, so whoever follows it is never caught in the middle of one. What is unfinished
//! is kept here, at most [`LONGEST_SEQUENCE`] bytes; a longer one is dropped to its end.

mod text;

use memchr::memchr;

use text::TextFilter;

/// The longest sequence that is taken, in bytes: room for a clipboard write of 48 KiB of text.
pub(crate) const LONGEST_SEQUENCE: usize = 64 * 1024;
/// The longest sequence other than an OSC one.
const LONGEST_CONTROL: usize = 512;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;

/// Takes what the filter lets through, in order.
pub(crate) trait Sink {
    /// Text with C0 controls, but no ESC.
    fn text(&mut self, text: &str);
    /// A whole escape sequence, ESC first, that is none of the two below.
    fn escape(&mut self, sequence: &[u8]);
    /// A whole control sequence, from `ESC [` to its final byte.
    fn control(&mut self, sequence: &[u8]);
    /// The payload of an operating system command, without its introducer and terminator.
    fn command(&mut self, payload: &[u8]);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Text,
    /// Behind ESC, or intermediates behind it.
    Escape,
    Control,
    Command,
    /// A string of the kinds that are dropped: DCS, SOS, PM, APC.
    Dropped,
    /// A command that was too long.
    TooLong,
    /// A control sequence that was too long.
    TooLongControl,
}

/// The filter of one terminal.
#[derive(Debug)]
pub(crate) struct Filter {
    state: State,
    /// The sequence so far, ESC included.
    held: Vec<u8>,
    /// Inside a string: whether the last byte was ESC, so that `\` ends it.
    after_escape: bool,
    text: TextFilter,
}

impl Filter {
    pub(crate) fn new() -> Self {
        Self {
            state: State::Text,
            held: Vec::new(),
            after_escape: false,
            text: TextFilter::default(),
        }
    }

    /// Takes the next bytes, cut anywhere.
    pub(crate) fn push(&mut self, mut bytes: &[u8], sink: &mut impl Sink) {
        while !bytes.is_empty() {
            let used = match self.state {
                State::Text => self.take_text(bytes, sink),
                State::Command | State::Dropped | State::TooLong => self.take_string(bytes, sink),
                State::Escape | State::Control | State::TooLongControl => {
                    self.take_sequence(bytes, sink)
                }
            };
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    fn begin(&mut self) {
        self.state = State::Escape;
        self.held.clear();
        self.held.push(ESC);
    }

    fn take_text(&mut self, bytes: &[u8], sink: &mut impl Sink) -> usize {
        let Some(at) = memchr(ESC, bytes) else {
            self.text.push(bytes, sink);
            return bytes.len();
        };
        if let Some(text) = bytes.get(..at) {
            self.text.push(text, sink);
        }
        self.text.finish(sink);
        self.begin();
        at + 1
    }

    fn take_sequence(&mut self, bytes: &[u8], sink: &mut impl Sink) -> usize {
        for (at, byte) in bytes.iter().copied().enumerate() {
            match byte {
                ESC => {
                    self.begin();
                    continue;
                }
                CAN | SUB => {
                    self.state = State::Text;
                    return at + 1;
                }
                // Controls inside a sequence act at once (ECMA-48 leaves it open; the VT100 did so).
                0..=0x1f => {
                    if let Ok(text) = std::str::from_utf8(&[byte]) {
                        sink.text(text);
                    }
                    continue;
                }
                0x7f.. => continue,
                _ => {}
            }
            if self.state == State::TooLongControl {
                if byte >= 0x40 {
                    self.state = State::Text;
                    return at + 1;
                }
                continue;
            }
            let is_first = self.held.len() == 1;
            self.held.push(byte);
            match self.state {
                State::Escape if is_first && byte == b'[' => self.state = State::Control,
                State::Escape if is_first && byte == b']' => {
                    return self.string(State::Command, at);
                }
                State::Escape if is_first && matches!(byte, b'P' | b'X' | b'^' | b'_') => {
                    return self.string(State::Dropped, at);
                }
                State::Escape if byte >= 0x30 => {
                    self.state = State::Text;
                    sink.escape(&self.held);
                    return at + 1;
                }
                State::Control if byte >= 0x40 => {
                    self.state = State::Text;
                    sink.control(&self.held);
                    return at + 1;
                }
                _ if self.held.len() > LONGEST_CONTROL => self.state = State::TooLongControl,
                _ => {}
            }
        }
        bytes.len()
    }

    fn string(&mut self, state: State, at: usize) -> usize {
        self.state = state;
        self.held.clear();
        self.after_escape = false;
        at + 1
    }

    fn take_string(&mut self, bytes: &[u8], sink: &mut impl Sink) -> usize {
        if self.after_escape {
            self.after_escape = false;
            if bytes.first() == Some(&b'\\') {
                self.end_string(sink);
                return 1;
            }
            // Any other sequence ends the string and begins itself.
            self.begin();
            return 0;
        }
        let end = bytes
            .iter()
            .position(|byte| matches!(*byte, ESC | BEL | CAN | SUB));
        let body = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
        if self.state == State::Command {
            if self.held.len() + body.len() > LONGEST_SEQUENCE {
                self.state = State::TooLong;
                self.held = Vec::new();
            } else {
                self.held.extend_from_slice(body);
            }
        }
        let Some(end) = end else {
            return bytes.len();
        };
        match bytes.get(end) {
            Some(&ESC) => self.after_escape = true,
            // BEL ends a command alone (xterm's way); other strings go on.
            Some(&BEL) if self.state == State::Dropped => {}
            Some(&BEL) => self.end_string(sink),
            _ => self.state = State::Text,
        }
        end + 1
    }

    fn end_string(&mut self, sink: &mut impl Sink) {
        if self.state == State::Command {
            sink.command(&self.held);
        }
        if self.held.capacity() > LONGEST_CONTROL {
            self.held = Vec::new();
        }
        self.state = State::Text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Default, Debug, PartialEq)]
    struct Seen(String);

    impl Sink for Seen {
        fn text(&mut self, text: &str) {
            self.0.push_str(text);
        }
        fn escape(&mut self, sequence: &[u8]) {
            self.0 += &format!("<E{}>", String::from_utf8_lossy(&sequence[1..]));
        }
        fn control(&mut self, sequence: &[u8]) {
            self.0 += &format!("<C{}>", String::from_utf8_lossy(&sequence[2..]));
        }
        fn command(&mut self, payload: &[u8]) {
            self.0 += &format!("<O{}>", String::from_utf8_lossy(payload));
        }
    }

    fn seen(parts: &[&[u8]]) -> String {
        let (mut filter, mut seen) = (Filter::new(), Seen::default());
        for part in parts {
            filter.push(part, &mut seen);
        }
        seen.0
    }

    #[test]
    fn sequences_come_whole_and_text_stays_itself() {
        for (bytes, expected) in [
            (&b"a\x1b[1;31mb\r\n"[..], "a<C1;31m>b\r\n"),
            (b"\x1b(0q\x1b(B", "<E(0>q<E(B>"),
            (b"\x1b7\x1bc", "<E7><Ec>"),
            (b"\x1b]0;title\x07x", "<O0;title>x"),
            (b"\x1b]8;;http://a\x1b\\x", "<O8;;http://a>x"),
            (b"\x1bP$qm\x1b\\x", "x"),
            (b"\x1b_secret\x07still\x1b\\x", "x"),
            (b"\x1b[2\nJ", "\n<C2J>"),
            (b"\x1b[2\x18J", "J"),
            (b"\x1b[2\x1b[3m", "<C3m>"),
            (b"\x1b]0;a\x1b[1m", "<C1m>"),
            ("\u{9b}31m\u{9d}0;x\u{7}".as_bytes(), "31m0;x\u{7}"),
            (b"\xff\xfex", "\u{fffd}\u{fffd}x"),
            ("größe 東".as_bytes(), "größe 東"),
        ] {
            assert_eq!(seen(&[bytes]), expected, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_dropped_to_its_end() {
        let mut long = b"\x1b]52;c;".to_vec();
        long.extend(vec![b'A'; LONGEST_SEQUENCE + 1]);
        long.extend(b"\x07after");
        assert_eq!(seen(&[&long]), "after");
        let mut long = b"\x1b[".to_vec();
        long.extend(vec![b'1'; 5000]);
        long.extend(b"mafter");
        assert_eq!(seen(&[&long]), "after");
        let mut filter = Filter::new();
        for _ in 0..1000 {
            filter.push(&[b'x'; 1000], &mut Seen::default());
            filter.push(b"\x1bP", &mut Seen::default());
        }
        assert!(filter.held.capacity() < LONGEST_SEQUENCE * 2);
    }

    #[test]
    fn a_heap_of_combining_marks_is_bounded() {
        let shown = seen(&["e".as_bytes(), "\u{301}".repeat(1000).as_bytes()]);
        assert!(shown.chars().count() < 40, "{}", shown.chars().count());
        assert_eq!(seen(&["e\u{301}e\u{301}".as_bytes()]), "e\u{301}e\u{301}");
    }

    #[test]
    fn nothing_turns_its_neighbours_round() {
        let text = "txt\u{202e}gpj.\u{2066}exe\u{2069}\u{202c} \u{5e9}\u{5dc}";
        assert_eq!(seen(&[text.as_bytes()]), "txtgpj.exe \u{5e9}\u{5dc}");
        let letter = ["e".as_bytes(), "\u{202e}\u{301}".as_bytes()];
        assert_eq!(seen(&letter), "e\u{301}");
    }

    proptest! {
        #[test]
        fn it_does_not_matter_where_the_bytes_are_cut(
            parts in prop::collection::vec(prop::sample::select(vec![
                "a", "\x1b", "[", "]", "0;", "m", "\x07", "\\", "P", "é", "東", "\u{301}", "\n", "\u{9b}", "1", "\x18",
            ]), 0..60),
            cut in 0usize..200,
        ) {
            let bytes = parts.concat().into_bytes();
            let cut = cut.min(bytes.len());
            let (head, tail) = bytes.split_at(cut);
            prop_assert_eq!(seen(&[head, tail]), seen(&[&bytes]));
        }

        #[test]
        fn nothing_but_whole_sequences_gets_out(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            struct Check;
            impl Sink for Check {
                fn text(&mut self, text: &str) { assert!(!text.contains(|c: char| c == '\x1b' || ('\u{80}'..='\u{9f}').contains(&c))); }
                fn escape(&mut self, sequence: &[u8]) { assert!(sequence.len() > 1 && sequence.len() <= LONGEST_CONTROL + 1); }
                fn control(&mut self, sequence: &[u8]) { assert!(sequence.len() > 2 && sequence.iter().skip(2).all(|b| (0x20..0x7f).contains(b))); }
                fn command(&mut self, payload: &[u8]) { assert!(payload.len() <= LONGEST_SEQUENCE); }
            }
            Filter::new().push(&bytes, &mut Check);
        }
    }
}
