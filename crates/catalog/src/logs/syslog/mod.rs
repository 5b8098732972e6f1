//! `logs.syslog`: the end of a file that a syslog daemon writes.

mod tail;

pub(super) use tail::line_of;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Capability, Query, Variant,
    arguments::{LogLineCount, LogPath},
};

/// The end of a file of syslog.
pub struct Syslog;

/// The arguments of `logs.syslog` and `logs.access`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogFileEnd {
    /// The file, as `/var/log/syslog`, `/var/log/messages`, `/srv/app/logs/app`, `/opt/app/app.log`.
    pub path: LogPath,
    /// At most so many of its last lines.
    #[serde(default)]
    pub lines: LogLineCount,
}

/// The answer of `logs.syslog`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SyslogLines {
    /// The lines in the order of the file, the oldest first; empty: the file is.
    pub lines: Vec<SyslogLine>,
}

/// A line of syslog: RFC 3164, RFC 5424, and the form with ISO moments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SyslogLine {
    /// The moment; `null`: it stands there without year or zone.
    pub time: Option<DateTime<Utc>>,
    /// The moment as it stands there.
    pub time_shown: Option<String>,
    /// The host; `null`: not told.
    pub host: Option<String>,
    /// The facility, `daemon`; `null`: not told, as in most files.
    pub facility: Option<String>,
    /// The severity, 0 (emergency) to 7 (debug); `null`: not told, as in most files.
    pub severity: Option<u8>,
    /// The program that says it; `null`: not told.
    pub identifier: Option<String>,
    /// Its process; `null`: not told.
    pub pid: Option<u32>,
    /// What it says, line feeds between its lines.
    pub message: String,
}

impl Query for Syslog {
    const ID: &'static str = "logs.syslog";
    const TITLE: &'static str = "The end of a file of syslog";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = LogFileEnd;
    type Answer = SyslogLines;
    const VARIANTS: &'static [Variant<LogFileEnd, SyslogLines>] = &[tail::VARIANT];
}
