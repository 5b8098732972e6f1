//! `system.distribution`: which distribution runs.

mod files;
mod lsb_release;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Which distribution runs.
pub struct Distribution;

/// The answer of `system.distribution`; what it does not tell of itself is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DistributionIdentity {
    /// The name for people, with the version: `Debian GNU/Linux 12 (bookworm)`.
    pub name: Option<String>,
    /// The word for programs: `debian`; of `lsb_release` as it writes it, `Debian`.
    pub id: Option<String>,
    /// The ids of those it is derived from, the nearest first; empty: none, or not told.
    pub id_like: Vec<String>,
    /// The version for programs: `12`.
    pub version: Option<String>,
    /// The version's own name: `bookworm`.
    pub codename: Option<String>,
    /// The edition: `server`.
    pub variant: Option<String>,
    /// The day support ends, `2028-06-30`.
    pub support_end: Option<String>,
}

impl Query for Distribution {
    const ID: &'static str = "system.distribution";
    const TITLE: &'static str = "Which distribution runs";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = DistributionIdentity;
    const VARIANTS: &'static [Variant<NoArgs, DistributionIdentity>] =
        &[files::VARIANT, lsb_release::VARIANT];
}
