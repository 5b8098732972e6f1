//! `system.settings`: the kernel's settings.

mod sysctl;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The kernel's settings.
pub struct Settings;

/// The answer of `system.settings`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KernelSettingList {
    /// The settings that may be read, in the order of the tool.
    pub settings: Vec<KernelSetting>,
}

/// One setting, see `sysctl(8)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KernelSetting {
    /// Its name: `net.ipv4.ip_forward`. A dot in a part's own name is shown as `/`.
    pub name: String,
    /// Its value as the kernel has it, tabs between several; empty: none. A value of several lines
    /// is as many settings of one name.
    pub value: String,
}

impl Query for Settings {
    const ID: &'static str = "system.settings";
    const TITLE: &'static str = "The kernel's settings";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = KernelSettingList;
    const VARIANTS: &'static [Variant<NoArgs, KernelSettingList>] = &[sysctl::VARIANT];
}
