//! What servers write down about themselves: the journal, and the files of the syslog daemons.

mod boots;
mod disk_usage;
mod journal;
mod line;

pub use boots::{Boots, JournalBoot, JournalBootList};
pub use disk_usage::{DiskUsage, JournalDiskUsage};
pub use journal::{Journal, JournalEntries, JournalEntry, JournalOf};
pub(crate) use line::{LogLine, continued, read as log_line, width};

/// The names of the facilities of syslog, by their numbers: `syslog(3)`.
pub(crate) const FACILITIES: &[&str] = &[
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv",
    "ftp", "ntp", "security", "console", "solaris-cron", "local0", "local1", "local2", "local3",
    "local4", "local5", "local6", "local7",
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
