//! `storage.zfs_datasets`: the filesystems, volumes and snapshots of ZFS, and what they take.

mod zfs;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Filesystems, volumes and snapshots of ZFS.
pub struct ZfsDatasets;

/// The answer of `storage.zfs_datasets`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ZfsDatasetList {
    /// The datasets in the tool's order; empty: there are none.
    pub datasets: Vec<ZfsDataset>,
}

/// A dataset, see `zfs-list(8)`. What was not asked for is `null`; sizes that people's commands printed
/// are rounded as they show them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ZfsDataset {
    /// Its name: `tank/data`, of a snapshot `tank/data@monday`.
    pub name: String,
    /// What it is: `filesystem`, `volume`, `snapshot`, `bookmark`.
    pub kind: Option<String>,
    /// What it takes, with all below it; of a snapshot what it alone still holds.
    pub used_bytes: Option<u64>,
    /// What it could still take; `null` also: of a snapshot there is none.
    pub available_bytes: Option<u64>,
    /// What its own data take, shared ones among them.
    pub referenced_bytes: Option<u64>,
    /// Where it is to be mounted: a path, `none` or `legacy`; `null` also: it cannot be.
    pub mountpoint: Option<String>,
}

impl Query for ZfsDatasets {
    const ID: &'static str = "storage.zfs_datasets";
    const TITLE: &'static str = "Filesystems, volumes and snapshots of ZFS";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ZfsDatasetList;
    const VARIANTS: &'static [Variant<NoArgs, ZfsDatasetList>] = &[zfs::VARIANT];
}
