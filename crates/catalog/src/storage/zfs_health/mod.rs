//! `storage.zfs_health`: what the pools of ZFS are made of, which of their devices fail, and what is to
//! be done about it.

mod zpool;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// How the pools of ZFS and their devices are.
pub struct ZfsHealth;

/// The answer of `storage.zfs_health`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ZfsHealthList {
    /// The pools; empty: none is imported, or none has trouble where only those were asked for.
    pub pools: Vec<ZfsPoolHealth>,
}

/// A pool, see `zpool-status(8)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ZfsPoolHealth {
    /// Its name.
    pub name: String,
    /// How it is: `ONLINE`, `DEGRADED`, `FAULTED`.
    pub state: String,
    /// What is the matter; `null`: nothing.
    pub status: Option<String>,
    /// What is to be done; `null`: nothing.
    pub action: Option<String>,
    /// What the last check or repair found, or how far this one is, a line each; `null`: not told.
    pub scan: Option<String>,
    /// Which data are lost: `No known data errors`.
    pub errors: Option<String>,
    /// The devices in the tool's order, a group before its parts.
    pub devices: Vec<ZfsDevice>,
}

/// A device, or a group of them (`mirror-0`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ZfsDevice {
    /// Its name or path.
    pub name: String,
    /// How deep it stands: 0 is the pool itself, or a group beside its data, such as `spares`.
    pub depth: u32,
    /// How it is: `ONLINE`, `OFFLINE`, `AVAIL`; `null`: a group beside the data has none.
    pub state: Option<String>,
    /// Reads that failed; `null`: not counted, as of spares.
    pub read_errors: Option<u64>,
    /// Writes that failed.
    pub write_errors: Option<u64>,
    /// Reads that gave wrong data.
    pub checksum_errors: Option<u64>,
    /// What else is said: `was /dev/sdb1`, `(resilvering)`; `null`: nothing.
    pub note: Option<String>,
}

impl Query for ZfsHealth {
    const ID: &'static str = "storage.zfs_health";
    const TITLE: &'static str = "Pools of ZFS and how their devices are";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ZfsHealthList;
    const VARIANTS: &'static [Variant<NoArgs, ZfsHealthList>] = &[zpool::VARIANT];
}
