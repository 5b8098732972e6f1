//! `storage.lvm`: the logical volume manager's volumes, groups and the disks under them.

mod display;
mod json;
mod table;
mod value;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Logical volumes, their groups and disks.
pub struct Lvm;

/// The answer of `storage.lvm`. Of `pvs`, `vgs` or `lvs` alone the other lists are empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LvmReport {
    /// The disks and partitions that volumes lie on.
    pub physical_volumes: Vec<LvmPhysicalVolume>,
    /// The groups.
    pub groups: Vec<LvmVolumeGroup>,
    /// The volumes.
    pub logical_volumes: Vec<LvmLogicalVolume>,
}

/// A disk or partition that belongs to LVM. What is not told is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LvmPhysicalVolume {
    /// The device, `/dev/sda2`.
    pub device: String,
    /// The group it belongs to; `null`: none.
    pub group: Option<String>,
    /// Its size in bytes; as exact as the tool prints it, and so are all sizes here.
    pub size_bytes: Option<u64>,
    /// What of it no volume has.
    pub free_bytes: Option<u64>,
    /// Its letters, `a--`, see `pvs(8)`.
    pub attributes: Option<String>,
    /// Its UUID.
    pub uuid: Option<String>,
}

/// A volume group. What is not told is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LvmVolumeGroup {
    /// Its name.
    pub name: String,
    /// Its size.
    pub size_bytes: Option<u64>,
    /// What of it no volume has.
    pub free_bytes: Option<u64>,
    /// How many devices it has.
    pub physical_volumes: Option<u32>,
    /// How many volumes.
    pub logical_volumes: Option<u32>,
    /// How many of these are snapshots.
    pub snapshots: Option<u32>,
    /// Its letters, `wz--n-`, see `vgs(8)`.
    pub attributes: Option<String>,
    /// Its UUID.
    pub uuid: Option<String>,
}

/// A logical volume. What is not told is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LvmLogicalVolume {
    /// Its name, without the brackets of a hidden one.
    pub name: String,
    /// Its group.
    pub group: Option<String>,
    /// Its size; of a thin one what it seems to have.
    pub size_bytes: Option<u64>,
    /// Its letters, `-wi-ao----`, see `lvs(8)`.
    pub attributes: Option<String>,
    /// Whether it is hidden, being a part of another.
    pub is_hidden: bool,
    /// The pool it is made from.
    pub pool: Option<String>,
    /// What it is a snapshot of.
    pub origin: Option<String>,
    /// How full a snapshot, a thin volume or a pool is, 0 to 100.
    pub data_percent: Option<f64>,
    /// How full a pool's metadata is, 0 to 100.
    pub metadata_percent: Option<f64>,
    /// How far its copies are alike, 0 to 100.
    pub sync_percent: Option<f64>,
    /// Its UUID.
    pub uuid: Option<String>,
}

impl Query for Lvm {
    const ID: &'static str = "storage.lvm";
    const TITLE: &'static str = "Logical volumes, their groups and disks";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = LvmReport;
    const VARIANTS: &'static [Variant<NoArgs, LvmReport>] =
        &[json::VARIANT, table::VARIANT, display::VARIANT];
}
