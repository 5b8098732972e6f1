//! The form with columns set under their names, left or right, and a tree in one of them.
//!
//! A cell never reaches into its neighbour: where it would, the line is not of this table.

use serde_json::Value;

use super::{MOST_COLUMNS, Row, Table, words::whole};

/// A column: its name, and the first place and the one behind the last that its name takes, counted
/// as a terminal does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::storage) struct Column<'a> {
    pub(in crate::storage) name: &'a str,
    pub(in crate::storage) start: usize,
    pub(in crate::storage) end: usize,
    pub(in crate::storage) is_right: bool,
}

impl<'a> Column<'a> {
    /// The same, set right where its name is among these.
    pub(in crate::storage) fn known_as(self, right: &[&str]) -> Self {
        Self {
            is_right: right.contains(&self.name),
            ..self
        }
    }

    /// The same without its name, which then need not be kept.
    pub(in crate::storage) fn without_name<'b>(self) -> Column<'b> {
        Column {
            name: "",
            start: self.start,
            end: self.end,
            is_right: self.is_right,
        }
    }
}

/// The words of a header with their places; none where there are too many.
pub(in crate::storage) fn columns_of(header: &str) -> Vec<Column<'_>> {
    let mut columns = Vec::new();
    let mut at: usize = 0;
    let mut begin: Option<(usize, usize)> = None;
    for (byte, c) in header.char_indices() {
        match (begin, c == ' ' || c == '\t') {
            (None, false) => begin = Some((byte, at)),
            (Some((from, start)), true) => {
                if columns.len() >= MOST_COLUMNS {
                    return Vec::new();
                }
                columns.extend(column(header, from, byte, start, at));
                begin = None;
            }
            _ => {}
        }
        at = at.saturating_add(width(c));
    }
    if let Some((from, start)) = begin {
        columns.extend(column(header, from, header.len(), start, at));
    }
    columns
}

fn column(header: &str, from: usize, to: usize, start: usize, end: usize) -> Option<Column<'_>> {
    Some(Column {
        name: header.get(from..to)?,
        start,
        end,
        is_right: false,
    })
}

/// The cells of a line without the blanks behind them; `None`: it does not fit the columns.
pub(in crate::storage) fn cells<'l>(line: &'l str, columns: &[Column<'_>]) -> Option<Vec<&'l str>> {
    let places = Places::of(line);
    let mut cells = Vec::with_capacity(columns.len());
    let mut at = 0;
    let mut from = 0;
    while let Some(column) = columns.get(at) {
        let rights = columns
            .iter()
            .skip(if column.is_right {
                at
            } else {
                at.saturating_add(1)
            })
            .take_while(|column| column.is_right)
            .count();
        let begin = at;
        let first_right = if column.is_right {
            at
        } else {
            at.saturating_add(1)
        };
        at = first_right.saturating_add(rights);
        let next = columns.get(at);
        let mut to = match (columns.get(at.checked_sub(1)?), next) {
            (Some(last), _) if last.is_right => last.end,
            (_, Some(next)) => next.start,
            (_, None) => usize::MAX,
        };
        // What stands between this group and the next belongs to neither.
        let next_from = next.map_or(usize::MAX, |next| next.start);
        if to < next_from {
            places
                .slice(to, next_from)?
                .trim()
                .is_empty()
                .then_some(())?;
        } else if next.is_some() {
            let edge = places.slice(to.checked_sub(1)?, to)?;
            edge.trim().is_empty().then_some(())?;
        }
        let mut group = Vec::with_capacity(rights.saturating_add(1));
        for right in columns.get(first_right..at)?.iter().rev() {
            // What the cell to the right left over must not reach into this one.
            (to >= right.end).then_some(())?;
            let rest = places.slice(right.end, to)?;
            rest.trim().is_empty().then_some(())?;
            let last = places.slice(right.end.checked_sub(1)?, right.end)?;
            let word = if last.trim().is_empty() {
                ""
            } else {
                let text = places.slice(from, right.end)?;
                text.rsplit(' ').next().unwrap_or_default()
            };
            let word_width: usize = word.chars().map(width).sum();
            to = right.end.checked_sub(word_width)?.max(from);
            group.push(word);
        }
        if begin < first_right {
            group.push(places.slice(from, to)?.trim_end());
        }
        cells.extend(group.into_iter().rev());
        from = next_from;
    }
    Some(cells)
}

/// Where in a line a place of the terminal is.
struct Places<'l> {
    line: &'l str,
    /// The byte at which each place begins; empty where each character takes one byte and one place.
    bytes: Vec<usize>,
}

impl<'l> Places<'l> {
    fn of(line: &'l str) -> Self {
        let mut bytes = Vec::new();
        if !line.is_ascii() {
            for (byte, c) in line.char_indices() {
                bytes.extend(std::iter::repeat_n(byte, width(c)));
            }
        }
        Self { line, bytes }
    }

    /// The text from one place to another, as much of it as there is.
    fn slice(&self, from: usize, to: usize) -> Option<&'l str> {
        let byte = |place: usize| {
            if self.bytes.is_empty() {
                place.min(self.line.len())
            } else {
                self.bytes.get(place).copied().unwrap_or(self.line.len())
            }
        };
        self.line.get(byte(from)..byte(to.max(from)))
    }
}

/// How many places of a terminal a character takes.
pub(in crate::storage) fn width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x200b..=0x200f | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// Reads a row; one with nothing but its last cell goes on with the row above, as the further places
/// of a device that is mounted in several do.
pub(super) fn read(
    table: &mut Table,
    line: &str,
    columns: &[Column<'_>],
    tree: &str,
) -> Option<()> {
    let found = cells(line, columns)?;
    let tree_at = table.columns.iter().position(|column| column == tree);
    let mut depth = 0;
    let mut row = Vec::with_capacity(found.len());
    for (at, cell) in found.iter().enumerate() {
        let mut cell = *cell;
        if Some(at) == tree_at {
            let (drawn, rest) = without_tree(cell);
            depth = drawn;
            cell = rest;
        }
        row.push(cell.trim_start());
    }
    let (last, before) = row.split_last()?;
    if before.iter().all(|cell| cell.is_empty()) && !before.is_empty() {
        (!last.is_empty()).then_some(())?;
        let above = table.rows.last_mut()?.cells.last_mut()?;
        if let Value::String(text) = above {
            text.push('\n');
            text.push_str(&whole(last));
        }
        return Some(());
    }
    let parent = table.parent_of(depth);
    let cells = row.into_iter().map(|cell| Value::String(whole(cell)));
    table.rows.push(Row {
        cells: cells.collect(),
        parent,
        depth,
    });
    Some(())
}

/// How deep a cell hangs in its tree, and the cell without the branches.
fn without_tree(cell: &str) -> (usize, &str) {
    const BRANCHES: &[char] = &[
        '├', '└', '─', '│', '┌', '┬', '┴', '┼', '┈', '▶', '|', '`', '-', ' ', ',', '\'', '>',
    ];
    let rest = cell.trim_start_matches(BRANCHES);
    let drawn = cell.len().saturating_sub(rest.len());
    let places: usize = cell
        .get(..drawn)
        .map_or(0, |drawn| drawn.chars().map(width).sum());
    (places.div_ceil(2), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split<'l>(header: &str, right: &[&str], line: &'l str) -> Option<Vec<&'l str>> {
        let columns: Vec<Column<'_>> = columns_of(header)
            .into_iter()
            .map(|column| column.known_as(right))
            .collect();
        cells(line, &columns)
    }

    #[test]
    fn cells_stand_under_their_names() {
        let header = "NAME   SIZE RO LABEL   MOUNTPOINT";
        let right = ["SIZE", "RO"];
        assert_eq!(
            split(header, &right, "sda    1.5G  0 my disk /srv/a b"),
            Some(vec!["sda", "1.5G", "0", "my disk", "/srv/a b"])
        );
        assert_eq!(
            split(header, &right, "sda 1"),
            Some(vec!["sda 1", "", "", "", ""])
        );
        assert_eq!(
            split(header, &right, "sda          0 東京"),
            Some(vec!["sda", "", "0", "東京", ""])
        );
        // A cell that reaches over its edge is of another table.
        assert_eq!(split(header, &right, "sda    1.5G  00000 x"), None);
        assert_eq!(split(header, &right, "sda    1.5G  0 mydiskdisk x"), None);
    }
}
