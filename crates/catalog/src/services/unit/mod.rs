//! `services.unit`: how one unit of systemd is.

mod systemctl;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::UnitName};

/// How one unit is.
pub struct Unit;

/// The arguments of `services.unit`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitNamed {
    /// The unit, with its suffix.
    pub unit: UnitName,
}

/// The answer of `services.unit`; the states are systemd's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnitStatus {
    /// Its name; for an alias the name it stands for.
    pub name: String,
    /// What it is, for people; the name where nothing better is known.
    pub description: String,
    /// `loaded`, `not-found` (there is no such unit), `masked`, `bad-setting`, `error`.
    pub load_state: String,
    /// `active`, `inactive`, `failed`, `activating`, `deactivating`, `reloading`.
    pub active_state: String,
    /// The state in the words of the unit's type: `running`, `exited`, `mounted`.
    pub sub_state: String,
    /// How it ended the last time: `success`, `exit-code`, `timeout`; `null`: its type has none.
    pub result: Option<String>,
    /// The main process; `null`: none runs, or the unit's type has none.
    pub main_pid: Option<u32>,
    /// Since when it is in this state; `null`: since the start of the server, or not told.
    pub since: Option<DateTime<Utc>>,
    /// The file that defines it; `null`: none does.
    pub fragment_path: Option<String>,
}

impl Query for Unit {
    const ID: &'static str = "services.unit";
    const TITLE: &'static str = "How one unit is";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = UnitNamed;
    type Answer = UnitStatus;
    const VARIANTS: &'static [Variant<UnitNamed, UnitStatus>] = &[systemctl::VARIANT];
}
