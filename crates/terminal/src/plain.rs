//! The short way for a flood of plain lines: those that would scroll away at once go to the
//! scrollback as they are, and the emulator draws only the last screenful.
//!
//! Invariant: the state afterwards is the one that the long way leads to; a property test compares.

use alacritty_terminal::{
    term::{TermMode, cell::Cell},
    vte::ansi::{CharsetIndex, StandardCharset},
};

use crate::{emulator::Emulator, pen::Pen};

/// Less is not worth the look.
const LEAST_BYTES: usize = 2048;

impl Emulator {
    /// Takes as much of the text as it can by the short way; gives back the rest.
    pub(crate) fn take_plain<'t>(&mut self, text: &'t str) -> &'t str {
        if text.len() < LEAST_BYTES || !self.is_simple() || !is_plain(text.as_bytes()) {
            return text;
        }
        let rows = usize::from(self.size.rows());
        // The line underway is ended by the long way, so that the cursor is in the first column.
        let Some((first, rest)) = text.split_once('\n') else {
            return text;
        };
        let Some(middle) = before_last_lines(rest, rows).filter(|middle| middle.len() > rows * 4)
        else {
            return text;
        };
        let Some(longest) = longest_line(middle.as_bytes()) else {
            return text;
        };
        self.slowly(first);
        self.carefully("\n");
        if self.cursor() != (0, rows - 1) {
            return rest;
        }
        self.store_all_but_last_row();
        let columns = self.size.columns();
        let width = usize::from(columns);
        if longest <= width && memchr::memmem::find(middle.as_bytes(), b" \r").is_none() {
            self.scrollback.push_lines(middle.as_bytes());
        } else {
            for line in middle.split_terminator('\n') {
                let mut line = line.strip_suffix('\r').unwrap_or(line);
                while line.len() > width {
                    let (part, more) = line.split_at(width);
                    self.scrollback.push(part.as_bytes(), columns);
                    line = more;
                }
                self.scrollback
                    .push(line.trim_end_matches(' ').as_bytes(), 0);
            }
        }
        self.prompts = self.prompts.split_off(&self.scrollback.first());
        rest.get(middle.len()..).unwrap_or_default()
    }

    /// Whether text changes nothing but the place of the cursor and the cells it passes.
    fn is_simple(&self) -> bool {
        let mode = self.term.mode();
        let cursor = &self.term.grid().cursor;
        let mut unused = Vec::new();
        let mut pen = Pen::default();
        pen.take(&cursor.template, &mut unused);
        !mode.intersects(TermMode::ALT_SCREEN | TermMode::INSERT | TermMode::LINE_FEED_NEW_LINE)
            && mode.contains(TermMode::LINE_WRAP)
            && pen == Pen::default()
            && cursor.template == Cell::default()
            && self.tracked.is_plain()
            && cursor.charsets[CharsetIndex::G0] == StandardCharset::Ascii
    }
}

/// Printable ASCII, carriage returns and line feeds.
fn is_plain(text: &[u8]) -> bool {
    // Without an early end, so that it is done many bytes at a time.
    text.iter().fold(true, |plain, byte| {
        plain & ((*byte >= b' ' && *byte < 0x7f) | (*byte == b'\r') | (*byte == b'\n'))
    })
}

/// The length of the longest line without its end; `None`: a carriage return is missing before a
/// line feed, or stands elsewhere.
fn longest_line(lines: &[u8]) -> Option<usize> {
    let (mut begin, mut longest) = (0, 0);
    for at in memchr::memchr_iter(b'\r', lines) {
        if lines.get(at + 1) != Some(&b'\n') {
            return None;
        }
        longest = longest.max(at.checked_sub(begin)?);
        begin = at + 2;
    }
    // As many of the one as of the other, so each line feed has its return.
    let feeds = memchr::memchr_iter(b'\n', lines).count();
    let returns = memchr::memchr_iter(b'\r', lines).count();
    (begin == lines.len() && feeds == returns).then_some(longest)
}

/// The text up to its last `lines` line ends.
fn before_last_lines(text: &str, lines: usize) -> Option<&str> {
    let end = memchr::memrchr_iter(b'\n', text.as_bytes()).nth(lines)?;
    text.get(..=end)
}
