//! `system.uptime`: since when the server runs.

mod proc;
mod since;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Since when the server runs.
pub struct Uptime;

/// The answer of `system.uptime`; at least one field is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimeUp {
    /// When the kernel was started; `null`: not told, or in a zone that is not certain.
    pub booted_at: Option<DateTime<Utc>>,
    /// When it was started as the tool prints it, in the server's own zone; `null`: not told, or in
    /// `bootedAt`.
    pub booted_shown: Option<String>,
    /// Seconds since then, of `uptime -p` in whole minutes; `null`: not told.
    pub uptime_seconds: Option<f64>,
}

impl Query for Uptime {
    const ID: &'static str = "system.uptime";
    const TITLE: &'static str = "Since when the server runs";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = TimeUp;
    const VARIANTS: &'static [Variant<NoArgs, TimeUp>] = &[proc::VARIANT, since::VARIANT];
}
