//! `/proc` itself, where there is no `ps`, as in many a container: see `proc_pid_stat(5)`. A process
//! that ends meanwhile is left out.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::ProcessList;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    processes::row::ProcessRow,
};

/// Ticks a second, the boot time, then the files of all processes; the words of a command end with
/// NULs.
const SCRIPT: &str = r"cd /proc || exit
echo ticks:$(getconf CLK_TCK)
grep -s '^btime ' stat
grep -sH '' [0-9]*/stat
grep -sHE '^(Uid|VmRSS):' [0-9]*/status
grep -sHa '' [0-9]*/cmdline | tr '\0' ' '
echo end";

pub(super) const VARIANT: Variant<NoArgs, ProcessList> = Variant {
    name: "proc",
    needs: Needs::programs(&["grep", "tr"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

/// What is read on the way.
#[derive(Default)]
struct State {
    ticks: Option<u64>,
    booted: Option<i64>,
    rows: BTreeMap<u32, ProcessRow>,
    /// Whether the script came to its end.
    is_whole: bool,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessList>, ParseError> {
    let read = raw.read_lines(State::default(), |state, line| {
        if let Some(ticks) = line.strip_prefix("ticks:") {
            state.ticks = ticks.parse().ok().filter(|ticks| *ticks > 0);
            return Some(());
        }
        if line == "end" {
            state.is_whole = true;
            return Some(());
        }
        if let Some(seconds) = line.strip_prefix("btime ") {
            state.booted = Some(seconds.parse().ok()?);
            return Some(());
        }
        let (path, text) = line.split_once(':')?;
        let (pid, file) = path.split_once('/')?;
        let pid: u32 = pid.parse().ok()?;
        if file == "stat" {
            let row = stat(text, state).filter(|row| row.pid == Some(pid))?;
            state.rows.insert(pid, row);
            return Some(());
        }
        // It was born while the files were read.
        let Some(row) = state.rows.get_mut(&pid) else {
            return matches!(file, "status" | "cmdline").then_some(());
        };
        match file {
            "status" => status(row, text),
            "cmdline" => {
                let words = text.trim_end();
                let command = row.command.get_or_insert_default();
                // A word may hold a line feed.
                if !command.is_empty() {
                    command.push('\n');
                }
                command.push_str(words);
                Some(())
            }
            _ => None,
        }
    });
    if read.value.rows.is_empty() {
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("/proc shows no processes")));
    }
    let is_whole = read.value.is_whole;
    let processes = read.value.rows.into_values().map(|mut row| {
        // Kernel threads and zombies have no words; ps shows them so.
        if row.command.is_none() && is_whole {
            row.command = row.name.as_ref().map(|name| format!("[{name}]"));
        }
        row
    });
    Ok(Parsed {
        value: ProcessList {
            processes: processes.collect(),
        },
        unread: read.unread,
    })
}

/// Reads `1 (systemd) S 0 1 1 0 -1 ...`; the name may hold blanks and parentheses.
fn stat(text: &str, state: &State) -> Option<ProcessRow> {
    let (pid, rest) = text.split_once(" (")?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    // The fields are numbered from 3 on behind the name.
    let field = |number: usize| fields.get(number.checked_sub(3)?).copied();
    let id = |number: usize| field(number)?.parse::<u32>().ok();
    let ticks = |number: usize| field(number)?.parse::<u64>().ok();
    let spent = ticks(14)?.checked_add(ticks(15)?)?;
    let begun = ticks(22)?;
    let seconds = |ticks: u64| ticks.checked_div(state.ticks?);
    Some(ProcessRow {
        pid: Some(pid.parse().ok()?),
        parent_pid: Some(id(4)?),
        group_pid: id(5),
        session_pid: id(6),
        state: Some(field(3)?.to_owned()),
        virtual_bytes: Some(ticks(23)?).filter(|bytes| *bytes > 0),
        threads: id(20),
        nice: field(19)?.parse().ok(),
        started_at: seconds(begun).and_then(|since| moment(state.booted?, since)),
        cpu_seconds: seconds(spent),
        name: Some(name.to_owned()),
        ..ProcessRow::default()
    })
}

fn moment(booted: i64, since: u64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(booted.checked_add_unsigned(since)?, 0)
}

/// Reads `Uid:\t0\t0\t0\t0`, the second of which is the effective user, and `VmRSS:\t   12 kB`.
fn status(row: &mut ProcessRow, text: &str) -> Option<()> {
    let (key, value) = text.split_once(':')?;
    let mut words = value.split_ascii_whitespace();
    match key {
        "Uid" => row.uid = Some(words.nth(1)?.parse().ok()?),
        "VmRSS" => {
            let kibibytes: u64 = words.next()?.parse().ok()?;
            row.resident_bytes = Some(kibibytes.checked_mul(1024)?);
        }
        _ => return None,
    }
    Some(())
}
