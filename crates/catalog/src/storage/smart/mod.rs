//! `storage.smart`: what the disks say of their own health.

mod json;
mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The disks' own word on their health.
pub struct Smart;

/// The answer of `storage.smart`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SmartReport {
    /// The disks that were asked and answered.
    pub disks: Vec<SmartDisk>,
}

/// A disk. What it, or the part of the report that was asked for, does not tell is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SmartDisk {
    /// The device, `/dev/sda`.
    pub device: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// Its firmware's version.
    pub firmware: Option<String>,
    /// Its size in bytes.
    pub size_bytes: Option<u64>,
    /// Whether it deems itself healthy.
    pub is_healthy: Option<bool>,
    /// Its temperature in degrees Celsius.
    pub temperature_celsius: Option<i64>,
    /// How long it has been running, in hours.
    pub power_on_hours: Option<u64>,
    /// How often it has been switched on.
    pub power_cycles: Option<u64>,
    /// How much of its life is used, in percent, as an NVMe disk reckons it; more than 100 can be.
    pub wear_percent: Option<u64>,
    /// How much of an NVMe disk's spare blocks is left, in percent.
    pub spare_percent: Option<u64>,
    /// Errors of an NVMe disk's medium, data lost or not.
    pub media_errors: Option<u64>,
    /// The attributes of an ATA disk; empty: it has none, or they were not asked for.
    pub attributes: Vec<SmartAttribute>,
}

/// An attribute of an ATA disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SmartAttribute {
    /// Its number.
    pub id: u32,
    /// Its name, `Reallocated_Sector_Ct`.
    pub name: String,
    /// Its value now, made so that more is better.
    pub value: Option<u32>,
    /// The lowest that its value has been.
    pub worst: Option<u32>,
    /// At and below this value it counts as failed; `null`: none.
    pub threshold: Option<u32>,
    /// Whether it has failed: `now`, `past`; `null`: it has not.
    pub failed: Option<String>,
    /// Its raw value, as the tool shows it: `31 (Min/Max 31/31)`.
    pub raw: String,
}

impl Query for Smart {
    const ID: &'static str = "storage.smart";
    const TITLE: &'static str = "The disks' own word on their health";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SmartReport;
    const VARIANTS: &'static [Variant<NoArgs, SmartReport>] = &[json::VARIANT, text::VARIANT];
}
