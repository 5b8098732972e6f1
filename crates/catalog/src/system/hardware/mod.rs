//! `system.hardware`: what processors the server has.

mod labels;
mod lscpu;
mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What processors the server has.
pub struct Hardware;

/// The answer of `system.hardware`. What the tool does not tell is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessorHardware {
    /// The kind of machine: `x86_64`.
    pub architecture: Option<String>,
    /// How many processors the kernel sees, threads counted.
    pub processors: Option<u32>,
    /// How many chips.
    pub sockets: Option<u32>,
    /// How many cores each chip has.
    pub cores_per_socket: Option<u32>,
    /// How many threads each core has.
    pub threads_per_core: Option<u32>,
    /// Who built them: `GenuineIntel`.
    pub vendor: Option<String>,
    /// What they are called; of several kinds the first.
    pub model_name: Option<String>,
    /// The most that one is clocked with.
    pub max_mhz: Option<f64>,
    /// The least that one is clocked with.
    pub min_mhz: Option<f64>,
    /// Who built the hypervisor; also `null`: there is none.
    pub hypervisor: Option<String>,
    /// How many groups of processors with memory of their own.
    pub numa_nodes: Option<u32>,
    /// The caches, all instances of a kind together; empty: not told.
    pub caches: Vec<ProcessorCache>,
    /// The features in the kernel's words; empty: not told.
    pub flags: Vec<String>,
    /// What can be exploited, and what the kernel does against it; empty: not told.
    pub vulnerabilities: Vec<ProcessorVulnerability>,
}

/// One kind of cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessorCache {
    /// `L1d`, `L1i`, `L2`, `L3`.
    pub name: String,
    /// Its size: of all instances together where they are counted, else of one.
    pub size_bytes: u64,
    /// How many there are; `null`: not counted, by tools before 2020.
    pub instances: Option<u32>,
}

/// One weakness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessorVulnerability {
    /// Its name: `Spectre v2`.
    pub name: String,
    /// The kernel's words: `Not affected`, `Vulnerable`, `Mitigation; ..`.
    pub state: String,
}

impl Query for Hardware {
    const ID: &'static str = "system.hardware";
    const TITLE: &'static str = "Processors and what they can do";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ProcessorHardware;
    const VARIANTS: &'static [Variant<NoArgs, ProcessorHardware>] =
        &[lscpu::VARIANT, proc::VARIANT];
}
