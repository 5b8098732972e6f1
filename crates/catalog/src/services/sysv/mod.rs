//! `services.sysv`: the services with scripts in `/etc/init.d`, and whether they run.

mod service;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The services with scripts of System V.
pub struct Sysv;

/// The answer of `services.sysv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SysvServiceList {
    /// The services, by name; those that cannot tell may be missing.
    pub services: Vec<SysvService>,
}

/// A service with a script in `/etc/init.d`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SysvService {
    /// Its name, `ssh`.
    pub name: String,
    /// Whether it says that it runs; `null`: its script cannot tell.
    pub is_running: Option<bool>,
}

impl Query for Sysv {
    const ID: &'static str = "services.sysv";
    const TITLE: &'static str = "Services with scripts in /etc/init.d";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SysvServiceList;
    const VARIANTS: &'static [Variant<NoArgs, SysvServiceList>] = &[service::VARIANT];
}
