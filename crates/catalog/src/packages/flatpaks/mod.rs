//! `packages.flatpaks`: what is installed by flatpak, beside the packages of the distribution.

mod flatpak;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What is installed by flatpak.
pub struct Flatpaks;

/// The answer of `packages.flatpaks`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FlatpakList {
    /// Applications and runtimes in the tool's order; empty: none is installed.
    pub installed: Vec<Flatpak>,
}

/// An application or a runtime, see `flatpak-list(1)`. What was not asked for is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Flatpak {
    /// Its id: `org.mozilla.firefox`.
    pub application: String,
    /// What it is called.
    pub name: Option<String>,
    /// Its version; `null` also: it tells none, as runtimes do.
    pub version: Option<String>,
    /// Its branch: `stable`.
    pub branch: Option<String>,
    /// Its architecture.
    pub architecture: Option<String>,
    /// The remote it came from.
    pub origin: Option<String>,
    /// For whom it is installed: `system`, `user`.
    pub installation: Option<String>,
}

impl Query for Flatpaks {
    const ID: &'static str = "packages.flatpaks";
    const TITLE: &'static str = "What is installed by flatpak";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = FlatpakList;
    const VARIANTS: &'static [Variant<NoArgs, FlatpakList>] = &[flatpak::VARIANT];
}
