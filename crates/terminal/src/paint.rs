//! Rows of cells, written as the bytes that draw them.

use alacritty_terminal::{
    grid::{Dimensions as _, Grid, Row},
    index::{Column, Line},
    term::cell::{Cell, Flags},
    vte::ansi::{Color, NamedColor},
};

use crate::pen::{OVERLINE, Pen};

/// Whether the next row goes on with this one.
pub(crate) fn is_wrapped(row: &Row<Cell>) -> bool {
    row.last()
        .is_some_and(|cell| cell.flags.contains(Flags::WRAPLINE))
}

/// Whether there is a next row and it goes on with this one.
pub(crate) fn goes_on(row: &Row<Cell>, next: Option<&Row<Cell>>) -> bool {
    is_wrapped(row) && next.is_some()
}

/// Draws the blank that a row needs which goes on with another and has nothing to show: a page only
/// goes on in the next row once something is drawn there.
pub(crate) fn begin(goes_on: bool, next: Option<&Row<Cell>>, pen: &mut Pen, out: &mut Vec<u8>) {
    if goes_on && next.is_some_and(|next| !begins(next)) {
        pen.lift(out);
        out.push(b' ');
    }
}

/// Whether anything of the row is drawn.
pub(crate) fn begins(row: &Row<Cell>) -> bool {
    end(row) > 0
}

fn end(row: &Row<Cell>) -> usize {
    if is_wrapped(row) {
        return row.len();
    }
    let mut cells = (0..row.len()).map(|column| &row[Column(column)]);
    cells
        .rposition(|cell| !is_blank(cell))
        .map_or(0, |at| at + 1)
}

/// Whether the last cell stays out, as the wide character that did not fit there follows.
pub(crate) fn makes_way(row: &Row<Cell>, next: Option<&Row<Cell>>) -> bool {
    let is_wide = |row: &Row<Cell>| row[Column(0)].flags.contains(Flags::WIDE_CHAR);
    is_wrapped(row) && next.is_some_and(is_wide)
}

/// Draws a row from its first column; blank cells at its end are left out, unless the next row goes
/// on with it.
pub(crate) fn row(
    row: &Row<Cell>,
    goes_on: bool,
    makes_way: bool,
    pen: &mut Pen,
    out: &mut Vec<u8>,
) {
    let end = if goes_on { row.len() } else { end(row) };
    for column in 0..end {
        let each = &row[Column(column)];
        let is_left_out = each.flags.contains(Flags::WIDE_CHAR_SPACER)
            || each.flags.contains(Flags::LEADING_WIDE_CHAR_SPACER) && makes_way;
        if !is_left_out {
            cell(each, pen, out);
        }
    }
}

/// Draws one cell.
pub(crate) fn cell(cell: &Cell, pen: &mut Pen, out: &mut Vec<u8>) {
    pen.take(cell, out);
    // A tab leaves its mark in the cell where it began.
    let shown = if cell.c < ' ' { ' ' } else { cell.c };
    push_char(shown, out);
    for mark in cell.zerowidth().unwrap_or_default() {
        push_char(*mark, out);
    }
}

fn push_char(each: char, out: &mut Vec<u8>) {
    if each.is_ascii() {
        out.push(each as u8);
    } else {
        out.extend_from_slice(each.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// A cell as a cleared screen has it.
fn is_blank(cell: &Cell) -> bool {
    cell.c <= ' '
        && cell.bg == Color::Named(NamedColor::Background)
        && cell.extra.is_none()
        && !cell
            .flags
            .intersects(Flags::INVERSE | Flags::ALL_UNDERLINES | Flags::STRIKEOUT | OVERLINE)
}

/// The text of a row, blanks at its end left out unless it is wrapped.
pub(crate) fn text(row: &Row<Cell>, out: &mut String) {
    let begin = out.len();
    for column in 0..row.len() {
        let cell = &row[Column(column)];
        if cell
            .flags
            .intersects(Flags::WIDE_CHAR_SPACER | Flags::LEADING_WIDE_CHAR_SPACER)
        {
            continue;
        }
        out.push(if cell.c < ' ' { ' ' } else { cell.c });
        out.extend(cell.zerowidth().unwrap_or_default());
    }
    if !is_wrapped(row) {
        let kept = out.trim_end_matches(' ').len().max(begin);
        out.truncate(kept);
    }
}

/// The rows of a grid from its oldest history to its last line, with their numbers below that.
pub(crate) fn rows(grid: &Grid<Cell>) -> impl Iterator<Item = (usize, &Row<Cell>)> {
    let (top, bottom) = (grid.topmost_line(), grid.bottommost_line());
    (top.0..=bottom.0).map(|line| &grid[Line(line)]).enumerate()
}
