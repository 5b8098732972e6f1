//! `journalctl(1)` as lines, in all its short forms: for versions before 236, and for people. Under
//! `TZ=UTC0` its moments are in UTC. A message of several lines goes on below, set in; its empty
//! lines are left out.

use super::{JournalEntries, JournalEntry, JournalOf, Remarks, journalctl};
use crate::{Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, logs};

const WORDS: &[&str] = &["TZ=UTC0", "journalctl", "--output=short-iso", "--no-pager"];

pub(super) const VARIANT: Variant<JournalOf, JournalEntries> = Variant {
    name: "journalctl_text",
    needs: Needs::under(Init::Systemd, &["journalctl"]),
    source: |args| Source::Command(args.on(Command::new("env").words(WORDS))),
    reads: &["journalctl"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<JournalEntries>, ParseError> {
    let has_host = !raw.typed.iter().any(|word| word == "--no-hostname");
    let mut remarks = Remarks::default();
    // How far the lines of the entry before are set in.
    let mut width = None;
    let empty = JournalEntries {
        entries: Vec::new(),
        others_hidden: false,
    };
    let mut parsed = raw.read_lines(empty, |list, line| {
        if let Some(found) = logs::log_line(line, has_host) {
            width = Some(logs::width(line, found.message));
            let entry = entry(&found, remarks.boot_id.as_ref());
            list.entries.push(entry);
            return Some(());
        }
        if remarks.read(line).is_some() {
            width = None;
            return Some(());
        }
        if let Some(said) = explanation(line) {
            let explanation = &mut list.entries.last_mut()?.explanation;
            match explanation {
                Some(explanation) => {
                    explanation.push('\n');
                    explanation.push_str(said);
                }
                None => *explanation = Some(said.to_owned()),
            }
            return Some(());
        }
        let more = logs::continued(line, width?)?;
        let message = list.entries.last_mut()?.message.as_mut()?;
        message.push('\n');
        message.push_str(more);
        Some(())
    });
    remarks.expect(&raw, parsed.value.entries.len())?;
    parsed.value.others_hidden = remarks.others_hidden || journalctl::says_hint(&raw);
    Ok(parsed)
}

/// A line of an explanation from the catalog: `░░ Subject: ..`, `-- Subject: ..`.
fn explanation(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let said = line
        .strip_prefix("░░")
        .or_else(|| line.strip_prefix("--"))?;
    (said.is_empty() || said.starts_with(' ')).then(|| said.trim_start())
}

fn entry(found: &logs::LogLine<'_>, boot_id: Option<&String>) -> JournalEntry {
    JournalEntry {
        time: found.time,
        time_shown: Some(found.time_shown.to_owned()),
        boot_id: boot_id.cloned(),
        host: found.host.map(str::to_owned),
        identifier: found.identifier.map(str::to_owned),
        pid: found.pid,
        message: Some(found.message.to_owned()),
        ..JournalEntry::default()
    }
}
