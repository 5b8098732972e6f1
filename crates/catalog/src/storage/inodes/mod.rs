//! `storage.inodes`: how many files each filesystem can still hold.

mod df;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Filesystems and how many of their inodes are in use.
pub struct Inodes;

/// The answer of `storage.inodes`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InodeList {
    /// The mounted filesystems, in the order they were mounted.
    pub filesystems: Vec<InodeUse>,
}

/// The inodes of a mounted filesystem, as `df -i` counts them. `null` where the server could not or
/// would not tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InodeUse {
    /// The device, share or name it was mounted from, for example `/dev/sda1`.
    pub source: String,
    /// Its type, for example `ext4`; `null`: the tool does not say.
    pub r#type: Option<String>,
    /// Where it is mounted.
    pub mount_point: String,
    /// How many there are; 0 for a filesystem that makes them as it needs them (btrfs).
    pub total: Option<u64>,
    /// How many are in use.
    pub used: Option<u64>,
    /// How many are free.
    pub free: Option<u64>,
    /// Used of all, 0 to 100; `null` where there is no limit.
    pub used_percent: Option<f64>,
}

impl Query for Inodes {
    const ID: &'static str = "storage.inodes";
    const TITLE: &'static str = "How many more files each filesystem can hold";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = InodeList;
    const VARIANTS: &'static [Variant<NoArgs, InodeList>] = &[df::VARIANT];
}
