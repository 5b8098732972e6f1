//! `packages.alternatives`: which of several programs for the same thing is used under the common name.

mod selections;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Which of several programs is used under a common name.
pub struct Alternatives;

/// The answer of `packages.alternatives`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlternativeList {
    /// The common names; empty: there are none.
    pub alternatives: Vec<AlternativeName>,
}

/// A common name, see `update-alternatives(1)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlternativeName {
    /// The name: `editor`.
    pub name: String,
    /// Whether the choice of the highest priority is taken, not one that a person chose.
    pub is_automatic: bool,
    /// The program that is used; `null`: none, for the one that was chosen is gone.
    pub path: Option<String>,
    /// Where the common name stands: `/usr/bin/editor`; `null`: the tool was not asked for it.
    pub link: Option<String>,
    /// What there is to choose from; empty: the tool was not asked for it.
    pub choices: Vec<AlternativeChoice>,
}

/// A program that can be used under a common name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlternativeChoice {
    /// Its path.
    pub path: String,
    /// The highest is taken automatically; `null`: not told.
    pub priority: Option<i64>,
}

impl Query for Alternatives {
    const ID: &'static str = "packages.alternatives";
    const TITLE: &'static str = "Programs that stand for a common name";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = AlternativeList;
    const VARIANTS: &'static [Variant<NoArgs, AlternativeList>] = &[selections::VARIANT];
}
