//! `packages.holds`: the packages that are kept from upgrades.

mod apt_mark;
mod dnf;
mod pacman;
mod versionlock;
mod zypper;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Packages that are held back.
pub struct Holds;

/// The answer of `packages.holds`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageHolds {
    /// In the tool's order; empty: none is held.
    pub holds: Vec<PackageHold>,
}

/// A hold, lock or exclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageHold {
    /// The package's name, or a pattern for names with `*`; for a group the group's name.
    pub package: String,
    /// The version it is held at, or that is excluded; `null`: any.
    pub version: Option<String>,
    /// The architecture it is for; `null`: any, or the server's own.
    pub architecture: Option<String>,
    /// What is held.
    pub kind: HoldKind,
}

/// What a hold keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HoldKind {
    /// The package stays as it is.
    Held,
    /// This version is never installed.
    Excluded,
    /// All packages of a group stay as they are.
    Group,
}

impl PackageHold {
    /// A package that stays as it is.
    fn held(package: &str) -> Self {
        Self {
            package: package.to_owned(),
            version: None,
            architecture: None,
            kind: HoldKind::Held,
        }
    }
}

impl Query for Holds {
    const ID: &'static str = "packages.holds";
    const TITLE: &'static str = "Packages that are held back";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = PackageHolds;
    const VARIANTS: &'static [Variant<NoArgs, PackageHolds>] = &[
        apt_mark::VARIANT,
        versionlock::VARIANT,
        dnf::VARIANT,
        zypper::VARIANT,
        pacman::VARIANT,
    ];
}
