//! `services.states`: the states of units, each in one word.

mod systemctl;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::UnitNamed;
use crate::{Capability, Query, Variant};

/// The state of a unit in one word.
pub struct States;

/// The answer of `services.states`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceStateList {
    /// A word for each unit that was asked for, in that order (older versions leave out those
    /// without a file): whether it runs (`active`,
    /// `inactive`, `failed`, `unknown`), or whether it starts by itself (`enabled`, `static`,
    /// `masked`), or how the system is as a whole (`running`, `degraded`).
    pub states: Vec<String>,
}

impl Query for States {
    const ID: &'static str = "services.states";
    const TITLE: &'static str = "The state of a unit in one word";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = UnitNamed;
    type Answer = ServiceStateList;
    const VARIANTS: &'static [Variant<UnitNamed, ServiceStateList>] = &[systemctl::VARIANT];
}
