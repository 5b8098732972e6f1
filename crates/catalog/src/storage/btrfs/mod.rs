//! `storage.btrfs`: the filesystems of btrfs and the devices that each is made of.

mod show;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Btrfs filesystems and their devices.
pub struct Btrfs;

/// The answer of `storage.btrfs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BtrfsList {
    /// The filesystems that were found, mounted or not; empty: none.
    pub filesystems: Vec<BtrfsFilesystem>,
}

/// A btrfs filesystem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BtrfsFilesystem {
    /// Its label; `null`: none.
    pub label: Option<String>,
    /// Its UUID.
    pub uuid: String,
    /// What its files take, in bytes, each copy counted once; `null`: not told.
    pub used_bytes: Option<u64>,
    /// How many devices it is to have; `null`: not told.
    pub device_count: Option<u32>,
    /// Whether a device of it is missing.
    pub is_missing_devices: bool,
    /// Its devices.
    pub devices: Vec<BtrfsDevice>,
}

/// A device of a btrfs filesystem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BtrfsDevice {
    /// Its number in the filesystem.
    pub id: u64,
    /// The device; `null`: it is missing.
    pub path: Option<String>,
    /// Its size, in bytes; `null`: it is missing.
    pub size_bytes: Option<u64>,
    /// What of it is given to data and metadata, be it filled or not, in bytes; `null`: it is missing.
    pub allocated_bytes: Option<u64>,
}

impl Query for Btrfs {
    const ID: &'static str = "storage.btrfs";
    const TITLE: &'static str = "Btrfs filesystems and their devices";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = BtrfsList;
    const VARIANTS: &'static [Variant<NoArgs, BtrfsList>] = &[show::VARIANT];
}
