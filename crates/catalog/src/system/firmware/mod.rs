//! `system.firmware`: what the firmware tells of the machine: who built it, its serial numbers, its
//! memory modules.

mod dmidecode;
mod sysfs;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What the firmware tells of the machine.
pub struct Firmware;

/// The answer of `system.firmware`. What the firmware does not tell, or not to this user, is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MachineFirmware {
    /// Who wrote the firmware.
    pub vendor: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// When it was released.
    pub released_on: Option<NaiveDate>,
    /// The machine's own number.
    pub machine_uuid: Option<String>,
    /// The machine as a whole.
    pub system: MachinePart,
    /// Its main board.
    pub board: MachinePart,
    /// Its housing, which has no product's name.
    pub chassis: MachinePart,
    /// The places for memory, empty ones among them; `null`: the tool does not say.
    pub memory: Option<Vec<MemorySlot>>,
}

/// A part of the machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MachinePart {
    /// Who built it.
    pub manufacturer: Option<String>,
    /// What it is called.
    pub product: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its serial number; `null` also: only root may read it.
    pub serial_number: Option<String>,
}

/// A place for a memory module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemorySlot {
    /// Where it is on the board: `DIMM 0`.
    pub slot: Option<String>,
    /// How much the module holds; `null`: there is none.
    pub size_bytes: Option<u64>,
    /// Its kind: `DDR4`, `RAM`.
    pub kind: Option<String>,
    /// How fast it can be, in millions of transfers a second.
    pub megatransfers_per_second: Option<u64>,
    /// Who built it.
    pub manufacturer: Option<String>,
    /// Its part number.
    pub part_number: Option<String>,
    /// Its serial number.
    pub serial_number: Option<String>,
}

impl Query for Firmware {
    const ID: &'static str = "system.firmware";
    const TITLE: &'static str = "The machine by its firmware";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = MachineFirmware;
    const VARIANTS: &'static [Variant<NoArgs, MachineFirmware>] =
        &[dmidecode::VARIANT, sysfs::VARIANT];
}

/// What a field says; `None`: it is empty, or filled with the words for nothing.
fn told(text: &str) -> Option<String> {
    let text = text.trim();
    let is_none = matches!(
        text,
        "" | "Not Specified" | "Not Settable" | "Not Present" | "Unknown" | "None"
    );
    (!is_none).then(|| text.to_owned())
}

/// A date as SMBIOS prescribes it, `04/01/2014`: month, day, year.
fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%m/%d/%Y").ok()
}
