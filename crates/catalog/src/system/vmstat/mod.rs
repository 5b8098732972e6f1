//! `system.vmstat`: what processors, memory and disks do, sample by sample.

mod procps;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What processors, memory and disks do.
pub struct Vmstat;

/// The answer of `system.vmstat`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VmstatSamples {
    /// The samples in the order they were taken; the first shows the means since boot.
    pub samples: Vec<VmstatSample>,
}

/// One sample, see `vmstat(8)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VmstatSample {
    /// Processes that run or wait for a processor.
    pub runnable: u64,
    /// Processes that wait for a disk.
    pub blocked: u64,
    /// Swap in use.
    pub swap_used_bytes: u64,
    /// Memory that holds nothing.
    pub free_bytes: u64,
    /// Buffers; `null`: active memory was asked for in their place.
    pub buffers_bytes: Option<u64>,
    /// Page cache; `null`: as above.
    pub cache_bytes: Option<u64>,
    /// Memory that was not used lately; `null`: not asked for.
    pub inactive_bytes: Option<u64>,
    /// Memory that was used lately; `null`: not asked for.
    pub active_bytes: Option<u64>,
    /// Read from swap.
    pub swap_in_bytes_per_second: u64,
    /// Written to swap.
    pub swap_out_bytes_per_second: u64,
    /// Read from disks.
    pub disk_in_bytes_per_second: u64,
    /// Written to disks.
    pub disk_out_bytes_per_second: u64,
    /// Interrupts.
    pub interrupts_per_second: u64,
    /// Changes from one process to another.
    pub switches_per_second: u64,
    /// Share of the processors' time in programs.
    pub user_percent: u64,
    /// In the kernel.
    pub system_percent: u64,
    /// Idle.
    pub idle_percent: u64,
    /// Idle with disk IO outstanding; `null`: not shown.
    pub iowait_percent: Option<u64>,
    /// Taken by the hypervisor for others; `null`: not shown.
    pub steal_percent: Option<u64>,
    /// In virtual machines; `null`: not shown.
    pub guest_percent: Option<u64>,
}

impl Query for Vmstat {
    const ID: &'static str = "system.vmstat";
    const TITLE: &'static str = "What processors, memory and disks do";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = VmstatSamples;
    const VARIANTS: &'static [Variant<NoArgs, VmstatSamples>] = &[procps::VARIANT];
}
