//! `services.openrc`: the services of OpenRC by runlevel, and how they are.

mod rc_status;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The services of OpenRC.
pub struct Openrc;

/// The answer of `services.openrc`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenrcServiceList {
    /// One for each service in each runlevel; empty: the runlevels are.
    pub services: Vec<OpenrcService>,
}

/// A service of OpenRC as `rc-status(8)` tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenrcService {
    /// Its name, `sshd`.
    pub name: String,
    /// The runlevel it stands in: `default`, `boot`, `sysinit`, `hotplugged`, `needed/wanted`,
    /// `manual`; `null`: not told.
    pub runlevel: Option<String>,
    /// Whether OpenRC itself put it there: `hotplugged`, `needed/wanted`, `manual`.
    pub is_dynamic: bool,
    /// `started`, `stopped`, `starting`, `stopping`, `inactive`, `crashed`, `failed`, `scheduled`,
    /// `unsupervised`.
    pub state: String,
    /// How long a supervised service has been running; `null`: not told.
    pub running_seconds: Option<u64>,
    /// How often its supervisor has started it anew; `null`: not told.
    pub restarts: Option<u64>,
}

impl Query for Openrc {
    const ID: &'static str = "services.openrc";
    const TITLE: &'static str = "Services of OpenRC by runlevel";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = OpenrcServiceList;
    const VARIANTS: &'static [Variant<NoArgs, OpenrcServiceList>] = &[rc_status::VARIANT];
}
