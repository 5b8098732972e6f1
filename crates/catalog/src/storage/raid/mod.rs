//! `storage.raid`: the arrays that Linux makes of disks.

mod mdadm;
mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Software RAID arrays.
pub struct Raid;

/// The answer of `storage.raid`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RaidArrayList {
    /// The arrays; empty: none.
    pub arrays: Vec<RaidArray>,
}

/// An array. What a tool does not tell is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RaidArray {
    /// Its device, `/dev/md0`.
    pub device: String,
    /// `raid1`, `raid5`, `linear` and so on; `null`: not told, as of an inactive one.
    pub level: Option<String>,
    /// The tool's own words: `active`, `inactive`, `clean, degraded, recovering`.
    pub state: String,
    /// Whether a device is missing or has failed, and nothing has taken its place yet.
    pub is_degraded: Option<bool>,
    /// What it holds, in bytes.
    pub size_bytes: Option<u64>,
    /// How many devices it is to have, spares not counted.
    pub slots: Option<u32>,
    /// How many of these work.
    pub working: Option<u32>,
    /// Its devices, spares and failed ones among them.
    pub members: Vec<RaidMember>,
    /// What is being done to it: `resync`, `recovery`, `reshape`, `check`, `rebuild`; `null`: nothing.
    pub operation: Option<String>,
    /// How far that is, 0 to 100; `null`: it waits, or is not told.
    pub operation_percent: Option<f64>,
    /// How long that will take still, in seconds.
    pub operation_seconds: Option<u64>,
    /// Its UUID, as mdadm writes it.
    pub uuid: Option<String>,
}

/// A device of an array.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RaidMember {
    /// The device, `/dev/sda1`.
    pub device: String,
    /// Whether it waits to take another's place.
    pub is_spare: bool,
    /// Whether it has failed.
    pub is_faulty: bool,
    /// The tool's own words: `active sync`, `spare rebuilding`; `null`: it has none.
    pub state: Option<String>,
}

impl Query for Raid {
    const ID: &'static str = "storage.raid";
    const TITLE: &'static str = "Software RAID arrays";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = RaidArrayList;
    const VARIANTS: &'static [Variant<NoArgs, RaidArrayList>] = &[proc::VARIANT, mdadm::VARIANT];
}
