//! `packages.installed`: the packages of the distribution that are on the server.

mod apt;
mod dnf;
mod dpkg;
mod dpkg_format;
mod pacman;
mod rpm;
mod zypper;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::NoArgs};

/// Packages that are installed.
pub struct Installed;

/// The answer of `packages.installed`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstalledList {
    /// One for each package, in the tool's order. What is known but not installed is left out.
    pub packages: Vec<InstalledPackage>,
}

/// A package on the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstalledPackage {
    /// Its name, without the architecture.
    pub name: String,
    /// Its version in the distribution's form, `epoch:version-release`; `null`: the tool does not
    /// say. `rpm -qa` as people type it leaves the epoch out.
    pub version: Option<String>,
    /// Its architecture in the distribution's words, `amd64` or `x86_64`; `null`: not told.
    pub architecture: Option<String>,
    /// How far it is installed.
    pub state: PackageState,
    /// Whether it is held back from upgrades; `null`: the tool does not say.
    pub held: Option<bool>,
    /// Whether it came as a dependency of another; `null`: the tool does not say.
    pub automatic: Option<bool>,
    /// The source package it was built from; `null`: not told.
    pub source: Option<String>,
    /// The repository it came from, or those that have this version, in the tool's words; `null`:
    /// not told, or of no repository.
    pub repository: Option<String>,
    /// What its files take; `null`: not told.
    pub size_bytes: Option<u64>,
    /// When it was installed or last upgraded; `null`: not told, or in a zone that is not known.
    pub installed_at: Option<DateTime<Utc>>,
    /// What it is, in a line; a table of a narrow terminal may have cut it. `null`: not told.
    pub description: Option<String>,
}

/// How far a package is installed, as `dpkg(1)` tells it; other tools know `installed` alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PackageState {
    /// It is there.
    Installed,
    /// It was removed; its configuration is still there.
    ConfigFiles,
    /// An installation was begun and not ended.
    HalfInstalled,
    /// It was unpacked and not configured.
    Unpacked,
    /// A configuration was begun and not ended.
    HalfConfigured,
    /// It waits for another package's triggers.
    TriggersAwaited,
    /// Its own triggers are still to run.
    TriggersPending,
}

impl InstalledPackage {
    /// An installed package of which no more is known.
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: None,
            architecture: None,
            state: PackageState::Installed,
            held: None,
            automatic: None,
            source: None,
            repository: None,
            size_bytes: None,
            installed_at: None,
            description: None,
        }
    }
}

/// A cell's text; `None`: empty, or rpm's `(none)`.
fn told(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text != "(none)").then(|| text.to_owned())
}

/// Refuses an output of which nothing was understood.
fn understood(
    raw: &RawOutput<'_>,
    parsed: Parsed<InstalledList>,
) -> Result<Parsed<InstalledList>, ParseError> {
    if parsed.value.packages.is_empty() && !parsed.unread.is_empty() {
        let no_row = || ParseError::shape("no row of a package list");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

impl Query for Installed {
    const ID: &'static str = "packages.installed";
    const TITLE: &'static str = "Packages that are installed";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = InstalledList;
    const VARIANTS: &'static [Variant<NoArgs, InstalledList>] = &[
        dpkg::VARIANT,
        rpm::VARIANT,
        pacman::VARIANT,
        apt::VARIANT,
        dnf::VARIANT,
        zypper::VARIANT,
    ];
}
