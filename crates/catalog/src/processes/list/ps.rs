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
            let mut found = Table::of_header(line, own);
            if let (None, Some(usual)) = (&found, usual_columns(raw.typed)) {
                // A filter behind a pipe has left the headings out: `ps aux | grep sshd`.
                let table_of_rows = Table::of_header(usual, false)?;
                list.processes.push(table_of_rows.row(line)?);
                found = Some(table_of_rows);
            }
            let mut found = found?;
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

/// The headings of the two forms that nearly everybody types; `None`: it is another.
fn usual_columns(typed: &[String]) -> Option<&'static str> {
    // Letters that ask for other columns, or for columns more.
    const OTHER: &[char] = &[
        'F', 'j', 'l', 'o', 'O', 's', 'v', 'X', 'y', 'L', 'm', 'M', 'Z', 'c', 'T', 'H', 'f',
    ];
    let mut words = typed.iter().skip(1);
    let first = words.next()?;
    let letters = first.strip_prefix('-').unwrap_or(first);
    let is_plain = words.all(|word| word == "w" || word == "ww" || word.starts_with("--sort"));
    let is_letters = letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_plain || !is_letters {
        return None;
    }
    match (first.starts_with('-'), letters) {
        (true, "ef" | "fe" | "eaf" | "Af" | "fea") => Some("UID PID PPID C STIME TTY TIME CMD"),
        (_, letters)
            if letters.contains('u') && letters.contains('x') && !letters.contains(OTHER) =>
        {
            Some("USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND")
        }
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_usual_forms_go_without_headings() {
        let of = |line: &str| {
            let typed: Vec<String> = line.split(' ').map(str::to_owned).collect();
            usual_columns(&typed)
        };
        for line in [
            "ps aux",
            "ps -aux",
            "ps auxww",
            "ps axu --sort=-%cpu",
            "ps -ef",
            "ps -ef ww",
        ] {
            assert!(of(line).is_some(), "{line}");
        }
        for line in [
            "ps",
            "ps ax",
            "ps auxf",
            "ps -eF",
            "ps -ely",
            "ps -eo pid",
            "ps aux -L",
            "ps -ef f",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
