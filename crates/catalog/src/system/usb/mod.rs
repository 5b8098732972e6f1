//! `system.usb`: what is plugged into the server's USB buses.

mod lsusb;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What is plugged into the server's USB buses.
pub struct Usb;

/// The answer of `system.usb`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsbDeviceList {
    /// The devices, the buses' own hubs among them; empty: there is no bus.
    pub devices: Vec<UsbDevice>,
}

/// One device, see `lsusb(8)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsbDevice {
    /// The number of its bus, from 1.
    pub bus: u32,
    /// Its number on the bus, from 1, which is the bus's own hub.
    pub device: u32,
    /// Who built it, four hexadecimal digits.
    pub vendor_id: String,
    /// What it is, four hexadecimal digits.
    pub product_id: String,
    /// Who built it and what it is called; `null`: not told.
    pub name: Option<String>,
}

impl Query for Usb {
    const ID: &'static str = "system.usb";
    const TITLE: &'static str = "Devices on the USB buses";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = UsbDeviceList;
    const VARIANTS: &'static [Variant<NoArgs, UsbDeviceList>] = &[lsusb::VARIANT];
}
