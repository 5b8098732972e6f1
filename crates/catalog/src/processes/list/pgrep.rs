//! `pgrep(1)` of procps: ids, and behind them names (`-l`) or commands (`-a`). It leaves itself out.

use super::ProcessList;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    processes::row::ProcessRow,
};

pub(super) const VARIANT: Variant<NoArgs, ProcessList> = Variant {
    name: "pgrep",
    needs: Needs::programs(&["pgrep"]),
    source: |_| Source::Command(Command::new("pgrep").words(&["-a", "."])),
    reads: &["pgrep"],
    parse,
};

/// It ends with 1 where it found none.
fn parse(raw: RawOutput<'_>) -> Result<Parsed<ProcessList>, ParseError> {
    raw.expect_exit(&[0, 1])?;
    let names = raw.typed_option('l', "list-name");
    let parsed = raw.read_lines(ProcessList::default(), |list, line| {
        let (pid, rest) = line
            .trim_start()
            .split_once(' ')
            .unwrap_or((line.trim(), ""));
        let text = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
        let (name, command) = match names {
            true => (text, None),
            false => (None, text),
        };
        list.processes.push(ProcessRow {
            pid: Some(pid.parse().ok()?),
            name,
            command,
            ..ProcessRow::default()
        });
        Some(())
    });
    let is_silent = parsed.value.processes.is_empty() && parsed.unread.is_empty();
    if parsed.value.processes.is_empty() && (!is_silent || !raw.stderr.is_empty()) {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("pgrep printed no ids")));
    }
    Ok(parsed)
}
