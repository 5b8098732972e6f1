//! `logs.journal`: the newest entries of systemd's journal.

mod field;
mod journalctl;
mod journalctl_export;
mod journalctl_text;
mod journalctl_verbose;
mod record;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Capability, Command, ParseError, Query, RawOutput, Variant,
    arguments::{LogLineCount, LogPriority, Moment, UnitName},
};

/// The newest entries of the journal.
pub struct Journal;

/// The arguments of `logs.journal`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JournalOf {
    /// At most so many of the newest entries.
    #[serde(default)]
    pub lines: LogLineCount,
    /// Only what this unit says, and what systemd says of it; `null`: all.
    #[serde(default)]
    pub unit: Option<UnitName>,
    /// Only what is at least as severe; `null`: all.
    #[serde(default)]
    pub priority: Option<LogPriority>,
    /// Only entries from this moment on; `null`: all.
    #[serde(default)]
    pub since: Option<Moment>,
    /// Only entries up to this moment; `null`: all.
    #[serde(default)]
    pub until: Option<Moment>,
}

impl JournalOf {
    /// Adds the options these arguments stand for to `journalctl`.
    pub(super) fn on(&self, command: Command) -> Command {
        let mut command = command.option("--lines", &self.lines);
        if let Some(unit) = &self.unit {
            command = command.option("--unit", unit);
        }
        if let Some(priority) = &self.priority {
            command = command.option("--priority", priority);
        }
        if let Some(since) = &self.since {
            command = command.option("--since", since);
        }
        if let Some(until) = &self.until {
            command = command.option("--until", until);
        }
        command
    }
}

/// The answer of `logs.journal`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntries {
    /// The entries in the order of the tool, mostly the oldest first; empty: there is none.
    pub entries: Vec<JournalEntry>,
    /// Whether the tool says that this user may not see the entries of all others.
    pub others_hidden: bool,
}

/// An entry of the journal: `systemd.journal-fields(7)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// When journald got it, or where the tool shows that, when it was said; to the microsecond
    /// where the tool prints it so; `null`: the tool printed no year or no certain zone.
    pub time: Option<DateTime<Utc>>,
    /// The moment as it was printed; `null`: the tool gave a number.
    pub time_shown: Option<String>,
    /// The place in the journal, to go on from; `null`: not told.
    pub cursor: Option<String>,
    /// The start of the server it belongs to, 32 hexadecimal digits; `null`: not told.
    pub boot_id: Option<String>,
    /// The severity, 0 (emergency) to 7 (debug); `null`: none, or not told.
    pub priority: Option<u8>,
    /// The host; `null`: not told.
    pub host: Option<String>,
    /// The unit whose process says it; `null`: none, or not told.
    pub unit: Option<String>,
    /// The unit that it is said of, as whoever says it claims; `null`: none, or not told.
    pub about_unit: Option<String>,
    /// What the program calls itself, or what it is called; `null`: not told.
    pub identifier: Option<String>,
    /// Its process; `null`: not told.
    pub pid: Option<u32>,
    /// Whom that process belongs to; `null`: not told.
    pub uid: Option<u32>,
    /// How it came: `kernel`, `syslog`, `journal`, `stdout`, `audit`, `driver`; `null`: not told.
    pub transport: Option<String>,
    /// What it says, line feeds between its lines; bytes that are no UTF-8 are U+FFFD. `null`: it
    /// has no message, or one too long to be shown.
    pub message: Option<String>,
    /// What the catalog of messages explains of it, which people ask for by `-x`; `null`: not asked
    /// for, or nothing.
    pub explanation: Option<String>,
}

impl Query for Journal {
    const ID: &'static str = "logs.journal";
    const TITLE: &'static str = "The newest entries of the journal";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = JournalOf;
    type Answer = JournalEntries;
    const VARIANTS: &'static [Variant<JournalOf, JournalEntries>] = &[
        journalctl::VARIANT,
        journalctl_text::VARIANT,
        journalctl_export::VARIANT,
        journalctl_verbose::VARIANT,
    ];
}

pub(super) use journalctl::{WORDS, entry};

/// Whether a line is one that `journalctl` says around the entries.
pub(super) fn remark(line: &str) -> bool {
    Remarks::default().read(line).is_some()
}

/// What `journalctl` says around the entries.
#[derive(Debug, Default)]
struct Remarks {
    /// It says that there is none.
    none: bool,
    /// It says that the user does not see all.
    others_hidden: bool,
    /// The start that it says the next entries belong to.
    boot_id: Option<String>,
}

impl Remarks {
    /// Takes a line that is a remark; `None`: it is none.
    fn read(&mut self, line: &str) -> Option<()> {
        let hints = [
            "Hint: You are currently not seeing messages from other users and the system.",
            "Users in groups 'adm', 'systemd-journal' can see all messages.",
            "Users in the 'systemd-journal' group can see all messages. Pass -q to",
            "turn off this notice.",
            "Pass -q to turn off this notice.",
        ];
        let hint = line.trim();
        if hints.contains(&hint) || hint.starts_with("Users in groups '") {
            self.others_hidden = true;
            return Some(());
        }
        let remark = line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")?;
        match remark.strip_prefix("Boot ") {
            Some(id) if is_boot_id(id) => self.boot_id = Some(id.to_owned()),
            _ if remark == "Reboot" => self.boot_id = None,
            _ if remark == "No entries" => self.none = true,
            _ if remark.starts_with("Logs begin at ")
                || remark.starts_with("Journal begins at ") => {}
            _ => return None,
        }
        Some(())
    }

    /// Fails where there is no entry and nothing says that there is none.
    fn expect(&self, raw: &RawOutput<'_>, entries: usize) -> Result<(), ParseError> {
        if entries > 0 {
            return Ok(());
        }
        raw.expect_exit(&[0, 1])?;
        let said = raw.error_text();
        if said.contains("No journal files were found") {
            return Err(ParseError::Unavailable("there is no journal".to_owned()));
        }
        if let Some(complaint) = raw.complaint() {
            return Err(complaint);
        }
        if self.none || (raw.exit_code == Some(0) && raw.text().trim().is_empty()) {
            return Ok(());
        }
        raw.expect_exit(&[0])?;
        Err(ParseError::shape("no entry of a journal"))
    }
}

/// 32 hexadecimal digits.
fn is_boot_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
