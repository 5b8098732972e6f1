//! `packages.restarts`: services and processes that still run files which an upgrade replaced.

mod needrestart;
mod proc;
mod zypper;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What is to be restarted after upgrades.
pub struct Restarts;

/// The answer of `packages.restarts`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaleList {
    /// Services that run replaced files; empty: none.
    pub services: Vec<StaleService>,
    /// Processes that do, one for each; empty: none, or the tool tells of services alone.
    pub processes: Vec<StaleProcess>,
    /// Sessions of users that do, in needrestart's words; empty: none, or not told.
    pub sessions: Vec<String>,
}

/// A service that runs replaced files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaleService {
    /// Its unit; `systemd-manager` is systemd itself.
    pub name: String,
    /// Whether needrestart would not restart it by itself; `null`: not told.
    pub deferred: Option<bool>,
}

/// A process that runs replaced files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaleProcess {
    /// Its id.
    pub pid: u32,
    /// Its program's name.
    pub command: String,
    /// The unit it belongs to; `null`: none, or not told.
    pub service: Option<String>,
    /// A file that it runs and that is gone; `null`: not told.
    pub file: Option<String>,
}

impl StaleList {
    /// Names the services of the processes, each once.
    fn name_services(&mut self) {
        let mut known = BTreeSet::new();
        for name in self.processes.iter().filter_map(|it| it.service.as_deref()) {
            if known.insert(name) {
                self.services.push(StaleService {
                    name: name.to_owned(),
                    deferred: None,
                });
            }
        }
    }
}

impl Query for Restarts {
    const ID: &'static str = "packages.restarts";
    const TITLE: &'static str = "What is to be restarted after upgrades";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = StaleList;
    const VARIANTS: &'static [Variant<NoArgs, StaleList>] =
        &[needrestart::VARIANT, zypper::VARIANT, proc::VARIANT];
}
