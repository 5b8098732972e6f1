//! `storage.swaps`: what is swapped to.

mod proc;
mod swapon;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Swap areas in use.
pub struct Swaps;

/// The answer of `storage.swaps`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SwapList {
    /// The areas that are swapped to; empty: none.
    pub swaps: Vec<SwapArea>,
}

/// A swap area. What a tool does not tell is `null`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SwapArea {
    /// The partition or file.
    pub path: String,
    /// `partition` or `file`.
    pub kind: Option<String>,
    /// Its size.
    pub size_bytes: Option<u64>,
    /// In use.
    pub used_bytes: Option<u64>,
    /// The higher, the sooner it is used.
    pub priority: Option<i32>,
    /// Its label.
    pub label: Option<String>,
    /// Its UUID.
    pub uuid: Option<String>,
}

impl Query for Swaps {
    const ID: &'static str = "storage.swaps";
    const TITLE: &'static str = "Swap areas in use";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SwapList;
    const VARIANTS: &'static [Variant<NoArgs, SwapList>] = &[proc::VARIANT, swapon::VARIANT];
}
