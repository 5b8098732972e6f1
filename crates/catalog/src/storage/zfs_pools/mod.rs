//! `storage.zfs_pools`: the pools of ZFS and how full they are.

mod zpool;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The pools of ZFS and how full they are.
pub struct ZfsPools;

/// The answer of `storage.zfs_pools`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ZfsPoolList {
    /// The pools; empty: none is imported.
    pub pools: Vec<ZfsPool>,
}

/// A pool, see `zpool-list(8)`. What was not asked for is `null`; sizes that people's commands printed
/// are rounded as they show them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ZfsPool {
    /// Its name.
    pub name: String,
    /// All its devices together.
    pub size_bytes: Option<u64>,
    /// What is taken of that.
    pub allocated_bytes: Option<u64>,
    /// What is left.
    pub free_bytes: Option<u64>,
    /// How much is taken, 0 to 100.
    pub used_percent: Option<f64>,
    /// How scattered the free space is, 0 to 100; `null` also: old pools do not count it.
    pub fragmented_percent: Option<f64>,
    /// How many times blocks are stored once instead of several times.
    pub deduplication_ratio: Option<f64>,
    /// How it is: `ONLINE`, `DEGRADED`, `FAULTED`, `SUSPENDED`.
    pub health: Option<String>,
}

impl Query for ZfsPools {
    const ID: &'static str = "storage.zfs_pools";
    const TITLE: &'static str = "Pools of ZFS and how full they are";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ZfsPoolList;
    const VARIANTS: &'static [Variant<NoArgs, ZfsPoolList>] = &[zpool::VARIANT];
}
