//! `logs.new_lines`: the lines of a file as they are written, after the newest ones there are; also
//! of the file that takes its place when logs are rotated.

mod tail;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LogFileEnd, SyslogLine};
use crate::{Capability, Feed, FeedVariant};

/// New lines of a log file.
pub struct NewLines;

/// A line of a log file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewLogLine {
    /// The line as it stands there.
    pub text: String,
    /// What it says where it is a line of syslog; `null`: it is none.
    pub syslog: Option<SyslogLine>,
}

impl Feed for NewLines {
    const ID: &'static str = "logs.new_lines";
    const TITLE: &'static str = "New lines of a log file";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = LogFileEnd;
    type Record = NewLogLine;
    const VARIANTS: &'static [FeedVariant<LogFileEnd, NewLogLine>] = &[tail::VARIANT];
}
