//! An entry that is put together field by field, as `verbose` and `export` print it.

use chrono::DateTime;

use super::JournalEntry;

/// An entry and what it is put together from.
#[derive(Debug, Default)]
pub(super) struct Record {
    entry: JournalEntry,
    command: Option<String>,
    claimed_pid: Option<u32>,
}

impl Record {
    /// A field; one that is there more than once counts with its first value, a message with all.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let entry = &mut self.entry;
        let text = match name {
            "__CURSOR" => &mut entry.cursor,
            "_BOOT_ID" => &mut entry.boot_id,
            "_HOSTNAME" => &mut entry.host,
            "_SYSTEMD_UNIT" => &mut entry.unit,
            "UNIT" => &mut entry.about_unit,
            "SYSLOG_IDENTIFIER" => &mut entry.identifier,
            "_COMM" => &mut self.command,
            "_TRANSPORT" => &mut entry.transport,
            "MESSAGE" => {
                match &mut entry.message {
                    Some(message) => {
                        message.push('\n');
                        message.push_str(value);
                    }
                    None => entry.message = Some(value.to_owned()),
                }
                return;
            }
            "__REALTIME_TIMESTAMP" => {
                let moment = value.parse().ok().and_then(DateTime::from_timestamp_micros);
                entry.time = entry.time.or(moment);
                return;
            }
            "PRIORITY" => {
                let priority = value.parse().ok().filter(|priority| *priority <= 7);
                entry.priority = entry.priority.or(priority);
                return;
            }
            "_PID" => {
                entry.pid = entry.pid.or_else(|| value.parse().ok());
                return;
            }
            "SYSLOG_PID" => {
                self.claimed_pid = self.claimed_pid.or_else(|| value.parse().ok());
                return;
            }
            "_UID" => {
                // The largest is no user: of the kernel's own.
                let uid = value.parse().ok().filter(|uid| *uid != u32::MAX);
                entry.uid = entry.uid.or(uid);
                return;
            }
            _ => return,
        };
        if text.is_none() {
            *text = Some(value.to_owned());
        }
    }

    /// One more line of a field.
    pub(super) fn go_on(&mut self, name: &str, line: &str) {
        if name == "MESSAGE" {
            self.set(name, line);
        }
    }

    /// The moment as it was printed.
    pub(super) fn shown(&mut self, shown: &str, time: Option<DateTime<chrono::Utc>>) {
        self.entry.time_shown = Some(shown.to_owned());
        self.entry.time = time;
    }

    /// The entry; `None`: it is no entry of a journal.
    pub(super) fn entry(self) -> Option<JournalEntry> {
        let mut entry = self.entry;
        entry.cursor.as_ref()?;
        entry.identifier = entry.identifier.or(self.command);
        entry.pid = entry.pid.or(self.claimed_pid);
        Some(entry)
    }
}

/// A field's name: capital letters, digits and `_`.
pub(super) fn is_name(text: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.len() <= 64 && text.bytes().all(is_of_name)
}
