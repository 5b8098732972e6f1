//! `system.pressure`: how much time is lost for want of processors, memory and disks.

mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// How much time is lost by waiting.
pub struct Pressure;

/// The answer of `system.pressure`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PressureList {
    /// What is waited for, twice each: by some, and by all.
    pub pressures: Vec<PressureOf>,
}

/// How long is waited for one resource, see the kernel's `psi.rst`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PressureOf {
    /// `cpu`, `memory`, `io` or `irq`.
    pub resource: String,
    /// `some`: at least one task waits; `full`: all that could do something do.
    pub kind: String,
    /// Share of the last ten seconds.
    pub ten_seconds_percent: f64,
    /// Share of the last minute.
    pub minute_percent: f64,
    /// Share of the last five minutes.
    pub five_minutes_percent: f64,
    /// All the time since boot.
    pub total_seconds: f64,
}

impl Query for Pressure {
    const ID: &'static str = "system.pressure";
    const TITLE: &'static str = "Time lost by waiting for processors, memory and disks";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = PressureList;
    const VARIANTS: &'static [Variant<NoArgs, PressureList>] = &[proc::VARIANT];
}
