//! `packages.info`: what the server knows about one package, in the versions that it knows.

mod apt_policy;
mod deb;
mod dnf;
mod pacman;
mod rpm;
mod zypper;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::PackageName};

/// What is known about a package.
pub struct Info;

/// The arguments of `packages.info`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageNamed {
    /// The package.
    pub package: PackageName,
}

/// The answer of `packages.info`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageDetails {
    /// One for each version and architecture that is known; empty: there is no such package.
    pub records: Vec<PackageRecord>,
}

/// A version of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageRecord {
    /// Its name.
    pub name: String,
    /// Its version in the distribution's form, `epoch:version-release`; `null`: it has none, for it
    /// is not installed and no repository has it.
    pub version: Option<String>,
    /// Its architecture in the distribution's words; `null`: not told.
    pub architecture: Option<String>,
    /// Whether it is on the server, of zypper in this or another version; `null`: not told.
    pub installed: Option<bool>,
    /// The source package it was built from; `null`: not told, or of the same name.
    pub source: Option<String>,
    /// Where it comes from, in the tool's words; `null`: not told.
    pub repository: Option<String>,
    /// Its section or group in the distribution's words; `null`: not told.
    pub section: Option<String>,
    /// Its license; `null`: not told.
    pub license: Option<String>,
    /// Its web page; `null`: not told.
    pub homepage: Option<String>,
    /// Who maintains or packed it; `null`: not told.
    pub maintainer: Option<String>,
    /// What it takes when it is installed, rounded as the tool shows it; `null`: not told.
    pub size_bytes: Option<u64>,
    /// What is to be fetched for it, rounded as the tool shows it; `null`: not told.
    pub download_bytes: Option<u64>,
    /// What it depends on, in the distribution's form; empty: nothing, or not told.
    pub depends: Vec<String>,
    /// What it is, in a line; `null`: not told.
    pub summary: Option<String>,
    /// What it is, at length, lines as they are; `null`: not told.
    pub description: Option<String>,
}

/// A cell's text; `None`: empty, or rpm's and dnf's words for none.
fn told(text: &str) -> Option<String> {
    let text = text.trim();
    let is_none = matches!(
        text,
        "" | "(none)" | "None" | "<unknown>" | "unspecified" | "Unspecified"
    );
    (!is_none).then(|| text.to_owned())
}

/// Refuses an output of which nothing was understood.
fn understood(
    raw: &RawOutput<'_>,
    parsed: Parsed<PackageDetails>,
) -> Result<Parsed<PackageDetails>, ParseError> {
    if parsed.value.records.is_empty() {
        let no_record = || ParseError::shape("no record of a package");
        return Err(raw.complaint().unwrap_or_else(no_record));
    }
    Ok(parsed)
}

impl Query for Info {
    const ID: &'static str = "packages.info";
    const TITLE: &'static str = "What is known about a package";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = PackageNamed;
    type Answer = PackageDetails;
    const VARIANTS: &'static [Variant<PackageNamed, PackageDetails>] = &[
        deb::VARIANT,
        apt_policy::VARIANT,
        dnf::VARIANT,
        rpm::VARIANT,
        pacman::VARIANT,
        zypper::VARIANT,
    ];
}
