//! `processes.limits`: what one process may use at most.

mod prlimit;
mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProcessWithPid;
use crate::{Capability, Query, Variant};

/// What one process may use at most.
pub struct Limits;

/// The answer of `processes.limits`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessLimitList {
    /// The limits in the order of the tool.
    pub limits: Vec<ProcessLimit>,
}

/// One limit, see `getrlimit(2)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessLimit {
    /// The resource in the word of `prlimit(1)`, small: `nofile`, `nproc`, `memlock`.
    pub resource: String,
    /// What the tool calls it.
    pub description: String,
    /// What holds now, in `unit`; `null`: no limit.
    pub soft: Option<u64>,
    /// What the process itself may raise that to; `null`: no limit.
    pub hard: Option<u64>,
    /// `bytes`, `files`, `seconds`, ..; `null`: a mere number.
    pub unit: Option<String>,
}

impl Query for Limits {
    const ID: &'static str = "processes.limits";
    const TITLE: &'static str = "What a process may use at most";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = ProcessWithPid;
    type Answer = ProcessLimitList;
    const VARIANTS: &'static [Variant<ProcessWithPid, ProcessLimitList>] =
        &[proc::VARIANT, prlimit::VARIANT];
}

/// A figure, or `unlimited`: the outer `None` is neither.
#[expect(
    clippy::option_option,
    reason = "no limit is not the same as not understood"
)]
fn bound(text: &str) -> Option<Option<u64>> {
    match text {
        "unlimited" => Some(None),
        text => text.parse().ok().map(Some),
    }
}

/// Fails where no limit was read.
fn some(
    raw: &crate::RawOutput<'_>,
    parsed: crate::Parsed<ProcessLimitList>,
) -> Result<crate::Parsed<ProcessLimitList>, crate::ParseError> {
    if parsed.value.limits.is_empty() {
        return Err(super::no_answer(raw, "no limits were printed"));
    }
    Ok(parsed)
}
