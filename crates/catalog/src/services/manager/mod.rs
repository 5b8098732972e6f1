//! `services.manager`: how systemd is as a whole.

mod systemctl_show;
mod systemctl_status;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// How systemd is as a whole.
pub struct Manager;

/// The answer of `services.manager`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceManagerState {
    /// `running` (all is well), `degraded` (a unit has failed), `starting`, `maintenance`,
    /// `stopping`.
    pub state: String,
    /// How many units have failed; `null`: not told.
    pub failed_units: Option<u64>,
    /// How many jobs wait; `null`: not told.
    pub jobs: Option<u64>,
    /// How many units are loaded, by all their names; `null`: not told, as by old versions.
    pub loaded_units: Option<u64>,
    /// Its version, `252.39-1~deb12u2`; `null`: not told.
    pub version: Option<String>,
    /// What is odd about the system: `unmerged-bin`, `cgroupsv1`; empty: nothing, or not told.
    pub tainted: Vec<String>,
    /// When userspace began; `null`: not told, or of a zone of which nobody can tell the offset.
    pub since: Option<DateTime<Utc>>,
    /// The same as it was printed; `null`: not told.
    pub since_shown: Option<String>,
}

impl Query for Manager {
    const ID: &'static str = "services.manager";
    const TITLE: &'static str = "How systemd is as a whole";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ServiceManagerState;
    const VARIANTS: &'static [Variant<NoArgs, ServiceManagerState>] =
        &[systemctl_show::VARIANT, systemctl_status::VARIANT];
}
