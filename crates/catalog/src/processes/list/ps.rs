//! `ps(1)` of procps with columns of its own, and whatever columns people ask `ps` for.

use super::ProcessList;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    processes::{row::ProcessRow, table::Table},
};

/// Without a width procps cuts users and names; the command stands last, for it is any text.
const COLUMNS: &str = "pid,ppid,pgid,sid,uid,user:32,group:32,stat,tty,pcpu,pmem,vsz,rss,nlwp,ni,lstart,etime,time,comm:64,args";

pub(super) const VARIANT: Variant<NoArgs, ProcessList> = Variant {
    name: "ps",
    needs: Needs::programs(&["ps"]),
    source: |_| {
        let command = Command::new("env").words(&["TZ=UTC0", "ps", "-ww", "-e", "-o"]);
        Source::Command(command.word(COLUMNS))
    },
    reads: &["ps"],
    parse,
};

/// Without a row it is the answer to a question for processes that there are not; `ps` ends with 1
/// then.
pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessList>, ParseError> {
    let own = raw.typed.is_empty();
    let is_forest = !own && draws_forest(raw.typed);
    let mut table: Option<Table> = None;
    // The indentation and the process of each row that later ones may hang below.
    let mut above: Vec<(usize, Option<u32>)> = Vec::new();
    let parsed = raw.read_lines(ProcessList::default(), |list, line| {
        let Some(columns) = &table else {
            let mut found = Table::of_header(line, own)?;
            if !own && name_is_last(raw.typed) {
                found.name_last();
            }
            found.is_forest = is_forest;
            table = Some(found);
            return Some(());
        };
        if columns.is_header(line) {
            return Some(());
        }
        let mut row = columns.row(line)?;
        if is_forest {
            hang(&mut row, &mut above);
        }
        list.processes.push(row);
        Some(())
    });
    if table.is_some() && (!parsed.value.processes.is_empty() || parsed.unread.is_empty()) {
        return Ok(parsed);
    }
    let said = raw.error_text();
    // What procps, and what busybox says of a column that it does not know.
    if said.contains("unknown user-defined format") || said.contains("bad -o argument") {
        return Err(ParseError::Absent(
            said.lines().next().unwrap_or_default().to_owned(),
        ));
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    Err(raw
        .complaint()
        .unwrap_or_else(|| ParseError::shape("ps printed no table with headings")))
}

/// Whether a forest may have been asked for: `f` among letters, mostly without a dash, or `--forest`.
fn draws_forest(typed: &[String]) -> bool {
    typed.iter().skip(1).any(|word| {
        let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        word == "--forest" || (letters && word.contains('f'))
    })
}

/// Takes the drawing off a command, ` |   \_ sshd`, and finds the parent by it where no column tells.
fn hang(row: &mut ProcessRow, above: &mut Vec<(usize, Option<u32>)>) {
    let Some(command) = &mut row.command else {
        return;
    };
    let mut depth: usize = 0;
    let trimmed = command.trim_start().len();
    if let Some(at) = command.find("\\_ ")
        && command
            .get(..at)
            .is_some_and(|art| art.bytes().all(|byte| byte == b' ' || byte == b'|'))
    {
        depth = at.div_euclid(4).saturating_add(1);
        command.drain(..at.saturating_add(3));
    } else {
        command.drain(..command.len().saturating_sub(trimmed));
    }
    above.retain(|(other, _)| *other < depth);
    if row.parent_pid.is_none() && depth > 0 {
        row.parent_pid = above.last().and_then(|(_, pid)| *pid);
    }
    above.push((depth, row.pid));
}

/// Whether the columns that were asked for hold the words before the name.
fn name_is_last(typed: &[String]) -> bool {
    let mut columns = typed
        .iter()
        .flat_map(|word| word.split([',', '=', ':']))
        .filter_map(|word| match word {
            "comm" | "ucomm" | "ucmd" => Some(true),
            "args" | "cmd" | "command" => Some(false),
            _ => None,
        });
    (columns.next(), columns.next()) == (Some(false), Some(true))
}
