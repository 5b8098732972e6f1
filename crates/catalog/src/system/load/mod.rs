//! `system.load`: load averages, as `uptime` shows them.

mod line;
mod proc;
mod uptime;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use line::UptimeLine;

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Load averages and how long the server has been up.
pub struct Load;

/// The answer of `system.load`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadAverages {
    /// Runnable and uninterruptible tasks, averaged over one minute.
    pub one: f64,
    /// Over five minutes.
    pub five: f64,
    /// Over fifteen minutes.
    pub fifteen: f64,
    /// Kernel scheduling entities that are runnable now; `null`: the tool does not say.
    pub runnable: Option<u32>,
    /// Kernel scheduling entities there are; `null`: the tool does not say.
    pub processes: Option<u32>,
    /// Seconds since boot, of some tools in whole minutes; `null`: not known.
    pub uptime_seconds: Option<f64>,
}

impl Query for Load {
    const ID: &'static str = "system.load";
    const TITLE: &'static str = "Load averages";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = LoadAverages;
    const VARIANTS: &'static [Variant<NoArgs, LoadAverages>] = &[proc::VARIANT, uptime::VARIANT];
}
