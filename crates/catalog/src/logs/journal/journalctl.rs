//! `journalctl(1)` as JSON, one object an entry; `--output-fields` came with systemd 236. Of people
//! also `json-pretty`, `json-sse` and `json-seq`.

use chrono::DateTime;
use serde::Deserialize;

use super::{JournalEntries, JournalEntry, JournalOf, Remarks, field::Field};
use crate::{Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant};

pub(crate) const WORDS: &[&str] = &[
    "--output=json",
    "--output-fields=MESSAGE,PRIORITY,_HOSTNAME,_SYSTEMD_UNIT,UNIT,SYSLOG_IDENTIFIER,_COMM,_PID,\
     SYSLOG_PID,_UID,_TRANSPORT",
    "--no-pager",
];

pub(super) const VARIANT: Variant<JournalOf, JournalEntries> = Variant {
    name: "journalctl",
    needs: Needs::under(Init::Systemd, &["journalctl"]),
    source: |args| Source::Command(args.on(Command::new("journalctl").words(WORDS))),
    reads: &["journalctl"],
    parse,
};

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(rename = "__REALTIME_TIMESTAMP", borrow)]
    time: Field<'a>,
    #[serde(rename = "__CURSOR", borrow, default)]
    cursor: Field<'a>,
    #[serde(rename = "_BOOT_ID", borrow, default)]
    boot_id: Field<'a>,
    #[serde(rename = "PRIORITY", borrow, default)]
    priority: Field<'a>,
    #[serde(rename = "_HOSTNAME", borrow, default)]
    host: Field<'a>,
    #[serde(rename = "_SYSTEMD_UNIT", borrow, default)]
    unit: Field<'a>,
    #[serde(rename = "UNIT", borrow, default)]
    about_unit: Field<'a>,
    #[serde(rename = "SYSLOG_IDENTIFIER", borrow, default)]
    identifier: Field<'a>,
    #[serde(rename = "_COMM", borrow, default)]
    command: Field<'a>,
    #[serde(rename = "_PID", borrow, default)]
    pid: Field<'a>,
    #[serde(rename = "SYSLOG_PID", borrow, default)]
    claimed_pid: Field<'a>,
    #[serde(rename = "_UID", borrow, default)]
    uid: Field<'a>,
    #[serde(rename = "_TRANSPORT", borrow, default)]
    transport: Field<'a>,
    #[serde(rename = "MESSAGE", borrow, default)]
    message: Field<'a>,
}

impl Row<'_> {
    fn entry(self) -> Option<JournalEntry> {
        Some(JournalEntry {
            time: Some(DateTime::from_timestamp_micros(self.time.number()?)?),
            time_shown: None,
            cursor: self.cursor.first(),
            boot_id: self.boot_id.first(),
            priority: self.priority.number().filter(|priority| *priority <= 7),
            host: self.host.first(),
            unit: self.unit.first(),
            about_unit: self.about_unit.first(),
            identifier: self.identifier.first().or_else(|| self.command.first()),
            pid: self.pid.number().or_else(|| self.claimed_pid.number()),
            // The largest is no user: of the kernel's own.
            uid: self.uid.number().filter(|uid| *uid != u32::MAX),
            transport: self.transport.first(),
            message: self.message.text(),
            explanation: None,
        })
    }
}

/// Reads one object.
pub(crate) fn entry(object: &str) -> Option<JournalEntry> {
    serde_json::from_str::<Row<'_>>(object).ok()?.entry()
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<JournalEntries>, ParseError> {
    let mut remarks = Remarks::default();
    let mut pretty = String::new();
    let empty = JournalEntries {
        entries: Vec::new(),
        others_hidden: false,
    };
    let mut parsed = raw.read_lines(empty, |list, line| {
        let line = line.strip_prefix("data: ").unwrap_or(line);
        // An object of json-pretty stands on several lines, its brackets on lines of their own.
        let object = match line.trim_end() {
            "{" => {
                "{".clone_into(&mut pretty);
                return Some(());
            }
            "}" if !pretty.is_empty() => {
                pretty.push('}');
                pretty.as_str()
            }
            line if pretty.is_empty() && line.starts_with('{') => line,
            line if !pretty.is_empty() => {
                pretty.push_str(line);
                return Some(());
            }
            line => return remarks.read(line),
        };
        let entry = entry(object);
        pretty.clear();
        list.entries.push(entry?);
        Some(())
    });
    if !pretty.is_empty() {
        parsed.leave_unread(raw.text().lines().count(), &pretty);
    }
    remarks.expect(&raw, parsed.value.entries.len())?;
    parsed.value.others_hidden = remarks.others_hidden || says_hint(&raw);
    Ok(parsed)
}

/// Whether the hint came on standard error.
pub(super) fn says_hint(raw: &RawOutput<'_>) -> bool {
    raw.error_text()
        .contains("You are currently not seeing messages from other users")
}
