//! `system.host`: what systemd knows about the machine.

mod hostnamectl;
mod hostnamectl_text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What systemd knows about the machine.
pub struct Host;

/// The answer of `system.host`. What nobody has set, and what the version of systemd does not tell,
/// is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HostIdentity {
    /// The name in use; `null`: the text does not tell where it is the static one.
    pub hostname: Option<String>,
    /// The name that was set for good.
    pub static_hostname: Option<String>,
    /// The name for people.
    pub pretty_hostname: Option<String>,
    /// The kind of machine: `server`, `vm`, `container`, `laptop`.
    pub chassis: Option<String>,
    /// What it is for, in its owner's word: `production`.
    pub deployment: Option<String>,
    /// Where it is, in its owner's words.
    pub location: Option<String>,
    /// What it runs in, in the words of `systemd-detect-virt(1)`.
    pub virtualization: Option<String>,
    /// The distribution for people.
    pub operating_system: Option<String>,
    /// The distribution in the form of CPE.
    pub operating_system_cpe: Option<String>,
    /// The kernel's name and release: `Linux 6.1.0-18-amd64`.
    pub kernel: Option<String>,
    /// The machine, in systemd's word: `x86-64`.
    pub architecture: Option<String>,
    /// Who built the hardware.
    pub hardware_vendor: Option<String>,
    /// Which hardware it is.
    pub hardware_model: Option<String>,
    /// The version of its firmware.
    pub firmware_version: Option<String>,
    /// `machine-id(5)`.
    pub machine_id: Option<String>,
    /// The kernel's id of this start.
    pub boot_id: Option<String>,
}

impl Query for Host {
    const ID: &'static str = "system.host";
    const TITLE: &'static str = "What systemd knows about the machine";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = HostIdentity;
    const VARIANTS: &'static [Variant<NoArgs, HostIdentity>] =
        &[hostnamectl::VARIANT, hostnamectl_text::VARIANT];
}
