//! `logs.files`: the files below `/var/log`, without those of the journal.

mod find;
mod stat;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The files of logs.
pub struct Files;

/// The answer of `logs.files`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogFileList {
    /// The files that this user may see, by path, at most four folders deep.
    pub files: Vec<LogFile>,
    /// Whether there are folders that this user may not look into.
    pub others_hidden: bool,
}

/// A file of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogFile {
    /// Its path; a byte that is no UTF-8 is the character U+10FE00 + byte.
    pub path: String,
    /// Its size.
    pub size_bytes: u64,
    /// When it was written to last.
    pub modified: Option<DateTime<Utc>>,
}

impl Query for Files {
    const ID: &'static str = "logs.files";
    const TITLE: &'static str = "Files of logs";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = NoArgs;
    type Answer = LogFileList;
    const VARIANTS: &'static [Variant<NoArgs, LogFileList>] = &[find::VARIANT, stat::VARIANT];
}
