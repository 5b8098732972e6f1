//! `packages.history`: what was installed, upgraded and removed lately, by the server's own logs.

mod apt;
mod dnf;
mod dpkg;
mod pacman;
mod zypp;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::NoArgs};

/// Changes of packages.
pub struct History;

/// The answer of `packages.history`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageHistory {
    /// In the log's order; the oldest are left out where there are many.
    pub changes: Vec<PackageChange>,
}

/// A change of one package; of a tool that lists whole transactions alone, a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageChange {
    /// When; `null`: the log has it in a zone that is not known.
    pub at: Option<DateTime<Utc>>,
    /// When, as the log has it in the server's own zone; `null`: not told.
    pub written_at: Option<String>,
    /// What was done.
    pub action: PackageAction,
    /// The package; `null`: a transaction of which the packages are not told.
    pub package: Option<String>,
    /// Its architecture; `null`: not told.
    pub architecture: Option<String>,
    /// The version that is there since; `null`: none, or not told.
    pub version: Option<String>,
    /// The version that was there before; `null`: none, or not told.
    pub previous_version: Option<String>,
    /// The command that did it; `null`: not told.
    pub command: Option<String>,
    /// How many packages a transaction changed; `null`: it is of one package.
    pub altered: Option<u64>,
}

/// What was done with a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PackageAction {
    /// It came.
    Install,
    /// A later version came.
    Upgrade,
    /// An earlier version came.
    Downgrade,
    /// The same version came again.
    Reinstall,
    /// It went; its configuration may have stayed.
    Remove,
    /// It went with its configuration.
    Purge,
    /// Several of these, or something else, in one transaction.
    Other,
}

impl PackageChange {
    /// A change of which no more is known.
    fn new(action: PackageAction) -> Self {
        Self {
            at: None,
            written_at: None,
            action,
            package: None,
            architecture: None,
            version: None,
            previous_version: None,
            command: None,
            altered: None,
        }
    }
}

/// A command, at most 400 characters of it, for it stands with each of its changes.
fn shortened(command: &str) -> String {
    command.trim().chars().take(400).collect()
}

/// Refuses an output of which nothing was understood.
fn understood(
    raw: &RawOutput<'_>,
    rows: usize,
    parsed: Parsed<PackageHistory>,
) -> Result<Parsed<PackageHistory>, ParseError> {
    if rows == 0 && !parsed.unread.is_empty() {
        let no_row = || ParseError::shape("no line of a log of packages");
        return Err(raw.complaint().unwrap_or_else(no_row));
    }
    Ok(parsed)
}

impl Query for History {
    const ID: &'static str = "packages.history";
    const TITLE: &'static str = "What was installed, upgraded and removed lately";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = PackageHistory;
    const VARIANTS: &'static [Variant<NoArgs, PackageHistory>] = &[
        dpkg::VARIANT,
        apt::VARIANT,
        dnf::VARIANT,
        zypp::VARIANT,
        pacman::VARIANT,
    ];
}
