//! `services.runit`: the services that runit keeps running.

mod sv;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The services of runit.
pub struct Runit;

/// The answer of `services.runit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunitServiceList {
    /// The services, each followed by the service of its log where it has one.
    pub services: Vec<RunitService>,
}

/// A service of runit as `sv(8) status` tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunitService {
    /// Its folder as it was asked for; of its log the same with `/log` behind it.
    pub name: String,
    /// `run`, `down`, `finish`.
    pub state: String,
    /// Its process; `null`: none runs.
    pub pid: Option<u32>,
    /// How long it has been in this state.
    pub since_seconds: u64,
    /// What else is told: `normally up`, `want down`, `got TERM`, `paused`.
    pub remarks: Vec<String>,
}

impl Query for Runit {
    const ID: &'static str = "services.runit";
    const TITLE: &'static str = "Services of runit";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = RunitServiceList;
    const VARIANTS: &'static [Variant<NoArgs, RunitServiceList>] = &[sv::VARIANT];
}
