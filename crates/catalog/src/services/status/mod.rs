//! `services.status`: what `systemctl status` tells people of a unit, with the end of its log.

mod block;
mod systemctl;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::UnitNamed;
use crate::{Capability, Query, Variant};

/// What `systemctl status` tells.
pub struct Status;

/// The answer of `services.status`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceStatusList {
    /// The units that were asked for and are known.
    pub units: Vec<ServiceStatus>,
    /// The names of those that could not be found; empty: all were.
    pub not_found: Vec<String>,
}

/// A unit as `systemctl(1) status` tells of it; the states are systemd's own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceStatus {
    /// Its name with its suffix.
    pub name: String,
    /// What it is, for people; `null`: not told.
    pub description: Option<String>,
    /// `loaded`, `not-found`, `masked`, `bad-setting`, `error`.
    pub load_state: String,
    /// Why it is not loaded; `null`: it is, or no reason is told.
    pub load_reason: Option<String>,
    /// The file that defines it; `null`: none does, or not told.
    pub path: Option<String>,
    /// Whether it starts by itself: `enabled`, `disabled`, `static`, `generated`; `null`: not told.
    pub enabled: Option<String>,
    /// What the distribution would make of it: `enabled`, `disabled`; `null`: not told.
    pub preset: Option<String>,
    /// The files that change its definition; empty: none.
    pub drop_ins: Vec<String>,
    /// `active`, `inactive`, `failed`, `activating`, `deactivating`, `reloading`; `null`: not told.
    pub active_state: Option<String>,
    /// The state in the words of the unit's type, `running`; `null`: not told, as where it failed.
    pub sub_state: Option<String>,
    /// How it ended: `exit-code`, `timeout`; `null`: not told.
    pub result: Option<String>,
    /// Since when it is in this state; `null`: never in another, or of a zone of which nobody can
    /// tell the offset (see `since_shown`).
    pub since: Option<DateTime<Utc>>,
    /// The same as it was printed; `null`: not told.
    pub since_shown: Option<String>,
    /// How long that is ago, as roughly as it was said; `null`: not told.
    pub since_seconds: Option<f64>,
    /// The main process; `null`: none runs, or the unit's type has none.
    pub main_pid: Option<u32>,
    /// What the main process is called; `null` likewise.
    pub main_process: Option<String>,
    /// How many tasks run in it; `null`: not told.
    pub tasks: Option<u64>,
    /// How many may; `null`: not told.
    pub tasks_limit: Option<u64>,
    /// The memory in use, rounded as it was printed; `null`: not told.
    pub memory_bytes: Option<u64>,
    /// The processor time it has taken; `null`: not told.
    pub cpu_seconds: Option<f64>,
    /// Its control group; `null`: not told.
    pub control_group: Option<String>,
    /// The processes in that group.
    pub processes: Vec<ServiceProcess>,
    /// The units that start it: sockets, timers.
    pub triggered_by: Vec<String>,
    /// The units it starts.
    pub triggers: Vec<String>,
    /// All else that is told of it, in its order: `Docs`, `Process`, `Listen`, `Trigger`.
    pub details: Vec<ServiceDetail>,
    /// The end of its log; empty: none, or not to be read by this user.
    pub log: Vec<ServiceLogLine>,
}

/// A process of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceProcess {
    /// Its number.
    pub pid: u32,
    /// Its command line, perhaps cut.
    pub command: String,
}

/// A line of `systemctl status` that has no field of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDetail {
    /// Its heading: `Docs`.
    pub name: String,
    /// What stands behind it; line feeds between several lines.
    pub value: String,
}

/// A line of a unit's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceLogLine {
    /// The moment as it was printed, mostly without year and zone.
    pub time_shown: String,
    /// The program that says it; `null`: not told.
    pub identifier: Option<String>,
    /// Its process; `null`: not told.
    pub pid: Option<u32>,
    /// What it says.
    pub message: String,
}

impl Query for Status {
    const ID: &'static str = "services.status";
    const TITLE: &'static str = "What systemctl tells of a unit, with the end of its log";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = UnitNamed;
    type Answer = ServiceStatusList;
    const VARIANTS: &'static [Variant<UnitNamed, ServiceStatusList>] = &[systemctl::VARIANT];
}
