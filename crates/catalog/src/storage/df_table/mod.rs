//! The rows of `df(1)`, of GNU and of busybox, in whatever language and with whatever columns.
//!
//! Invariant: which columns there are is known from the options; a row that could be read in two
//! ways is left unread, and so is a number whose unit the header does not tell. The row of the total
//! (`--total`) is none.

mod fields;
mod unit;

use crate::{ParseError, Parsed, RawOutput, text};
use fields::{Field, fields_of};
use unit::Unit;

/// A row. What the columns do not tell is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DfRow {
    pub(super) source: String,
    pub(super) kind: Option<String>,
    pub(super) target: String,
    /// In bytes; likewise the next two.
    pub(super) size: Option<u64>,
    pub(super) used: Option<u64>,
    pub(super) available: Option<u64>,
    pub(super) inodes: Option<u64>,
    pub(super) inodes_used: Option<u64>,
    pub(super) inodes_free: Option<u64>,
}

/// Which figures are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Sizes,
    Inodes,
}

/// Reads all the rows there are. One mount that cannot be asked makes df end with 1 and a word on
/// standard error; the others count all the same.
pub(super) fn read(raw: &RawOutput<'_>, asked: Asked) -> Result<Parsed<Vec<DfRow>>, ParseError> {
    let text = raw.text();
    let lines: Vec<(usize, &str)> = text::lines(&text).collect();
    let fields = fields_of(raw, &lines, asked)?;
    let is_first = |line: &str| fields::row(line, &fields).is_some();
    let is_continued = |at: usize| {
        let line = at.checked_add(1).and_then(|next| lines.get(next));
        line.is_some_and(|(_, line)| fields::continuation(line, &fields).is_some())
    };
    let begin = lines
        .iter()
        .enumerate()
        .position(|(at, (_, line))| is_first(line) || is_continued(at))
        .unwrap_or(lines.len());
    let header = begin.checked_sub(1).and_then(|at| lines.get(at));
    let unit = header.and_then(|(_, line)| Unit::of_header(line, raw, asked));
    let mut parsed = Parsed::whole(Vec::new());
    // Of a table without rows the header is the last line.
    let unheaded = begin.saturating_sub(usize::from(unit.is_some()));
    for (index, line) in lines.iter().take(unheaded) {
        parsed.leave_unread(*index, line);
    }
    let reader = Reader {
        fields: &fields,
        unit: unit.or_else(|| Unit::of_options(raw)),
        si: raw.typed_option('H', "si"),
        has_total: raw.typed_option('\0', "total"),
    };
    // A name too long for its column stands on a line of its own.
    let mut wrapped: Option<(usize, &str)> = None;
    for (index, line) in lines.iter().skip(begin) {
        let name = wrapped.take();
        let read = match name {
            Some((_, name)) => fields::continuation(line, &fields)
                .and_then(|cells| reader.row(&cells, Some(name.trim()))),
            None => None,
        };
        let read = read.or_else(|| {
            if let Some((index, name)) = name {
                parsed.leave_unread(index, name);
            }
            fields::row(line, &fields).and_then(|cells| reader.row(&cells, None))
        });
        match read {
            Some(Some(row)) => parsed.value.push(row),
            Some(None) => {}
            None if !line.starts_with(' ') && !line.trim().contains(' ') => {
                wrapped = Some((*index, line));
            }
            None => parsed.leave_unread(*index, line),
        }
    }
    if let Some((index, line)) = wrapped {
        parsed.leave_unread(index, line);
    }
    if let Some((index, line)) = text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    Ok(parsed)
}

struct Reader<'f> {
    fields: &'f [Field],
    unit: Option<Unit>,
    /// Whether letters are powers of 1000 (`-H`).
    si: bool,
    /// Whether the row of the total was asked for.
    has_total: bool,
}

impl Reader<'_> {
    /// The row that the cells make; `Some(None)`: it is the total; `None`: a figure is none.
    fn row(&self, cells: &[&str], name: Option<&str>) -> Option<Option<DfRow>> {
        let mut row = DfRow {
            source: name.unwrap_or_default().to_owned(),
            ..DfRow::default()
        };
        let fields = self.fields.iter().filter(|field| {
            // The name of a wrapped row is not among its cells.
            name.is_none() || **field != Field::Source
        });
        for (field, cell) in fields.zip(cells) {
            let bytes = || unit::bytes(cell, self.unit, self.si);
            let count = || unit::count(cell, self.si);
            match field {
                Field::Source => row.source = (*cell).to_owned(),
                Field::Kind => row.kind = Some((*cell).to_owned()).filter(|kind| kind != "-"),
                Field::Target => row.target = (*cell).to_owned(),
                Field::Size => row.size = bytes()?,
                Field::Used => row.used = bytes()?,
                Field::Available => row.available = bytes()?,
                Field::Inodes => row.inodes = count()?,
                Field::InodesUsed => row.inodes_used = count()?,
                Field::InodesFree => row.inodes_free = count()?,
                Field::Share | Field::File => {}
            }
        }
        if !row.target.starts_with('/') {
            return self.has_total.then_some(None);
        }
        Some(Some(row))
    }
}
