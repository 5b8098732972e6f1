//! `storage.block_devices`: disks, their partitions, and all that is made of them.

mod blkid;
mod lsblk;
mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Disks, partitions and what is on them.
pub struct BlockDevices;

/// The answer of `storage.block_devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockDeviceList {
    /// Each device once, those it is made of before it.
    pub devices: Vec<BlockDevice>,
}

/// A block device: a disk, a partition, a volume, an array. All that a tool does not tell is `null`
/// or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockDevice {
    /// Its name, for example `sda1`, `data-home` (of a logical volume), or as a path where the tool
    /// gives that alone.
    pub name: String,
    /// The names of the devices that it is a part of, or made of; empty: none, or not told.
    pub parents: Vec<String>,
    /// `disk`, `part`, `lvm`, `crypt`, `raid1`, `loop`, `rom` and so on.
    pub kind: Option<String>,
    /// Its size in bytes; as exact as the tool prints it.
    pub size_bytes: Option<u64>,
    /// The kernel's number for it, `8:1`.
    pub number: Option<String>,
    /// Whether it, or its medium, can be taken out.
    pub removable: Option<bool>,
    /// Whether nothing can be written to it.
    pub read_only: Option<bool>,
    /// Whether it is a disk that turns.
    pub rotational: Option<bool>,
    /// What is on it: `ext4`, `swap`, `LVM2_member`, `crypto_LUKS` and so on.
    pub content: Option<String>,
    /// The label of what is on it.
    pub label: Option<String>,
    /// The UUID of what is on it.
    pub uuid: Option<String>,
    /// The partition's own name, in a table that has such.
    pub partition_label: Option<String>,
    /// The partition's own UUID.
    pub partition_uuid: Option<String>,
    /// Where it is mounted; `[SWAP]`: it is swapped to.
    pub mount_points: Vec<String>,
    /// The disk's model.
    pub model: Option<String>,
    /// The disk's serial number.
    pub serial: Option<String>,
    /// The disk's maker.
    pub vendor: Option<String>,
    /// How it is connected: `sata`, `nvme`, `usb` and so on.
    pub transport: Option<String>,
}

impl Query for BlockDevices {
    const ID: &'static str = "storage.block_devices";
    const TITLE: &'static str = "Disks, partitions and what is on them";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = BlockDeviceList;
    const VARIANTS: &'static [Variant<NoArgs, BlockDeviceList>] =
        &[lsblk::VARIANT, blkid::VARIANT, proc::VARIANT];
}
