//! `services.supervisor`: the programs that supervisord keeps running.

mod supervisorctl;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The programs of supervisord.
pub struct Supervisor;

/// The answer of `services.supervisor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SupervisorProgramList {
    /// The programs, by name; empty: none is set up.
    pub programs: Vec<SupervisorProgram>,
}

/// A program of supervisord.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SupervisorProgram {
    /// Its name, in a group `workers:workers_00`.
    pub name: String,
    /// `STOPPED`, `STARTING`, `RUNNING`, `BACKOFF`, `STOPPING`, `EXITED`, `FATAL`, `UNKNOWN`.
    pub state: String,
    /// Its process; `null`: none runs.
    pub pid: Option<u32>,
    /// How long it has been running; `null`: it does not.
    pub running_seconds: Option<u64>,
    /// What else is told: why it does not run, or since when; `null`: nothing.
    pub detail: Option<String>,
}

impl Query for Supervisor {
    const ID: &'static str = "services.supervisor";
    const TITLE: &'static str = "Programs of supervisord";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SupervisorProgramList;
    const VARIANTS: &'static [Variant<NoArgs, SupervisorProgramList>] = &[supervisorctl::VARIANT];
}
