//! `packages.search`: packages whose name or description holds a word, as far as the server knows
//! without asking its repositories.

mod apt;
mod apt_cache;
mod dnf;
mod pacman;
mod zypper;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::SearchTerm};

/// Packages that fit a word.
pub struct Search;

/// The arguments of `packages.search`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageSearch {
    /// What to look for; the tools take it as a pattern, so a dot fits any character.
    pub term: SearchTerm,
}

/// The answer of `packages.search`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageMatches {
    /// In the tool's order, a package several times where it has several versions; empty: none fits.
    pub packages: Vec<PackageMatch>,
}

/// A package that fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageMatch {
    /// Its name, without the architecture.
    pub name: String,
    /// The version that was found; `null`: the tool does not say.
    pub version: Option<String>,
    /// Its architecture in the distribution's words; `null`: not told.
    pub architecture: Option<String>,
    /// The repositories or suites that have it, in the tool's words; `null`: not told.
    pub repository: Option<String>,
    /// Whether it is on the server in this or another version; `null`: the tool does not say.
    pub installed: Option<bool>,
    /// What it is, in a line; `null`: not told.
    pub description: Option<String>,
}

impl PackageMatch {
    /// A match of which no more is known.
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: None,
            architecture: None,
            repository: None,
            installed: None,
            description: None,
        }
    }
}

/// A cell's text; `None`: empty.
fn told(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Refuses an output of which nothing was understood.
fn understood(
    raw: &RawOutput<'_>,
    parsed: Parsed<PackageMatches>,
) -> Result<Parsed<PackageMatches>, ParseError> {
    if parsed.value.packages.is_empty() && !parsed.unread.is_empty() {
        let no_row = || ParseError::shape("no row of a search's result");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

impl Query for Search {
    const ID: &'static str = "packages.search";
    const TITLE: &'static str = "Packages that fit a word";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = PackageSearch;
    type Answer = PackageMatches;
    const VARIANTS: &'static [Variant<PackageSearch, PackageMatches>] = &[
        apt::VARIANT,
        apt_cache::VARIANT,
        dnf::VARIANT,
        pacman::VARIANT,
        zypper::VARIANT,
    ];
}
