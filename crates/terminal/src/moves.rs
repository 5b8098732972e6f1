//! Moves of the cursor that the emulator makes otherwise than the xterm of the page, or the page
//! otherwise than any other xterm.
//!
//! Invariant: where the page would move otherwise, it is told the place instead of the move.

use alacritty_terminal::{
    index::{Column, Line},
    term::TermMode,
};

use crate::emulator::Emulator;

impl Emulator {
    /// Moves by columns and rows, inside the screen; a vertical move that begins inside the scroll
    /// region ends there (CUU, CUD).
    pub(crate) fn move_by(&mut self, columns: i32, rows: i32, minds_region: bool) {
        let (column, row) = self.cursor();
        let (top, bottom) = self.region();
        let last = usize::from(self.size.rows()) - 1;
        let (least, most) = match minds_region {
            true if rows < 0 && row >= top => (top, last),
            true if rows > 0 && row <= bottom => (0, bottom),
            _ => (0, last),
        };
        let moved = |from: usize, by: i32| {
            from.saturating_add_signed(isize::try_from(by).unwrap_or_default())
        };
        self.place(moved(column, columns), moved(row, rows).clamp(least, most));
    }

    /// Puts the cursor, from 0, inside the screen and, in origin mode, inside the scroll region.
    pub(crate) fn place(&mut self, column: usize, row: usize) {
        let (top, bottom) = if self.is_origin() {
            self.region()
        } else {
            (0, usize::from(self.size.rows()) - 1)
        };
        let last = usize::from(self.size.columns()) - 1;
        let cursor = &mut self.term.grid_mut().cursor;
        cursor.point.column = Column(column.min(last));
        cursor.point.line = Line(i32::try_from(row.clamp(top, bottom)).unwrap_or(0));
        cursor.input_needs_wrap = false;
    }

    pub(crate) fn is_origin(&self) -> bool {
        self.term.mode().contains(TermMode::ORIGIN)
    }

    /// CHT and CBT; behind the last column there is no tab.
    pub(crate) fn tab_by(&mut self, count: u16, is_forward: bool) {
        if self.term.grid().cursor.input_needs_wrap {
            return;
        }
        let (mut column, row) = self.cursor();
        let last = usize::from(self.size.columns()) - 1;
        for _ in 0..count.max(1) {
            let next = if is_forward {
                (column + 1..last).find(|at| self.tracked.is_tab(*at))
            } else {
                (0..column).rev().find(|at| self.tracked.is_tab(*at))
            };
            column = next.unwrap_or(if is_forward { last } else { 0 });
        }
        let cursor = &mut self.term.grid_mut().cursor;
        cursor.point.column = Column(column);
        cursor.point.line = Line(i32::try_from(row).unwrap_or(0));
    }

    /// DECRC. It never waits behind the last column.
    pub(crate) fn restore_cursor(&mut self) {
        self.sequence(b"\x1b8");
        let (column, row) = self.cursor();
        self.place(column, row);
    }
}
