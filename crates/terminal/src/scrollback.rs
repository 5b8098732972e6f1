//! The lines that have left the emulator's own history, as the bytes that draw them.
//!
//! Invariant: at most `limit` lines; each stands for itself, since it begins and ends with no
//! attribute set, and its line end is part of it. A tenth of the memory that cells would take.

use std::collections::VecDeque;

/// What is known of a line besides its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    bytes: u32,
    /// How wide the screen was, where the next line goes on with this one; 0: it does not.
    pub(crate) wrapped_at: u16,
}

/// Lines, oldest first.
#[derive(Debug)]
pub(crate) struct Scrollback {
    bytes: VecDeque<u8>,
    lines: VecDeque<Line>,
    limit: usize,
    first: u64,
}

/// What ends a line.
const END: &[u8] = b"\r\n";

/// More than this is not kept, whatever the number of lines.
const MOST_BYTES: usize = 64 << 20;

impl Scrollback {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            bytes: VecDeque::new(),
            lines: VecDeque::new(),
            limit,
            first: 0,
        }
    }

    /// The number of the oldest line that is kept, counted from the terminal's first.
    pub(crate) fn first(&self) -> u64 {
        self.first
    }

    /// The number that the next line gets.
    pub(crate) fn end(&self) -> u64 {
        self.first + self.lines.len() as u64
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
        self.trim();
        self.lines.shrink_to_fit();
        self.bytes.shrink_to_fit();
    }

    /// Adds a line without its end.
    pub(crate) fn push(&mut self, line: &[u8], wrapped_at: u16) {
        self.bytes.extend(line);
        let mut length = line.len();
        if wrapped_at == 0 {
            self.bytes.extend(END);
            length += END.len();
        }
        self.lines.push_back(Line {
            bytes: u32::try_from(length).unwrap_or(u32::MAX),
            wrapped_at,
        });
        self.trim();
    }

    /// Adds many whole lines at once, each with its end.
    pub(crate) fn push_lines(&mut self, lines: &[u8]) {
        self.bytes.extend(lines);
        let mut begin = 0;
        for end in memchr::memchr_iter(b'\n', lines) {
            self.lines.push_back(Line {
                bytes: u32::try_from(end + 1 - begin).unwrap_or(u32::MAX),
                wrapped_at: 0,
            });
            begin = end + 1;
        }
        self.trim();
    }

    /// Counts lines that were forgotten before they came here.
    pub(crate) fn advance(&mut self, count: usize) {
        debug_assert!(self.lines.is_empty());
        self.first += count as u64;
    }

    /// Forgets all lines; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.first = self.end();
        self.bytes = VecDeque::new();
        self.lines = VecDeque::new();
    }

    fn trim(&mut self) {
        let mut surplus = self.lines.len().saturating_sub(self.limit);
        let bytes_of = |lines: &VecDeque<Line>, count| {
            let first = lines.iter().take(count);
            first.map(|line| line.bytes as usize).sum::<usize>()
        };
        let mut dropped = bytes_of(&self.lines, surplus);
        while self.bytes.len().saturating_sub(dropped) > MOST_BYTES {
            surplus += 1;
            dropped = bytes_of(&self.lines, surplus);
        }
        if surplus > 0 {
            self.lines.drain(..surplus.min(self.lines.len()));
            self.bytes.drain(..dropped.min(self.bytes.len()));
            self.first += surplus as u64;
        }
    }

    /// Every kept line from number `from` on: its number, what is known of it, its bytes in two
    /// parts.
    pub(crate) fn lines(&self, from: u64) -> impl Iterator<Item = (u64, Line, &[u8], &[u8])> {
        let (head, tail) = self.bytes.as_slices();
        let mut at = 0;
        let mut number = self.first;
        self.lines.iter().filter_map(move |line| {
            let (begin, end) = (at, at + line.bytes as usize);
            at = end;
            number += 1;
            let cut = head.len();
            let one = head.get(begin.min(cut)..end.min(cut)).unwrap_or_default();
            let two = tail
                .get(begin.saturating_sub(cut)..end.saturating_sub(cut))
                .unwrap_or_default();
            (number > from).then_some((number - 1, *line, one, two))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(scrollback: &Scrollback, from: u64) -> Vec<(u64, String)> {
        let text = |one: &[u8], two: &[u8]| {
            let text = String::from_utf8([one, two].concat()).unwrap();
            text.strip_suffix("\r\n").unwrap().to_owned()
        };
        scrollback
            .lines(from)
            .map(|(number, _, one, two)| (number, text(one, two)))
            .collect()
    }

    #[test]
    fn the_newest_lines_are_kept_with_their_numbers() {
        let mut scrollback = Scrollback::new(3);
        for number in 0..1000 {
            scrollback.push(format!("line {number}").as_bytes(), 0);
        }
        let expected = [997, 998, 999].map(|number| (number, format!("line {number}")));
        assert_eq!(shown(&scrollback, 0), expected);
        assert_eq!(shown(&scrollback, 999).len(), 1);
        scrollback.push_lines(b"a\r\nb\r\n");
        assert_eq!(shown(&scrollback, 1000)[1], (1001, "b".to_owned()));
        scrollback.clear();
        scrollback.push(b"x", 0);
        assert_eq!(shown(&scrollback, 0), [(1002, "x".to_owned())]);
        scrollback.clear();
        scrollback.advance(10);
        scrollback.push(b"y", 0);
        assert_eq!(shown(&scrollback, 0), [(1013, "y".to_owned())]);
    }
}
