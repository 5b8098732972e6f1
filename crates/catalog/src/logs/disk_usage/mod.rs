//! `logs.disk_usage`: the space the journal takes.

mod journalctl;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The space the journal takes.
pub struct DiskUsage;

/// The answer of `logs.disk_usage`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JournalDiskUsage {
    /// All files of the journal together, rounded as they were printed: `8.0M`.
    pub size_bytes: u64,
}

impl Query for DiskUsage {
    const ID: &'static str = "logs.disk_usage";
    const TITLE: &'static str = "Space the journal takes";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = NoArgs;
    type Answer = JournalDiskUsage;
    const VARIANTS: &'static [Variant<NoArgs, JournalDiskUsage>] = &[journalctl::VARIANT];
}
