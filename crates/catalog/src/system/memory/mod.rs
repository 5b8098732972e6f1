//! `system.memory`: memory and swap, counted as procps 4 counts them.

mod free;
mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// How much memory and swap there is and how much is in use.
pub struct Memory;

/// The answer of `system.memory`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemoryUse {
    /// All memory the kernel manages.
    pub total_bytes: u64,
    /// Memory that is not available: total less available, as procps 4 has it.
    pub used_bytes: u64,
    /// The kernel's estimate of what new programs could get without swapping. Kernels before 3.14
    /// do not tell; there it is free, buffers and cache together.
    pub available_bytes: u64,
    /// Memory that holds nothing at all.
    pub free_bytes: u64,
    /// Block device buffers; `null`: the tool counts them with the cache.
    pub buffers_bytes: Option<u64>,
    /// Page cache and reclaimable slabs; `null`: the tool counts them with the buffers.
    pub cached_bytes: Option<u64>,
    /// All swap space; 0: there is none.
    pub swap_total_bytes: u64,
    /// Swap space in use.
    pub swap_used_bytes: u64,
    /// Swap space not in use.
    pub swap_free_bytes: u64,
}

impl Query for Memory {
    const ID: &'static str = "system.memory";
    const TITLE: &'static str = "Memory and swap";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = MemoryUse;
    const VARIANTS: &'static [Variant<NoArgs, MemoryUse>] = &[proc::VARIANT, free::VARIANT];
}
