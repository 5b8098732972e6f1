//! `system.devices`: what is plugged into the server's PCI bus.

mod lspci;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What is plugged into the server's PCI bus.
pub struct Devices;

/// The answer of `system.devices`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PciDeviceList {
    /// The devices by their slots; empty: there are none.
    pub devices: Vec<PciDevice>,
}

/// One device, see `lspci(8)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PciDevice {
    /// Where it is: `00:02.0`, with a domain `0000:00:02.0`.
    pub slot: String,
    /// What kind of device it is: `Ethernet controller`.
    pub class: String,
    /// Who built it; `null`: the text does not tell where that ends.
    pub vendor: Option<String>,
    /// What it is called; of the text with its builder before it.
    pub device: String,
    /// Its revision, two hexadecimal digits; `null`: the first, or not told.
    pub revision: Option<String>,
    /// Who built the card around it; `null`: not told.
    pub subsystem_vendor: Option<String>,
    /// What that card is called; `null`: not told.
    pub subsystem_device: Option<String>,
}

impl Query for Devices {
    const ID: &'static str = "system.devices";
    const TITLE: &'static str = "Devices on the PCI bus";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = PciDeviceList;
    const VARIANTS: &'static [Variant<NoArgs, PciDeviceList>] = &[lspci::VARIANT];
}
