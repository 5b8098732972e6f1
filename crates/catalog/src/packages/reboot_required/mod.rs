//! `packages.reboot_required`: whether updates ask for a restart of the whole server.

mod marks;
mod needrestart;
mod needs_restarting;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Whether a restart is due.
pub struct RebootRequired;

/// The answer of `packages.reboot_required`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RebootState {
    /// Whether the server is to be restarted; `null`: nobody on it keeps track of that.
    pub required: Option<bool>,
    /// The packages for which it is; empty: none, or not told.
    pub packages: Vec<String>,
    /// The kernel that runs; `null`: not told.
    pub running_kernel: Option<String>,
    /// The kernel that would run after a restart; `null`: not told.
    pub expected_kernel: Option<String>,
}

impl Query for RebootRequired {
    const ID: &'static str = "packages.reboot_required";
    const TITLE: &'static str = "Whether updates ask for a restart";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = RebootState;
    const VARIANTS: &'static [Variant<NoArgs, RebootState>] = &[
        needrestart::VARIANT,
        needs_restarting::VARIANT,
        marks::VARIANT,
    ];
}
