//! `services.units`: the units systemd has in memory, and how they are.

mod systemctl;
mod systemctl_text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

pub(super) use systemctl_text::UnitTable;

/// The units that systemd has loaded.
pub struct Units;

/// The answer of `services.units`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceUnitList {
    /// The units, in the order of the tool; empty: none is of the kind that was asked for.
    pub units: Vec<ServiceUnit>,
}

/// A unit as `systemctl(1) list-units` tells of it; the states are systemd's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceUnit {
    /// Its name with its suffix, `nginx.service`; with `…` or `...` in it where a narrow terminal
    /// cut it.
    pub name: String,
    /// `loaded`, `not-found`, `masked`, `bad-setting`, `error`, `merged`, `stub`.
    pub load_state: String,
    /// `active`, `inactive`, `failed`, `activating`, `deactivating`, `reloading`, `maintenance`,
    /// `refreshing`.
    pub active_state: String,
    /// The state in the words of the unit's type: `running`, `exited`, `mounted`.
    pub sub_state: String,
    /// What is about to happen to it: `start`, `stop`, `restart`; `null`: nothing, or not told.
    pub job: Option<String>,
    /// What it is, for people; `null`: not told.
    pub description: Option<String>,
}

impl Query for Units {
    const ID: &'static str = "services.units";
    const TITLE: &'static str = "Units of systemd and how they are";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ServiceUnitList;
    const VARIANTS: &'static [Variant<NoArgs, ServiceUnitList>] =
        &[systemctl::VARIANT, systemctl_text::VARIANT];
}
