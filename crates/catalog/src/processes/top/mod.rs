//! `processes.top`: what the processors do just now, and which processes they do it for.

mod busybox;
mod procps;
mod summary;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::row::ProcessRow;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Which processes keep the server busy.
pub struct Top;

/// The answer of `processes.top`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TopSamples {
    /// The samples in the order they were taken. The first of them shows the time since boot, or
    /// since the processes' start, where the tool does not wait before it.
    pub samples: Vec<TopSample>,
}

/// One sample.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TopSample {
    /// Load averages over one, five and fifteen minutes; empty: not shown.
    pub load_averages: Vec<f64>,
    /// Seconds since boot, in whole minutes; `null`: not shown.
    pub uptime_seconds: Option<f64>,
    /// How many processes there are; `null`: not shown.
    pub tasks: Option<TopTasks>,
    /// What all processors together do; `null`: not shown.
    pub cpu: Option<TopCpu>,
    /// What each processor does; empty: not asked for.
    pub cores: Vec<TopCore>,
    /// The memory; `null`: not shown.
    pub memory: Option<TopMemory>,
    /// The swap; `null`: not shown.
    pub swap: Option<TopMemory>,
    /// The processes in the order of the tool.
    pub processes: Vec<ProcessRow>,
}

/// How many processes (or threads, if it was told to count them) are in which state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TopTasks {
    /// All of them.
    pub total: u32,
    /// That run or wait for a processor.
    pub running: u32,
    /// That sleep.
    pub sleeping: u32,
    /// That were stopped, by job control or a debugger.
    pub stopped: u32,
    /// That have ended, and nobody asked how.
    pub zombie: u32,
}

/// Shares of the time of all processors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TopCpu {
    /// Programs that are not niced.
    pub user_percent: f64,
    /// The kernel.
    pub system_percent: f64,
    /// Niced programs.
    pub nice_percent: f64,
    /// Nothing to do.
    pub idle_percent: f64,
    /// Idle with disk IO outstanding.
    pub iowait_percent: f64,
    /// Interrupts of devices.
    pub irq_percent: f64,
    /// Interrupts of the kernel's own.
    pub softirq_percent: f64,
    /// Taken by the hypervisor for others; `null`: not shown.
    pub steal_percent: Option<f64>,
}

/// Shares of the time of one processor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TopCore {
    /// The kernel's number for it, from 0.
    pub core: u32,
    /// What it does.
    #[serde(flatten)]
    pub usage: TopCpu,
}

/// Memory or swap, as exact as the tool prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TopMemory {
    /// All of it; `null`: not shown.
    pub total_bytes: Option<u64>,
    /// Not in use at all.
    pub free_bytes: u64,
    /// In use, by the tool's own count.
    pub used_bytes: u64,
    /// Buffers and page cache; `null`: not shown, or a line of swap.
    pub cache_bytes: Option<u64>,
    /// What new programs could get without swapping; `null`: not shown, or a line of swap.
    pub available_bytes: Option<u64>,
}

impl Query for Top {
    const ID: &'static str = "processes.top";
    const TITLE: &'static str = "What keeps the processors busy";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = TopSamples;
    const VARIANTS: &'static [Variant<NoArgs, TopSamples>] = &[procps::VARIANT, busybox::VARIANT];
}
