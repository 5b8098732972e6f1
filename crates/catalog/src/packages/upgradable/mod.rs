//! `packages.upgradable`: the updates that wait, as far as the server knows without asking its
//! repositories.

mod apt;
mod apt_get;
mod dnf;
mod pacman;
mod zypper;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::NoArgs};

/// Updates that wait to be installed.
pub struct Upgradable;

/// The answer of `packages.upgradable`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UpgradableList {
    /// One for each package with an update; empty: all is up to date by the lists the server has.
    pub packages: Vec<PackageUpdate>,
}

/// A package and the version it could have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageUpdate {
    /// The package's name.
    pub name: String,
    /// The version that is installed; `null`: the tool does not say.
    pub installed_version: Option<String>,
    /// The version that waits.
    pub candidate_version: String,
    /// Its architecture in the distribution's words, `amd64` or `x86_64`; `null`: not told.
    pub architecture: Option<String>,
    /// Whether it comes as a security update; `null`: the tool does not say.
    pub security: Option<bool>,
}

/// Refuses an output of which nothing was understood.
fn understood(
    raw: &RawOutput<'_>,
    parsed: Parsed<UpgradableList>,
) -> Result<Parsed<UpgradableList>, ParseError> {
    if parsed.value.packages.is_empty() && !parsed.unread.is_empty() {
        let no_row = || ParseError::shape("no row of a list of updates");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

impl Query for Upgradable {
    const ID: &'static str = "packages.upgradable";
    const TITLE: &'static str = "Updates that wait to be installed";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = UpgradableList;
    const VARIANTS: &'static [Variant<NoArgs, UpgradableList>] = &[
        apt::VARIANT,
        apt_get::VARIANT,
        dnf::VARIANT,
        pacman::VARIANT,
        zypper::VARIANT,
    ];
}
