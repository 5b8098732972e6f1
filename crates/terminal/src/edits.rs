//! Changes of cells that the emulator makes otherwise than the xterm of the page: erasing,
//! inserting, deleting and scrolling.
//!
//! Invariant: what is drawn here is what the page draws of the same sequence; a wide character that
//! loses one half is gone, and a line whose end is erased does not go on in the next.

use alacritty_terminal::{
    grid::{Dimensions as _, Row},
    index::{Column, Line},
    term::cell::{Cell, Flags},
};

use crate::emulator::Emulator;

impl Emulator {
    /// Rows of the scroll region, first and last, from 0.
    pub(crate) fn region(&self) -> (usize, usize) {
        match self.tracked.margins {
            Some((top, bottom)) => (usize::from(top) - 1, usize::from(bottom) - 1),
            None => (0, usize::from(self.size.rows()) - 1),
        }
    }

    /// ED: below, above, or all of the screen; the history stays as it is.
    pub(crate) fn erase_screen(&mut self, kind: u16) {
        let (_, row) = self.cursor();
        let rows = usize::from(self.size.rows());
        match kind {
            0 => {
                self.erase_line(0);
                self.go_on(row, false);
                self.erase_rows(row + 1..rows);
            }
            1 => {
                self.erase_line(1);
                self.go_on_into(row, false);
                self.erase_rows(0..row);
            }
            2 => self.erase_rows(0..rows),
            _ => {}
        }
    }

    /// EL: to the right, to the left, or all of the line. Behind the last column nothing is to the
    /// right.
    pub(crate) fn erase_line(&mut self, kind: u16) {
        let (column, row) = self.cursor();
        let columns = usize::from(self.size.columns());
        let is_behind = self.term.grid().cursor.input_needs_wrap;
        match kind {
            0 if is_behind => return,
            0 => self.erase_cells(row, column, columns),
            1 => self.erase_cells(row, 0, column + 1),
            2 => self.erase_cells(row, 0, columns),
            _ => return,
        }
        if kind == 2 || kind == 0 && column == 0 {
            self.go_on_into(row, false);
        }
    }

    /// ECH.
    pub(crate) fn erase_here(&mut self, count: u16) {
        let (column, row) = self.settled();
        let columns = usize::from(self.size.columns());
        let end = (column + usize::from(count.max(1))).min(columns);
        self.erase_cells(row, column, end);
    }

    /// ICH.
    pub(crate) fn insert_cells(&mut self, count: u16) {
        let (column, row) = self.settled();
        let blank = self.blank();
        let goes_on = self.goes_on(row);
        self.go_on(row, false);
        self.cut_wide_before(row, column);
        let cells = self.cells(row);
        let last = cells.len() - 1;
        if let Some(rest) = cells.get_mut(column..) {
            let count = usize::from(count.max(1)).min(rest.len());
            rest.rotate_right(count);
            rest.iter_mut()
                .take(count)
                .for_each(|cell| *cell = blank.clone());
        }
        if let Some(cell) = cells.get_mut(last)
            && cell.flags.contains(Flags::WIDE_CHAR)
        {
            *cell = blank;
        }
        self.go_on(row, goes_on);
    }

    /// DCH.
    pub(crate) fn delete_cells(&mut self, count: u16) {
        let (column, row) = self.settled();
        let blank = self.blank();
        let goes_on = self.goes_on(row);
        self.go_on(row, false);
        let cells = self.cells(row);
        if let Some(rest) = cells.get_mut(column..) {
            let count = usize::from(count.max(1)).min(rest.len());
            rest.rotate_left(count);
            rest.iter_mut()
                .rev()
                .take(count)
                .for_each(|cell| *cell = blank.clone());
        }
        self.cut_wide_before(row, column);
        self.cut_half(row, column);
        self.go_on(row, goes_on);
    }

    /// IL and DL: nothing outside the scroll region, and never into the history.
    pub(crate) fn shift_lines(&mut self, count: u16, is_up: bool) {
        let (_, row) = self.settled();
        let (top, bottom) = self.region();
        if (top..=bottom).contains(&row) {
            let blank = self.blank();
            self.shift_rows(row, bottom, count, is_up, &blank);
            self.term.grid_mut().cursor.point.column = Column(0);
        }
    }

    /// SU and SD: the scroll region, not into the history. Rows that come in from above have no
    /// colour.
    pub(crate) fn shift_region(&mut self, count: u16, is_up: bool) {
        let (top, bottom) = self.region();
        let blank = if is_up { self.blank() } else { Cell::default() };
        self.shift_rows(top, bottom, count, is_up, &blank);
    }

    /// DECALN: fills the screen; margins and origin mode are taken away.
    pub(crate) fn align(&mut self) {
        self.tracked.margins = None;
        self.sequence(b"\x1b[?6l\x1b[r");
        let cell = Cell {
            c: 'E',
            ..Cell::default()
        };
        for row in 0..usize::from(self.size.rows()) {
            self.cells(row).fill(cell.clone());
        }
    }

    /// The cursor's column and row; it does not wait behind the last column any more.
    pub(crate) fn settled(&mut self) -> (usize, usize) {
        self.term.grid_mut().cursor.input_needs_wrap = false;
        self.cursor()
    }

    fn blank(&self) -> Cell {
        self.term.grid().cursor.template.bg.into()
    }

    fn cells(&mut self, row: usize) -> &mut [Cell] {
        &mut self.term.grid_mut()[line(row)][..]
    }

    fn erase_rows(&mut self, rows: std::ops::Range<usize>) {
        let blank = self.blank();
        for row in rows {
            self.cells(row).fill(blank.clone());
            self.go_on_into(row, false);
        }
    }

    /// Whether the row goes on in the next stays as it was, as in the page.
    fn erase_cells(&mut self, row: usize, from: usize, to: usize) {
        let blank = self.blank();
        let cells = self.cells(row);
        let has = |cells: &[Cell], at: Option<usize>, flag| {
            at.and_then(|at| cells.get(at))
                .is_some_and(|cell| cell.flags.contains(flag))
        };
        let goes_on = has(cells, cells.len().checked_sub(1), Flags::WRAPLINE);
        // Half of a wide character is none.
        let begin = from - usize::from(has(cells, from.checked_sub(1), Flags::WIDE_CHAR));
        let end = to + usize::from(has(cells, Some(to), Flags::WIDE_CHAR_SPACER));
        if let Some(cells) = cells.get_mut(begin..end) {
            cells.fill(blank);
        }
        if goes_on {
            self.go_on(row, true);
        }
    }

    /// A wide character of which only the first half would stay.
    fn cut_wide_before(&mut self, row: usize, column: usize) {
        let blank = self.blank();
        let before = column.checked_sub(1);
        if let Some(cell) = before.and_then(|at| self.cells(row).get_mut(at))
            && cell.flags.contains(Flags::WIDE_CHAR)
        {
            *cell = blank;
        }
    }

    /// One of which only the second half would stay.
    fn cut_half(&mut self, row: usize, column: usize) {
        let blank = self.blank();
        if let Some(cell) = self.cells(row).get_mut(column)
            && cell.flags.contains(Flags::WIDE_CHAR_SPACER)
        {
            *cell = blank;
        }
    }

    fn shift_rows(&mut self, top: usize, bottom: usize, count: u16, is_up: bool, blank: &Cell) {
        let height = bottom + 1 - top;
        let count = usize::from(count.max(1)).min(height);
        let columns = usize::from(self.size.columns());
        let grid = self.term.grid_mut();
        let mut rows: Vec<Row<Cell>> = (top..=bottom)
            .map(|row| std::mem::replace(&mut grid[line(row)], Row::new(1)))
            .collect();
        if is_up {
            rows.rotate_left(count);
        } else {
            rows.rotate_right(count);
        }
        let fresh = if is_up { height - count } else { 0 };
        for (index, mut row) in rows.into_iter().enumerate() {
            if (fresh..fresh + count).contains(&index) {
                row[Column(0)..Column(columns)].fill(blank.clone());
            }
            grid[line(top + index)] = row;
        }
        // What goes on in another row than before does not go on.
        self.go_on_into(top, false);
        self.go_on_into(top + height - count, false);
        self.go_on(bottom, false);
    }

    /// Whether the row above goes on in this one.
    pub(crate) fn go_on_into(&mut self, row: usize, does: bool) {
        let above = line(row) - 1_i32;
        let grid = self.term.grid_mut();
        if above >= grid.topmost_line()
            && let Some(cell) = grid[above].last_mut()
        {
            cell.flags.set(Flags::WRAPLINE, does);
        }
    }

    fn go_on(&mut self, row: usize, does: bool) {
        if let Some(cell) = self.cells(row).last_mut() {
            cell.flags.set(Flags::WRAPLINE, does);
        }
    }

    fn goes_on(&mut self, row: usize) -> bool {
        let last = self.cells(row).last();
        last.is_some_and(|cell| cell.flags.contains(Flags::WRAPLINE))
    }
}

fn line(row: usize) -> Line {
    Line(i32::try_from(row).unwrap_or(0))
}
