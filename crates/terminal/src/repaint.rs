//! The state of a terminal as the bytes that bring an xterm into it, whatever state that is in.
//!
//! Invariant: both begin by ending whatever sequence the reader may be in, and leave it as if it had
//! read along from the start, as far as the scrollback reaches.

use std::io::Write as _;

use alacritty_terminal::{
    grid::{Cursor, Dimensions as _, Grid},
    index::{Column, Line},
    term::{
        TermMode,
        cell::{Cell, Flags},
    },
    vte::ansi::{CharsetIndex, StandardCharset},
};

use crate::{emulator::Emulator, paint, pen::Pen, sequences::RESET};

/// Modes of the emulator with the number that sets each in the page (DECSET).
const MODES: [(TermMode, u16); 9] = [
    (TermMode::APP_CURSOR, 1),
    (TermMode::LINE_WRAP, 7),
    (TermMode::SHOW_CURSOR, 25),
    (TermMode::MOUSE_REPORT_CLICK, 1000),
    (TermMode::MOUSE_DRAG, 1002),
    (TermMode::MOUSE_MOTION, 1003),
    (TermMode::FOCUS_IN_OUT, 1004),
    (TermMode::SGR_MOUSE, 1006),
    (TermMode::BRACKETED_PASTE, 2004),
];

/// The page shows nothing until all of it is there (synchronized output).
const HOLD: &[u8] = b"\x1b[?2026h";
const SHOW: &[u8] = b"\x1b[?2026l";
const PROMPT: &[u8] = b"\x1b]133;A\x1b\\";

impl Emulator {
    /// Everything, after a full reset; with the number of the first line that it holds.
    pub(crate) fn repaint(&self) -> (u64, Vec<u8>) {
        let mut out = Vec::with_capacity(64 * 1024);
        out.extend_from_slice(RESET);
        out.extend_from_slice(HOLD);
        self.write_colors(&mut out);
        let first = self.write_main(&mut out);
        if self.is_alternate() {
            let mut pen = Pen::default();
            write_charsets(&self.main().cursor, &mut out);
            let main = self.main();
            write_cursor(main, &main.cursor, &mut pen, None, &mut out);
            out.extend_from_slice(b"\x1b[?1049h");
            pen.lift(&mut out);
            out.extend_from_slice(b"\x1b(B\x1b[H\x1b[2J");
            let grid = self.term.grid();
            let rows: Vec<_> = paint::rows(grid).map(|(_, row)| row).collect();
            let mut pen = Pen::default();
            for (index, row) in rows.iter().copied().enumerate() {
                let next = rows.get(index + 1).copied();
                let goes_on = paint::goes_on(row, next);
                paint::row(
                    row,
                    goes_on,
                    paint::makes_way(row, next),
                    &mut pen,
                    &mut out,
                );
                paint::begin(goes_on, next, &mut pen, &mut out);
                if next.is_some() && !goes_on {
                    pen.lift(&mut out);
                    out.extend_from_slice(b"\r\n");
                }
            }
            pen.lift(&mut out);
        }
        self.write_state(&mut out);
        out.extend_from_slice(SHOW);
        (first, out)
    }

    /// The screen alone; what is above it stays as it is in the page.
    pub(crate) fn screen(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(8 * 1024);
        out.extend_from_slice(HOLD);
        out.extend_from_slice(if self.is_alternate() {
            b"\x1b[?1049h"
        } else {
            b"\x1b[?1049l"
        });
        // Behind the change of buffers, which brings back what belongs to each.
        out.extend_from_slice(b"\x1b[m\x1b]8;;\x1b\\\x1b[r\x1b[?6l\x1b[?7h\x1b[4l\x1b(B\x0f");
        // Row by row the page would keep what it knew of each, such as its links.
        out.extend_from_slice(b"\x1b[2J");
        let grid = self.term.grid();
        let above = grid.history_size();
        let mut pen = Pen::default();
        for (number, row) in paint::rows(grid).skip(above) {
            // Writing to a Vec cannot fail, here and below.
            let _ = write!(out, "\x1b[{}H\x1b[2K", number - above + 1);
            paint::row(row, false, false, &mut pen, &mut out);
            pen.lift(&mut out);
        }
        self.write_state(&mut out);
        out.extend_from_slice(SHOW);
        out
    }

    /// Scrollback and screen as text.
    pub(crate) fn plain_text(&self) -> String {
        let mut out = String::new();
        let mut bytes = Vec::new();
        for (_, _, one, two) in self.scrollback.lines(self.first()) {
            bytes.extend_from_slice(one);
            bytes.extend_from_slice(two);
        }
        push_without_sequences(&bytes, &mut out);
        for (_, row) in paint::rows(self.main()) {
            paint::text(row, &mut out);
            if !paint::is_wrapped(row) {
                out.push('\n');
            }
        }
        let kept = out.trim_end().len();
        out.truncate(kept);
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }

    /// The number of the first line that is within the scrollback's length.
    fn first(&self) -> u64 {
        self.screen_top()
            .saturating_sub(self.scrollback.limit() as u64)
            .max(self.scrollback.first())
    }

    fn write_main(&self, out: &mut Vec<u8>) -> u64 {
        let first = self.first();
        let columns = self.size.columns();
        let stored = self.scrollback.end();
        let mut is_inside = false;
        let main = self.main();
        let mut lines = self.scrollback.lines(first).peekable();
        while let Some((number, line, one, two)) = lines.next() {
            self.write_prompt(number, is_inside, out);
            out.extend_from_slice(one);
            out.extend_from_slice(two);
            // At another width there is nothing to go on in.
            let next = lines.peek().map(|(_, _, one, two)| {
                one.first()
                    .or_else(|| two.first())
                    .is_some_and(|first| *first != b'\r')
            });
            let begins = next.or_else(|| {
                let next = paint::rows(main).next();
                next.filter(|_| line.wrapped_at == columns)
                    .map(|(_, row)| paint::begins(row))
            });
            is_inside = line.wrapped_at != 0 && begins.is_some();
            if is_inside && begins == Some(false) {
                out.push(b' ');
            }
            if line.wrapped_at != 0 && !is_inside {
                out.extend_from_slice(b"\r\n");
            }
        }
        let last = main.total_lines() - 1;
        let mut pen = Pen::default();
        let mut rows = paint::rows(main).peekable();
        while let Some((index, row)) = rows.next() {
            let number = stored + index as u64;
            if number < first {
                continue;
            }
            self.write_prompt(number, is_inside, out);
            let next = rows.peek().map(|(_, row)| *row);
            is_inside = paint::goes_on(row, next);
            paint::row(row, is_inside, paint::makes_way(row, next), &mut pen, out);
            paint::begin(is_inside, next, &mut pen, out);
            if index < last && !is_inside {
                pen.lift(out);
                out.extend_from_slice(b"\r\n");
            }
        }
        pen.lift(out);
        first
    }

    /// A mark before a line that begins a prompt; inside a wrapped line there is no place for one.
    fn write_prompt(&self, number: u64, is_inside: bool, out: &mut Vec<u8>) {
        if !is_inside && self.prompts.contains(&number) {
            out.extend_from_slice(PROMPT);
        }
    }

    /// The palette, where a program changed it (OSC 4, 10, 11 and 12).
    fn write_colors(&self, out: &mut Vec<u8>) {
        if self.tracked.is_recolored {
            out.extend_from_slice(b"\x1b]104\x1b\\\x1b]110\x1b\\\x1b]111\x1b\\\x1b]112\x1b\\");
        }
        let colors = self.term.colors();
        for index in 0..=258_usize {
            if let Some(rgb) = colors[index] {
                let _ = match index {
                    256..=258 => write!(out, "\x1b]{}", index - 246),
                    _ => write!(out, "\x1b]4;{index}"),
                };
                let _ = write!(out, ";rgb:{:02x}/{:02x}/{:02x}\x1b\\", rgb.r, rgb.g, rgb.b);
            }
        }
    }

    /// Everything but what is on the screen: margins, tab stops, modes, cursors, attributes.
    fn write_state(&self, out: &mut Vec<u8>) {
        let (tracked, mode, grid) = (&self.tracked, self.term.mode(), self.term.grid());
        self.write_margins_and_tabs(out);
        let set = |is_set| if is_set { 'h' } else { 'l' };
        // Each first cleared, then set: to clear one mouse mode is to clear them all.
        let modes = MODES.map(|(flag, number)| (number, mode.contains(flag)));
        let all = || modes.into_iter().chain(tracked.page_modes());
        for (number, _) in all() {
            let _ = write!(out, "\x1b[?{number}l");
        }
        for (number, _) in all().filter(|(_, is_set)| *is_set) {
            let _ = write!(out, "\x1b[?{number}h");
        }
        out.extend_from_slice(if mode.contains(TermMode::APP_KEYPAD) {
            b"\x1b="
        } else {
            b"\x1b>"
        });
        let _ = write!(out, "\x1b[4{}", set(mode.contains(TermMode::INSERT)));
        let newline = mode.contains(TermMode::LINE_FEED_NEW_LINE);
        let _ = write!(out, "\x1b[20{}", set(newline));
        let _ = write!(out, "\x1b[{} q", tracked.cursor_style);

        let mut pen = Pen::default();
        if grid.saved_cursor != Cursor::default() {
            write_charsets(&grid.saved_cursor, out);
            write_cursor(grid, &grid.saved_cursor, &mut pen, None, out);
            out.extend_from_slice(b"\x1b7");
        }
        if self.is_origin() {
            out.extend_from_slice(b"\x1b[?6h");
        }
        self.write_cursor_of(&mut pen, out);
    }

    /// Margins and tab stops; where the cursor is afterwards is left open.
    pub(crate) fn write_margins_and_tabs(&self, out: &mut Vec<u8>) {
        let _ = match self.tracked.margins {
            Some((top, bottom)) => write!(out, "\x1b[{top};{bottom}r"),
            None => write!(out, "\x1b[r"),
        };
        if let Some(tabs) = &self.tracked.tabs {
            out.extend_from_slice(b"\x1b[3g");
            let stops = tabs.iter().take(self.size.columns().into()).enumerate();
            for (column, _) in stops.filter(|(_, is_stop)| **is_stop) {
                let _ = write!(out, "\x1b[1;{}H\x1bH", column + 1);
            }
        }
    }

    /// The cursor with its attributes and character sets, over any others.
    pub(crate) fn write_here(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\x1b[m\x1b]8;;\x1b\\\x0f");
        self.write_cursor_of(&mut Pen::default(), out);
    }

    /// The place of a cursor that does not wait behind the last column, and nothing else.
    pub(crate) fn write_place(&self, out: &mut Vec<u8>) {
        let (column, row) = self.cursor();
        let row = (row + 2).saturating_sub(self.first_row());
        let _ = write!(out, "\x1b[{row};{}H", column + 1);
    }

    /// The row, from 1, that counts as the first.
    pub(crate) fn first_row(&self) -> usize {
        if self.is_origin() {
            self.region().0 + 1
        } else {
            1
        }
    }

    fn write_cursor_of(&self, pen: &mut Pen, out: &mut Vec<u8>) {
        let grid = self.term.grid();
        write_charsets(&grid.cursor, out);
        let origin = self.is_origin().then(|| self.first_row());
        write_cursor(grid, &grid.cursor, pen, origin, out);
        if self.tracked.shifted {
            out.push(0x0e);
        }
    }
}

/// Puts the cursor and its attributes; `origin` is the row, from 1, that counts as the first.
///
/// A cursor that waits behind the last column for the next character gets there only by drawing the
/// last cell anew.
fn write_cursor(
    grid: &Grid<Cell>,
    cursor: &Cursor<Cell>,
    pen: &mut Pen,
    origin: Option<usize>,
    out: &mut Vec<u8>,
) {
    // A saved one may be from before a smaller size.
    let line = cursor.point.line.clamp(Line(0), grid.bottommost_line());
    let mut column = cursor.point.column.min(grid.last_column());
    let is_spacer = |column: Column| grid[line][column].flags.contains(Flags::WIDE_CHAR_SPACER);
    if cursor.input_needs_wrap && is_spacer(column) {
        column = Column(column.0.saturating_sub(1));
    }
    let row = usize::try_from(line.0).unwrap_or(0) + 2;
    let row = row.saturating_sub(origin.unwrap_or(1)).max(1);
    let _ = write!(out, "\x1b[{row};{}H", column.0 + 1);
    if cursor.input_needs_wrap {
        // The character sets apply to what is drawn, not to what it was made from.
        let is_drawing = cursor.charsets[CharsetIndex::G0] != StandardCharset::Ascii;
        if is_drawing {
            out.extend_from_slice(b"\x1b(B");
        }
        paint::cell(&grid[line][column], pen, out);
        if is_drawing {
            out.extend_from_slice(b"\x1b(0");
        }
    }
    pen.take(&cursor.template, out);
}

/// The character sets that are at hand (SCS).
fn write_charsets(cursor: &Cursor<Cell>, out: &mut Vec<u8>) {
    for (index, sign) in [
        (CharsetIndex::G0, b'('),
        (CharsetIndex::G1, b')'),
        (CharsetIndex::G2, b'*'),
        (CharsetIndex::G3, b'+'),
    ] {
        let set = match cursor.charsets[index] {
            StandardCharset::Ascii => b'B',
            StandardCharset::SpecialCharacterAndLineDrawing => b'0',
        };
        out.extend_from_slice(&[0x1b, sign, set]);
    }
}

/// The text of stored lines, of which every sequence is one of the pen's.
fn push_without_sequences(bytes: &[u8], out: &mut String) {
    struct Text<'o>(&'o mut String);
    impl crate::filter::Sink for Text<'_> {
        fn text(&mut self, text: &str) {
            self.0.extend(text.split('\r'));
        }
        fn escape(&mut self, _: &[u8]) {}
        fn control(&mut self, _: &[u8]) {}
        fn command(&mut self, _: &[u8]) {}
    }
    crate::filter::Filter::new().push(bytes, &mut Text(out));
}
