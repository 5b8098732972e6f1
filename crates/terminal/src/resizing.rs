//! A new size for the main buffer, taken as the xterm of the page takes it: the page wraps its lines
//! itself and gets no repaint.
//!
//! Invariant: the line of the cursor is cut, not wrapped anew, as the shell draws it again; lines come
//! back from the history only where the cursor is in the last row.

use alacritty_terminal::{
    grid::{Dimensions as _, Grid},
    index::{Column, Line},
    term::cell::{Cell, Flags},
};

use crate::{Size, paint};

/// The rows of the line that the cursor is in, while they pass for lines of their own.
pub(crate) struct Held {
    /// Rows of the line above the one of the cursor, and rows that go on in another.
    above: i32,
    wrapped: i32,
    /// Where the cursor is put afterwards, from a place behind the last column.
    column: Option<usize>,
    had_history: bool,
}

/// To be called after new rows have come. `history` is how many lines the history had.
pub(crate) fn undo_pull(grid: &mut Grid<Cell>, history: usize, was_last_row: bool) {
    let pulled = history.saturating_sub(grid.history_size());
    if was_last_row || pulled == 0 {
        return;
    }
    let region = Line(0)..Line(i32::try_from(grid.screen_lines()).unwrap_or(i32::MAX));
    let template = std::mem::take(&mut grid.cursor.template);
    grid.scroll_up(&region, pulled);
    grid.cursor.template = template;
    grid.cursor.point.line -= pulled;
}

/// To be called before the columns change.
pub(crate) fn hold_line(grid: &mut Grid<Cell>, columns: usize, has_scrollback: bool) -> Held {
    let row = grid.cursor.point.line;
    let mut first = row;
    while first > grid.topmost_line() && paint::is_wrapped(&grid[first - 1_i32]) {
        first -= 1_i32;
    }
    let mut last = row;
    while last < grid.bottommost_line() && paint::is_wrapped(&grid[last]) {
        last += 1_i32;
    }
    let held = Held {
        above: row.0 - first.0,
        wrapped: last.0 - first.0,
        column: grid
            .cursor
            .input_needs_wrap
            .then(|| grid.columns().min(columns - 1)),
        had_history: has_scrollback || grid.history_size() > 0,
    };
    for row in first.0..=last.0 {
        let cells = &mut grid[Line(row)][..];
        let is_cut = columns < cells.len();
        for cell in cells.iter_mut().skip(columns) {
            *cell = Cell::default();
        }
        if let Some(cell) = cells.get_mut(columns - 1)
            && is_cut
            && cell.flags.contains(Flags::WIDE_CHAR)
        {
            *cell = Cell::default();
        }
        if let Some(cell) = cells.last_mut() {
            cell.flags
                .remove(Flags::WRAPLINE | Flags::LEADING_WIDE_CHAR_SPACER);
        }
    }
    let above = first - 1_i32;
    if above >= grid.topmost_line() {
        let last = grid.last_column();
        let cell = &mut grid[above][last];
        cell.flags.remove(Flags::WRAPLINE);
    }
    let cursor = &mut grid.cursor;
    cursor.input_needs_wrap = false;
    cursor.point.column = cursor.point.column.min(Column(columns - 1));
    held
}

/// To be called after they have changed.
pub(crate) fn let_go(grid: &mut Grid<Cell>, held: &Held) {
    let rows = grid.screen_lines();
    let row = usize::try_from(grid.cursor.point.line.0).unwrap_or(0);
    // A screen with room below and nothing above grows downwards.
    let room = grid.history_size().min(rows - 1 - row.min(rows - 1));
    if !held.had_history && room > 0 {
        let columns = grid.columns();
        grid.resize(true, rows - room, columns);
        grid.resize(true, rows, columns);
    }
    let first = grid.cursor.point.line - held.above;
    for row in first.0..first.0 + held.wrapped {
        let row = Line(row);
        if row >= grid.topmost_line()
            && row <= grid.bottommost_line()
            && let Some(cell) = grid[row].last_mut()
        {
            cell.flags.insert(Flags::WRAPLINE);
        }
    }
    if let Some(column) = held.column {
        grid.cursor.point.column = Column(column.min(grid.columns() - 1));
    }
}

/// A whole change, for a buffer that stands alone.
pub(crate) fn resize(grid: &mut Grid<Cell>, size: Size, has_scrollback: bool) {
    let (history, last) = (grid.history_size(), grid.bottommost_line());
    let was_last_row = grid.cursor.point.line == last;
    let columns = grid.columns();
    grid.resize(true, size.rows().into(), columns);
    undo_pull(grid, history, was_last_row);
    if columns != usize::from(size.columns()) {
        let held = hold_line(grid, size.columns().into(), has_scrollback);
        grid.resize(true, size.rows().into(), size.columns().into());
        let_go(grid, &held);
    }
}
