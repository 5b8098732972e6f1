//! The table that `ps(1)` and `top(1)` print, of procps and of busybox: columns by their headings,
//! rows by words, so that figures that grew out of their column move nothing.
//!
//! Invariant: a row that does not fit its columns gives `None`.

use super::{
    cells,
    cells::Shape,
    figures::{id, kibibytes, length, not_dash, share},
    row::ProcessRow,
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Pid,
    ParentPid,
    GroupPid,
    SessionPid,
    ThreadId,
    User,
    UserOrUid,
    Group,
    State,
    Terminal,
    CpuPercent,
    MemoryPercent,
    Virtual,
    Resident,
    Shared,
    Threads,
    Nice,
    Started,
    Elapsed,
    CpuTime,
    Name,
    Command,
    Other,
}

/// One column of a table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    heading: String,
    field: Field,
    pub(super) shape: Shape,
    /// Where the heading begins and ends, in characters.
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    /// Whether moments are printed in UTC.
    in_utc: bool,
    /// Whether commands are indented as a tree; the drawing is left on them.
    pub(super) is_forest: bool,
}

/// Of a process that began after it looked, procps shows millions of years.
const CENTURY: u64 = 3_155_760_000;

/// The columns of procps' `top` as it comes, whatever their headings are called.
const TOP: &[&str] = &[
    "PID", "USER", "PR", "NI", "VIRT", "RES", "SHR", "S", "%CPU", "%MEM", "TIME+", "COMMAND",
];

impl Table {
    /// Reads a line of headings; `None`: it is none. `in_utc`: the command was told to print moments
    /// in UTC.
    pub(super) fn of_header(line: &str, in_utc: bool) -> Option<Self> {
        let mut columns = Vec::new();
        let mut rest = line;
        let mut begin: usize = 0;
        loop {
            let trimmed = rest.trim_start();
            begin = begin.saturating_add(chars(rest).saturating_sub(chars(trimmed)));
            let (word, after) = match trimmed.split_once(char::is_whitespace) {
                Some((word, _)) => (word, trimmed.get(word.len()..)?),
                None => (trimmed, ""),
            };
            if word.is_empty() {
                break;
            }
            is_heading(word).then_some(())?;
            let (field, shape) = kind(word);
            let end = begin.saturating_add(chars(word));
            columns.push(Column {
                heading: word.to_owned(),
                field,
                shape,
                begin,
                end,
            });
            begin = end;
            rest = after;
        }
        let known = columns.iter().filter(|column| column.field != Field::Other);
        let known = known.count();
        let has = |field| columns.iter().any(|column| column.field == field);
        let is_table = known.saturating_mul(2) >= columns.len()
            && (known > 1 || columns.len() == 1 || has(Field::Pid))
            && [Field::Pid, Field::Command, Field::User, Field::UserOrUid]
                .into_iter()
                .any(has);
        // Of two commands the first is the name alone.
        let mut texts = columns
            .iter_mut()
            .filter(|column| column.field == Field::Command);
        if let (Some(first), Some(_)) = (texts.next(), texts.next()) {
            first.field = Field::Name;
        }
        is_table.then_some(Self {
            columns,
            in_utc,
            is_forest: false,
        })
    }

    /// The default columns of procps' `top` under translated headings: its figures' signs stay.
    pub(super) fn of_translated_top(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        // Chinese leaves the heading of the state blank.
        let signs = words.iter().filter(|word| word.starts_with('%')).count();
        let is_top = matches!(words.len(), 11 | 12)
            && signs == 2
            && words.get(2..4) == Some(["PR", "NI"].as_slice());
        let column = |heading: &&str| {
            let (field, shape) = kind(heading);
            Column {
                heading: (*heading).to_owned(),
                field,
                shape,
                begin: 0,
                end: 0,
            }
        };
        is_top.then(|| Self {
            columns: TOP.iter().map(column).collect(),
            in_utc: false,
            is_forest: false,
        })
    }

    /// Whether the headings of commands and of times are known: not translated.
    pub(super) fn is_english(&self) -> bool {
        [Field::Command, Field::CpuTime]
            .into_iter()
            .all(|field| self.columns.iter().any(|column| column.field == field))
    }

    /// The commands' order was turned around: the name stands last.
    pub(super) fn name_last(&mut self) {
        for column in &mut self.columns {
            column.field = match column.field {
                Field::Name => Field::Command,
                Field::Command => Field::Name,
                field => field,
            };
        }
    }

    /// Whether this line is the header again.
    pub(super) fn is_header(&self, line: &str) -> bool {
        let mut words = line.split_ascii_whitespace();
        let mut headings = self.columns.iter();
        headings.all(|column| words.next() == Some(column.heading.as_str()))
            && words.next().is_none()
    }

    /// Reads a row; `None`: it does not fit the columns.
    pub(super) fn row(&self, line: &str) -> Option<ProcessRow> {
        let cells = cells::split(&self.columns, line)?;
        let mut row = ProcessRow::default();
        for (column, cell) in self.columns.iter().zip(cells) {
            self.fill(&mut row, column, cell)?;
        }
        Some(row)
    }

    fn fill(&self, row: &mut ProcessRow, column: &Column, cell: &str) -> Option<()> {
        let text = || Some(cell.to_owned());
        match column.field {
            Field::Pid => row.pid = id(cell)?,
            Field::ParentPid => row.parent_pid = id(cell)?,
            Field::GroupPid => row.group_pid = id(cell)?,
            Field::SessionPid => row.session_pid = id(cell)?,
            Field::ThreadId => row.thread_id = id(cell)?,
            Field::User => row.user = text(),
            Field::UserOrUid => match cell.parse() {
                Ok(uid) => row.uid = Some(uid),
                Err(_) => row.user = text(),
            },
            Field::Group => row.group = text(),
            Field::State => row.state = Some(cell.replace(' ', "")),
            Field::Terminal => {
                row.terminal = text().filter(|name| !matches!(name.as_str(), "?" | "-"))
            }
            Field::CpuPercent => row.cpu_percent = share(cell)?,
            Field::MemoryPercent => row.memory_percent = share(cell)?,
            Field::Virtual => row.virtual_bytes = kibibytes(cell)?,
            Field::Resident => row.resident_bytes = kibibytes(cell)?,
            Field::Shared => row.shared_bytes = kibibytes(cell)?,
            Field::Threads => row.threads = id(cell)?,
            Field::Nice => row.nice = not_dash(cell, |cell| cell.parse().ok())?,
            Field::Started if self.in_utc => row.started_at = Some(cells::moment(cell)?),
            Field::Started => row.started_shown = text(),
            Field::Elapsed => {
                let elapsed = not_dash(cell, length)?;
                row.elapsed_seconds = elapsed.filter(|seconds| *seconds < CENTURY);
            }
            Field::CpuTime => row.cpu_seconds = not_dash(cell, length)?,
            Field::Name => row.name = text(),
            Field::Command if self.is_forest => row.command = text(),
            Field::Command => row.command = Some(cell.trim_start().to_owned()),
            Field::Other => row.other.push(super::ProcessColumn {
                heading: column.heading.clone(),
                value: cell.to_owned(),
            }),
        }
        Some(())
    }
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Headings are in capitals, as long as nobody gave a name of his own.
fn is_heading(word: &str) -> bool {
    word.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"%_+#".contains(&byte))
        && word.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// What stands under a heading of procps or busybox, and how many words it is.
fn kind(heading: &str) -> (Field, Shape) {
    let word = |field| (field, Shape::Right);
    let name = |field| (field, Shape::Left);
    match heading {
        "PID" => word(Field::Pid),
        "PPID" => word(Field::ParentPid),
        "PGID" | "PGRP" => word(Field::GroupPid),
        "SID" | "SESS" => word(Field::SessionPid),
        "LWP" | "SPID" | "TID" => word(Field::ThreadId),
        "USER" | "EUSER" => name(Field::User),
        "UID" | "EUID" => name(Field::UserOrUid),
        "GROUP" | "EGROUP" => name(Field::Group),
        "STAT" => (Field::State, Shape::State),
        "S" => name(Field::State),
        "TTY" | "TT" => name(Field::Terminal),
        "%CPU" | "C" => word(Field::CpuPercent),
        "%MEM" => word(Field::MemoryPercent),
        "VSZ" | "VIRT" => word(Field::Virtual),
        "RSS" | "RSZ" | "RES" => word(Field::Resident),
        "SHR" => word(Field::Shared),
        "NLWP" | "THCNT" => word(Field::Threads),
        "NI" => word(Field::Nice),
        "STIME" | "START" | "STARTED" => (Field::Started, Shape::Moment),
        "ELAPSED" => word(Field::Elapsed),
        "TIME" | "TIME+" => word(Field::CpuTime),
        "COMMAND" | "CMD" => (Field::Command, Shape::Text),
        "EXE" | "CGROUP" | "LABEL" | "ENVIRONMENT" => (Field::Other, Shape::Text),
        "WCHAN" | "UNIT" | "UUNIT" | "SLICE" | "CLS" | "RUSER" | "SUSER" | "FUSER" | "RGROUP" => {
            name(Field::Other)
        }
        _ => word(Field::Other),
    }
}
