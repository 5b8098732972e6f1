//! `storage.partitions`: how the disks are divided.

mod fdisk;
mod parted;
mod parted_text;
mod sfdisk;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Partition tables.
pub struct Partitions;

/// The answer of `storage.partitions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartitionTableList {
    /// The disks that were looked at; of some tools those alone that have a table.
    pub disks: Vec<PartitionedDisk>,
}

/// A disk and its partition table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartitionedDisk {
    /// The disk, for example `/dev/sda`.
    pub device: String,
    /// Its size in bytes; `null`: not told.
    pub size_bytes: Option<u64>,
    /// Its model; `null`: not told.
    pub model: Option<String>,
    /// The kind of its table: `gpt`, `dos`; `null`: there is none, or none that is known.
    pub table: Option<String>,
    /// The table's own identifier; `null`: not told.
    pub table_id: Option<String>,
    /// The size of a logical sector in bytes; `null`: not told.
    pub sector_bytes: Option<u32>,
    /// Its partitions, in the order of the table.
    pub partitions: Vec<DiskPartition>,
}

/// A partition. What a tool does not tell is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DiskPartition {
    /// Its number on its disk.
    pub number: Option<u32>,
    /// Its device, for example `/dev/sda1`.
    pub device: Option<String>,
    /// Where it begins, in bytes from the disk's beginning.
    pub start_bytes: Option<u64>,
    /// Its size in bytes; as exact as the tool prints it.
    pub size_bytes: Option<u64>,
    /// What it is for, as the table says it: `83`, or a GUID in upper case.
    pub type_id: Option<String>,
    /// What it is for, in words: `Linux filesystem`.
    pub type_name: Option<String>,
    /// Its name in the table.
    pub name: Option<String>,
    /// Its UUID.
    pub uuid: Option<String>,
    /// Whether it is marked to be booted from.
    pub bootable: Option<bool>,
    /// What is on it, `ext4`, `fat16`.
    pub content: Option<String>,
}

/// The number at the end of a partition's device: 3 of `/dev/sda3`, 2 of `/dev/nvme0n1p2`.
fn number_of(device: &str) -> Option<u32> {
    let name = device.trim_end_matches(|c: char| c.is_ascii_digit());
    device.strip_prefix(name)?.parse().ok()
}

impl Query for Partitions {
    const ID: &'static str = "storage.partitions";
    const TITLE: &'static str = "How the disks are divided";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = PartitionTableList;
    const VARIANTS: &'static [Variant<NoArgs, PartitionTableList>] = &[
        sfdisk::VARIANT,
        fdisk::VARIANT,
        parted::VARIANT,
        parted_text::VARIANT,
    ];
}
