//! `services.boot_times`: how long the start of the server took, and what took long.

mod systemd_analyze;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// How long the start took.
pub struct BootTimes;

/// The answer of `services.boot_times`: `systemd-analyze(1)`. Lengths of time are as it rounds them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerBootTimes {
    /// The phases of the start, `firmware`, `loader`, `kernel`, `initrd`, `userspace`; empty: not
    /// asked for.
    pub phases: Vec<BootPhase>,
    /// All of them; `null`: not told, as where there is one alone.
    pub total_seconds: Option<f64>,
    /// What was to be reached, `graphical.target`; `null`: not told.
    pub target: Option<String>,
    /// When that was reached, from the begin of userspace; `null`: not, or not told.
    pub target_seconds: Option<f64>,
    /// The units by how long they took, the longest first; empty: not asked for.
    pub units: Vec<BootUnit>,
    /// The units that waited for each other, the last first; empty: not asked for.
    pub chain: Vec<BootChainUnit>,
}

/// A phase of the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BootPhase {
    /// Its name, `kernel`.
    pub name: String,
    /// How long it took.
    pub seconds: f64,
}

/// A unit and how long it took to start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BootUnit {
    /// Its name, `docker.service`.
    pub name: String,
    /// How long it took.
    pub seconds: f64,
}

/// A unit of the critical chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BootChainUnit {
    /// Its name, `docker.service`.
    pub name: String,
    /// How many units wait for it, one above the other.
    pub depth: u32,
    /// When it was started or reached, from the begin of userspace; `null`: not told.
    pub at_seconds: Option<f64>,
    /// How long it took; `null`: nothing to speak of.
    pub took_seconds: Option<f64>,
}

impl Query for BootTimes {
    const ID: &'static str = "services.boot_times";
    const TITLE: &'static str = "How long the start of the server took";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ServerBootTimes;
    const VARIANTS: &'static [Variant<NoArgs, ServerBootTimes>] = &[systemd_analyze::VARIANT];
}
