//! `services.rc_update`: which services OpenRC starts in which runlevels.

mod show;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What OpenRC starts.
pub struct RcUpdate;

/// The answer of `services.rc_update`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenrcStartList {
    /// The services; empty: none is in a runlevel.
    pub services: Vec<OpenrcStart>,
}

/// A service and the runlevels it is started in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenrcStart {
    /// Its name, `sshd`.
    pub name: String,
    /// The runlevels, `default`, `boot`; empty: it does not start by itself.
    pub runlevels: Vec<String>,
}

impl Query for RcUpdate {
    const ID: &'static str = "services.rc_update";
    const TITLE: &'static str = "What OpenRC starts in which runlevels";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = OpenrcStartList;
    const VARIANTS: &'static [Variant<NoArgs, OpenrcStartList>] = &[show::VARIANT];
}
