//! The tables of util-linux (`lsblk`, `findmnt`, `swapon`): rows of named cells, whichever of its
//! forms was asked for: columns, raw (`-r`), pairs (`-P`) or JSON (`-J`).
//!
//! Invariant: a row is whole or it is unread. Column names are upper case; a cell that is empty is
//! none. Bytes that the tools wrote as `\xHH` are made whole again.

mod aligned;
mod json;
mod words;

use std::borrow::Cow;

use serde_json::Value;

use crate::{ParseError, Parsed, RawOutput, storage::is_own, units};
pub(super) use aligned::{Column, cells, columns_of};

/// More columns than this are no table, whose rows would each take the time and room of them all.
const MOST_COLUMNS: usize = 256;

/// What is known of a tool's table before it is read.
pub(super) struct Form {
    /// Column names of which a header holds one at least.
    pub(super) known: &'static [&'static str],
    /// Columns whose cells are set flush right.
    pub(super) right: &'static [&'static str],
    /// The column in which a tree is drawn.
    pub(super) tree: &'static str,
    /// Whether the variant's own output has the raw form.
    pub(super) is_raw: bool,
}

/// The rows of a table, top to bottom.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A row: its cells in the order of the columns, and the row above that it hangs from.
pub(super) struct Row {
    cells: Vec<Value>,
    pub(super) parent: Option<usize>,
    depth: usize,
}

impl Table {
    /// Whether the table has one of these columns.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.columns
            .iter()
            .any(|column| names.contains(&column.as_str()))
    }

    fn value<'t>(&'t self, row: &'t Row, name: &str) -> Option<&'t Value> {
        let at = self.columns.iter().position(|column| column == name)?;
        row.cells.get(at)
    }

    /// A cell's text; `None`: it is empty, or there is no such column.
    pub(super) fn text<'t>(&'t self, row: &'t Row, name: &str) -> Option<Cow<'t, str>> {
        match self.value(row, name)? {
            Value::String(text) if !text.is_empty() => Some(Cow::Borrowed(text)),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            Value::Array(all) => all.iter().find_map(Value::as_str).map(Cow::Borrowed),
            _ => None,
        }
    }

    /// The same, owned.
    pub(super) fn owned(&self, row: &Row, name: &str) -> Option<String> {
        self.text(row, name).map(Cow::into_owned)
    }

    /// All the values of a cell that may hold several.
    pub(super) fn list(&self, row: &Row, name: &str) -> Vec<String> {
        match self.value(row, name) {
            Some(Value::Array(all)) => all
                .iter()
                .filter_map(|one| one.as_str().map(str::to_owned))
                .collect(),
            Some(Value::String(text)) if !text.is_empty() => {
                text.split('\n').map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A size in bytes: a number of bytes, or one with a letter (`1.5G`).
    pub(super) fn size(&self, row: &Row, name: &str) -> Option<u64> {
        units::bytes(&self.text(row, name)?, units::Letters::Binary)
    }

    /// A whole number.
    pub(super) fn number<N: std::str::FromStr>(&self, row: &Row, name: &str) -> Option<N> {
        self.text(row, name)?.parse().ok()
    }

    /// A yes or no: `true`, `1`, `"1"`, `yes`.
    pub(super) fn flag(&self, row: &Row, name: &str) -> Option<bool> {
        match self.value(row, name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if matches!(text.as_str(), "1" | "yes") => Some(true),
            Value::String(text) if matches!(text.as_str(), "0" | "no") => Some(false),
            Value::Number(number) => number.as_u64().map(|number| number != 0),
            _ => None,
        }
    }

    /// The place of a column, which is made where there is none; `None`: there are too many.
    fn column(&mut self, name: &str) -> Option<usize> {
        let upper = name.to_ascii_uppercase();
        let known = self.columns.iter().position(|column| *column == upper);
        if known.is_some() || self.columns.len() >= MOST_COLUMNS {
            return known;
        }
        self.columns.push(upper);
        self.columns.len().checked_sub(1)
    }

    /// The row that a new one of this depth hangs from: the nearest above that is less deep.
    fn parent_of(&self, depth: usize) -> Option<usize> {
        let above = self.rows.len().checked_sub(1)?;
        let mut at = above;
        loop {
            let row = self.rows.get(at)?;
            if row.depth < depth {
                return Some(at);
            }
            at = row.parent?;
        }
    }
}

/// Reads a table in whichever form it is.
pub(super) fn read(raw: &RawOutput<'_>, form: &Form) -> Result<Parsed<Table>, ParseError> {
    if raw.text().trim_start().starts_with('{') {
        return json::read(raw).map(Parsed::whole);
    }
    let is_raw = if is_own(raw) {
        form.is_raw
    } else {
        raw.typed_option('r', "raw")
    };
    let mut header: Option<Vec<Column>> = None;
    let parsed = raw.read_lines(Table::default(), |table, line| {
        if line.contains("=\"") && (header.is_none() || table.columns.is_empty()) {
            return words::read_pairs(table, line);
        }
        match &header {
            None => {
                let columns = columns_of(line);
                let is_header = columns
                    .iter()
                    .any(|column| form.known.contains(&column.name))
                    && columns
                        .iter()
                        .all(|column| !column.name.bytes().any(|byte| byte.is_ascii_lowercase()));
                is_header.then_some(())?;
                let found: Vec<Column> = columns
                    .into_iter()
                    .map(|column| column.known_as(form.right))
                    .collect();
                table.columns = found.iter().map(|column| column.name.to_owned()).collect();
                header = Some(found.into_iter().map(Column::without_name).collect());
                Some(())
            }
            Some(_) if is_raw => words::read_raw(table, line),
            Some(columns) => aligned::read(table, line, columns, form.tree),
        }
    });
    // A header alone is a table without rows, unless there are rows that do not fit it.
    let is_table = header.is_some() && parsed.unread.is_empty();
    if !is_table && parsed.value.rows.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no header with rows that fit it")));
    }
    Ok(parsed)
}
