//! `zypper ps`, see `zypper(8)`: a table in any language, whose columns have fixed places. Of other
//! users' processes it tells root alone.

use super::{StaleList, StaleProcess};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    packages::zypper::{self, Table},
};

pub(super) const VARIANT: Variant<NoArgs, StaleList> = Variant {
    name: "zypper",
    needs: Needs::programs(&["zypper"]).as_root(),
    source: |_| Source::Command(Command::new("zypper").words(&["--non-interactive", "ps", "-s"])),
    reads: &["zypper ps"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<StaleList>, ParseError> {
    zypper::expect_unlocked(&raw)?;
    // ZYPPER_EXIT_INF_REBOOT_NEEDED
    raw.expect_exit(&[0, 102])?;
    let mut table = Table::default();
    let mut is_nothing = false;
    let mut parsed = raw.read_lines(StaleList::default(), |list, line| {
        is_nothing |= line.starts_with("No processes using deleted files found");
        if !line.contains('|') && !line.contains("-+-") {
            // Sentences in any language.
            return Some(());
        }
        let Some(cells) = table.row(line)? else {
            return Some(());
        };
        // PID, PPID, UID, user, command, service, files.
        let [pid, _, _, _, command, service, rest @ ..] = cells.as_slice() else {
            return None;
        };
        let file = rest.first().map(|file| without_mark(file));
        if pid.is_empty() {
            // More files of the process above.
            return list.processes.last().map(|_| ());
        }
        list.processes.push(StaleProcess {
            pid: pid.parse().ok()?,
            command: without_mark(command).to_owned(),
            service: Some((*service).to_owned()).filter(|service| !service.is_empty()),
            file: file.filter(|file| !file.is_empty()).map(str::to_owned),
        });
        Some(())
    });
    if table.columns().is_none() && !is_nothing {
        let no_table = || ParseError::shape("zypper printed no table of processes");
        return Err(raw.complaint().unwrap_or_else(no_table));
    }
    parsed.value.name_services();
    Ok(parsed)
}

fn without_mark(name: &str) -> &str {
    name.strip_suffix(" (deleted)").unwrap_or(name)
}
