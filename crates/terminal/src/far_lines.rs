//! The way of a line from the emulator to the scrollback.
//!
//! Invariant: each line goes once, oldest first, before the emulator would drop it.

use alacritty_terminal::{
    grid::{Dimensions, Row},
    index::{Column, Line, Point},
    term::cell::Cell,
};

use crate::{emulator::Emulator, paint, pen::Pen, scrollback::Scrollback};

/// Lines that stay with the emulator, so that a taller window brings them back.
pub(crate) const NEAR: usize = 100;
/// From this many on they are moved to the scrollback.
pub(crate) const MANY: usize = 400;
/// The emulator's own limit, which is never reached: it allocates a thousand lines at a time.
pub(crate) const OWN_LIMIT: usize = 1000;

impl Emulator {
    /// Moves lines from the emulator to the scrollback where it has more than `many`, but for the
    /// newest `near`.
    pub(crate) fn store_far_lines(&mut self, many: usize, near: usize) {
        if self.is_alternate() {
            return;
        }
        let grid = self.term.grid_mut();
        let history = grid.history_size();
        if history <= many.max(near) {
            return;
        }
        let columns = self.size.columns();
        let mut bytes = Vec::with_capacity(256);
        for above in (near + 1..=history).rev() {
            let row = &grid[Line(-i32::try_from(above).unwrap_or(i32::MAX))];
            push_row(&mut self.scrollback, row, columns, &mut bytes);
        }
        grid.update_history(near);
        grid.update_history(OWN_LIMIT);
        self.prompts = self.prompts.split_off(&self.scrollback.first());
    }

    /// Moves the whole history and the screen above its last row to the scrollback, and goes on
    /// with a clear screen from the top.
    pub(crate) fn store_all_but_last_row(&mut self) {
        self.store_far_lines(0, 0);
        let columns = self.size.columns();
        let grid = self.term.grid_mut();
        let mut bytes = Vec::with_capacity(256);
        for row in 0..i32::from(self.size.rows()) - 1 {
            push_row(&mut self.scrollback, &grid[Line(row)], columns, &mut bytes);
        }
        grid.reset_region(..);
        grid.cursor.point = Point::new(Line(0), Column(0));
    }

    /// Forgets what is above the screen.
    pub(crate) fn forget_scrollback(&mut self) {
        let main = self.beneath.as_mut();
        let grid = main.unwrap_or_else(|| self.term.grid_mut());
        let dropped = grid.history_size();
        grid.clear_history();
        self.scrollback.clear();
        self.scrollback.advance(dropped);
        self.prompts = self.prompts.split_off(&self.scrollback.end());
    }
}

fn push_row(scrollback: &mut Scrollback, row: &Row<Cell>, columns: u16, bytes: &mut Vec<u8>) {
    bytes.clear();
    let mut pen = Pen::default();
    let is_wrapped = paint::is_wrapped(row);
    // Where it makes way for a wide character, that one follows.
    paint::row(row, is_wrapped, is_wrapped, &mut pen, bytes);
    pen.lift(bytes);
    let wrapped_at = if is_wrapped { columns } else { 0 };
    scrollback.push(bytes, wrapped_at);
}
