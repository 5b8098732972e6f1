//! The screen and its history: an emulator for what is near, a compact store for what is far.
//!
//! Invariant: every line that leaves the screen of the main buffer is kept exactly once, here or in
//! the scrollback, up to its limit; memory does not depend on how much has come.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use alacritty_terminal::{
    Term,
    event::{Event, EventListener},
    grid::{Dimensions, Grid},
    index::{Column, Line, Point},
    term::{Config, TermMode, cell::Cell},
    vte::ansi::{CharsetIndex, Processor, StandardCharset},
};

use memchr::{memchr, memchr_iter, memchr3_iter};

use crate::{
    Size,
    far_lines::{MANY, NEAR, OWN_LIMIT},
    paint, resizing,
    scrollback::Scrollback,
    tracked::Tracked,
};

/// Lines by which a piece of text may scroll at once.
const PIECE_LINES: usize = OWN_LIMIT - MANY - 10;
/// Bytes of text that are taken at once.
const PIECE_BYTES: usize = 16 * 1024;

/// Counts the bell; nothing else that the emulator reports is used.
#[derive(Clone, Default)]
pub(crate) struct Bells(Arc<AtomicU32>);

impl EventListener for Bells {
    fn send_event(&self, event: Event) {
        if matches!(event, Event::Bell) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Dimensions for Size {
    fn total_lines(&self) -> usize {
        self.screen_lines()
    }
    fn screen_lines(&self) -> usize {
        (*self).rows().into()
    }
    fn columns(&self) -> usize {
        (*self).columns().into()
    }
}

/// The state of one terminal.
pub(crate) struct Emulator {
    pub(crate) term: Term<Bells>,
    parser: Processor,
    bells: Bells,
    pub(crate) scrollback: Scrollback,
    /// The main buffer while the alternate one is shown, which hides it.
    pub(crate) beneath: Option<Grid<Cell>>,
    /// How often the alternate buffer was shown.
    pub(crate) alternates: u64,
    /// The numbers of the lines at which a prompt begins.
    pub(crate) prompts: BTreeSet<u64>,
    pub(crate) tracked: Tracked,
    pub(crate) size: Size,
}

impl Emulator {
    pub(crate) fn new(size: Size, scrollback_lines: usize) -> Self {
        let bells = Bells::default();
        let config = Config {
            scrolling_history: OWN_LIMIT,
            ..Config::default()
        };
        Self {
            term: Term::new(config, &size, bells.clone()),
            parser: Processor::new(),
            bells,
            scrollback: Scrollback::new(scrollback_lines),
            beneath: None,
            alternates: 0,
            prompts: BTreeSet::new(),
            tracked: Tracked::default(),
            size,
        }
    }

    /// How often the bell rang so far.
    pub(crate) fn bells(&self) -> u32 {
        self.bells.0.load(Ordering::Relaxed)
    }

    pub(crate) fn is_alternate(&self) -> bool {
        self.term.mode().contains(TermMode::ALT_SCREEN)
    }

    /// Takes text that holds no sequence.
    pub(crate) fn text(&mut self, text: &str) {
        let rest = self.take_plain(text);
        if self.is_tricky(rest.as_bytes()) {
            self.carefully(rest);
        } else {
            self.slowly(rest);
        }
    }

    /// Whether a tab or a line feed in this text may mean something else to the emulator than to the
    /// page: behind the last column, in newline mode, or where a wrapped line is cut in two.
    fn is_tricky(&self, text: &[u8]) -> bool {
        if memchr(b'\t', text).is_some() && self.tab_may_wait(text) {
            return true;
        }
        // Behind a carriage return the cursor does not wait behind the last column.
        let is_bare = |at: usize| at.checked_sub(1).and_then(|at| text.get(at)) != Some(&b'\r');
        let mut feeds = memchr3_iter(0x0a, 0x0b, 0x0c, text).peekable();
        feeds.peek().is_some()
            && (self.term.mode().contains(TermMode::LINE_FEED_NEW_LINE)
                || self.has_wrapped_line_below()
                || feeds.any(is_bare))
    }

    /// Whether a tab of this text may find the cursor behind the last column.
    fn tab_may_wait(&self, text: &[u8]) -> bool {
        let columns = usize::from(self.size.columns());
        let (mut column, _) = self.cursor();
        self.tracked.tabs.is_some()
            || text.split(|byte| *byte == b'\r').any(|part| {
                let tabs = memchr_iter(b'\t', part).count();
                // No character takes more cells than bytes, and no tab more than eight.
                let end = column + part.len() + tabs * 8;
                column = 0;
                tabs > 0 && end >= columns
            })
    }

    fn has_wrapped_line_below(&self) -> bool {
        let grid = self.term.grid();
        let first = grid.cursor.point.line.0;
        (first..i32::from(self.size.rows())).any(|row| paint::is_wrapped(&grid[Line(row)]))
    }

    /// Takes text, tabs and line feeds one by one.
    pub(crate) fn carefully(&mut self, mut rest: &str) {
        while let Some(at) = rest.bytes().position(|byte| (0x09..=0x0c).contains(&byte)) {
            let (head, tail) = rest.split_at(at);
            self.slowly(head);
            let (control, tail) = tail.split_at(1);
            if control == "\t" {
                if !self.is_behind() {
                    self.slowly(control);
                }
            } else {
                let (_, row) = self.settled();
                self.slowly(control);
                let (_, next) = self.cursor();
                if next != row {
                    self.go_on_into(next, false);
                }
                if self.term.mode().contains(TermMode::LINE_FEED_NEW_LINE) {
                    self.term.grid_mut().cursor.point.column = Column(0);
                }
            }
            rest = tail;
        }
        self.slowly(rest);
    }

    /// The text with a blank for each `_` that is one among the drawing characters of a VT100, which
    /// the page does not know; `None`: there is none.
    pub(crate) fn blanked(&self, text: &str) -> Option<String> {
        let charsets = &self.term.grid().cursor.charsets;
        let is_drawing = |index| charsets[index] != StandardCharset::Ascii;
        let (plain, shifted) = (is_drawing(CharsetIndex::G0), is_drawing(CharsetIndex::G1));
        if !(plain || shifted) || !text.contains('_') {
            return None;
        }
        let mut is_shifted = self.tracked.shifted;
        let blank = |each| {
            match each {
                '\u{e}' => is_shifted = true,
                '\u{f}' => is_shifted = false,
                '_' if shifted && is_shifted || plain && !is_shifted => return ' ',
                _ => {}
            }
            each
        };
        Some(text.chars().map(blank).collect())
    }

    /// Whether the cursor waits behind the last column for the next character.
    pub(crate) fn is_behind(&self) -> bool {
        self.term.grid().cursor.input_needs_wrap
    }

    /// Takes text cell by cell.
    pub(crate) fn slowly(&mut self, mut rest: &str) {
        while !rest.is_empty() {
            let (piece, tail) = rest.split_at(self.piece(rest));
            self.parser.advance(&mut self.term, piece.as_bytes());
            self.store_far_lines(MANY, NEAR);
            rest = tail;
        }
    }

    /// Takes one whole sequence.
    pub(crate) fn sequence(&mut self, sequence: &[u8]) {
        let was_alternate = self.is_alternate();
        self.parser.advance(&mut self.term, sequence);
        if self.is_alternate() == was_alternate {
            self.store_far_lines(MANY, NEAR);
        }
    }

    /// Shows the alternate buffer.
    pub(crate) fn enter_alternate(&mut self) {
        if self.is_alternate() {
            return;
        }
        self.store_far_lines(NEAR, NEAR);
        let mut beneath = self.term.grid().clone();
        beneath.saved_cursor = beneath.cursor.clone();
        self.beneath = Some(beneath);
        self.alternates += 1;
        self.parser.advance(&mut self.term, b"\x1b[?1049h");
    }

    /// Shows the main buffer again.
    pub(crate) fn leave_alternate(&mut self) {
        if !self.is_alternate() {
            return;
        }
        self.parser.advance(&mut self.term, b"\x1b[?1049l");
        if let Some(mut beneath) = self.beneath.take() {
            // It may have another size now, taken otherwise than the emulator takes it.
            beneath.saved_cursor = beneath.cursor.clone();
            *self.term.grid_mut() = beneath;
        }
        self.store_far_lines(MANY, NEAR);
    }

    /// Everything as at the start, scrollback included (RIS).
    pub(crate) fn reset(&mut self) {
        self.beneath = None;
        self.parser.advance(&mut self.term, b"\x1bc");
        self.forget_scrollback();
        self.tracked = Tracked::default();
    }

    /// Changes the size; lines are wrapped anew.
    pub(crate) fn resize(&mut self, size: Size) {
        if size == self.size {
            return;
        }
        if size.columns() != self.size.columns() {
            // Their numbers mean other lines now.
            let _moved = self.prompts.split_off(&self.scrollback.end());
        }
        self.tracked.resized(size);
        let has_scrollback = self.scrollback.end() > self.scrollback.first();
        if let Some(beneath) = &mut self.beneath {
            let behind = self.term.grid().cursor.input_needs_wrap;
            self.term.resize(size);
            if behind {
                let column = self.size.columns().min(size.columns() - 1);
                self.term.grid_mut().cursor.point.column = Column(column.into());
            }
            resizing::resize(beneath, size, has_scrollback);
        } else {
            let grid = self.term.grid();
            let history = grid.history_size();
            let was_last_row = grid.cursor.point.line == grid.bottommost_line();
            self.term
                .resize(Size::new(self.size.columns(), size.rows()));
            let grid = self.term.grid_mut();
            resizing::undo_pull(grid, history, was_last_row);
            if size.columns() != self.size.columns() {
                let held = resizing::hold_line(grid, size.columns().into(), has_scrollback);
                self.term.resize(size);
                resizing::let_go(self.term.grid_mut(), &held);
            }
        }
        self.size = size;
        self.term.grid_mut().cursor.input_needs_wrap = false;
        self.store_far_lines(MANY, NEAR);
        self.tell_tabs();
    }

    /// Gives the emulator the tab stops that are tracked, since it makes up others.
    fn tell_tabs(&mut self) {
        let Some(tabs) = self.tracked.tabs.clone() else {
            return;
        };
        let place = self.term.grid().cursor.point;
        self.parser.advance(&mut self.term, b"\x1b[3g");
        let stops = tabs.iter().take(self.size.columns().into()).enumerate();
        for (column, _) in stops.filter(|(_, is_stop)| **is_stop) {
            self.term.grid_mut().cursor.point.column = Column(column);
            self.parser.advance(&mut self.term, b"\x1bH");
        }
        self.term.grid_mut().cursor.point = place;
    }

    /// The main buffer, shown or not.
    pub(crate) fn main(&self) -> &Grid<Cell> {
        self.beneath.as_ref().unwrap_or_else(|| self.term.grid())
    }

    /// The number of the first line of the screen of the main buffer.
    pub(crate) fn screen_top(&self) -> u64 {
        self.scrollback.end() + self.main().history_size() as u64
    }

    /// Where the cursor is, from 0: column and row.
    pub(crate) fn cursor(&self) -> (usize, usize) {
        let Point { line, column } = self.term.grid().cursor.point;
        (column.0, usize::try_from(line.0).unwrap_or(0))
    }

    /// A prompt begins at the cursor.
    pub(crate) fn mark_prompt(&mut self) {
        if !self.is_alternate() {
            let (_, row) = self.cursor();
            self.prompts.insert(self.screen_top() + row as u64);
        }
    }

    /// The length of the next piece that cannot scroll further than there is room for.
    fn piece(&self, text: &str) -> usize {
        let columns = usize::from(self.size.columns());
        let mut length = PIECE_BYTES.min(PIECE_LINES / 2 * columns).min(text.len());
        loop {
            let piece = text.as_bytes().get(..length).unwrap_or_default();
            // Line feed, vertical tab and form feed all move down (ECMA-48 and the VT100).
            let downs = piece
                .iter()
                .filter(|byte| (0x0a..=0x0c).contains(*byte))
                .count();
            if downs <= PIECE_LINES / 2 {
                break;
            }
            length /= 2;
        }
        (length..text.len())
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(text.len())
    }
}
