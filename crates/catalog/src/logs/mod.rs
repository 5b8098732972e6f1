//! What servers write down about themselves: the journal, and the files of the syslog daemons.

mod access;
mod boots;
mod disk_usage;
mod files;
mod journal;
mod line;
mod new_entries;
mod new_lines;
mod syslog;
mod web_errors;

pub use access::{Access, WebRequest, WebRequestList};
pub use boots::{Boots, JournalBoot, JournalBootList};
pub use disk_usage::{DiskUsage, JournalDiskUsage};
pub use files::{Files, LogFile, LogFileList};
pub use journal::{Journal, JournalEntries, JournalEntry, JournalOf};
pub(crate) use line::{LogLine, continued, iso, read as log_line, width};
pub use new_entries::NewEntries;
pub use new_lines::{NewLines, NewLogLine};
pub use syslog::{LogFileEnd, Syslog, SyslogLine, SyslogLines};
pub use web_errors::{WebError, WebErrorList, WebErrors};

use crate::{ParseError, RawOutput};

/// The names of the facilities of syslog, by their numbers: `syslog(3)`.
pub(crate) const FACILITIES: &[&str] = &[
    "kern",
    "user",
    "mail",
    "daemon",
    "auth",
    "syslog",
    "lpr",
    "news",
    "uucp",
    "cron",
    "authpriv",
    "ftp",
    "ntp",
    "security",
    "console",
    "solaris-cron",
    "local0",
    "local1",
    "local2",
    "local3",
    "local4",
    "local5",
    "local6",
    "local7",
];

/// The number of a severity of syslog, 0 (emergency) to 7 (debug): `syslog(3)`.
pub(crate) fn severity(name: &str) -> Option<u8> {
    Some(match name {
        "emerg" | "panic" => 0,
        "alert" => 1,
        "crit" => 2,
        "err" | "error" => 3,
        "warning" | "warn" => 4,
        "notice" => 5,
        "info" => 6,
        "debug" => 7,
        _ => return None,
    })
}

/// Fails where not one line of a file was understood, and there was something to understand.
fn expect_file(raw: &RawOutput<'_>, lines: usize) -> Result<(), ParseError> {
    if lines > 0 {
        return Ok(());
    }
    let said = raw.error_text();
    if said.contains("No such file or directory") {
        return Err(ParseError::Absent("there is no such file".to_owned()));
    }
    raw.expect_exit(&[0])?;
    if raw.text().trim().is_empty() {
        return Ok(());
    }
    let unknown = || ParseError::shape("no line of such a log");
    Err(raw.complaint().unwrap_or_else(unknown))
}
