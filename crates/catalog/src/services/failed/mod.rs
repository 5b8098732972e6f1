//! `services.failed`: the units that should run and do not.

mod openrc;
mod systemctl;
mod systemctl_text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Services that have failed.
pub struct Failed;

/// How people ask systemd for them.
const READS: &[&str] = &[
    "systemctl --failed|--state=failed",
    "systemctl --state failed",
    "systemctl list-units --failed|--state=failed",
    "systemctl list-units --state failed",
];

/// The answer of `services.failed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FailedUnits {
    /// The failed units; empty: all is well.
    pub units: Vec<FailedUnit>,
}

/// A unit of systemd or a service of OpenRC that has failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FailedUnit {
    /// Its name, `nginx.service` under systemd, `nginx` under OpenRC.
    pub name: String,
    /// What it is, for people; `null`: the tool does not say.
    pub description: Option<String>,
    /// `failed`, or `crashed` for a daemon that OpenRC started and that is gone.
    pub state: String,
}

impl Query for Failed {
    const ID: &'static str = "services.failed";
    const TITLE: &'static str = "Services that have failed";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = FailedUnits;
    const VARIANTS: &'static [Variant<NoArgs, FailedUnits>] =
        &[systemctl::VARIANT, systemctl_text::VARIANT, openrc::VARIANT];
}
