//! `system.cpu`: how busy the processors are, together and one by one.

mod mpstat;
mod mpstat_text;
mod proc;
mod rate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Rate, Variant, arguments::NoArgs};

/// Few servers have a tenth of it. What is beyond is left unread, or left out of one document.
const MOST_CORES: usize = 4096;

/// How busy the processors are.
pub struct Cpu;

/// The answer of `system.cpu`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CpuUse {
    /// All online processors together; 100 % is all of them busy.
    pub total: CpuUsage,
    /// Each online processor, by rising number; empty: the server does not tell.
    pub cores: Vec<CoreUsage>,
}

/// One processor's use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoreUsage {
    /// The kernel's number for it, from 0; numbers of offline processors are missing.
    pub core: u32,
    /// Its use.
    #[serde(flatten)]
    pub usage: CpuUsage,
}

/// Shares of the time between two samples, 0 to 100 with two decimals. `null`: there is only one
/// sample yet, or the counters were reset in between.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CpuUsage {
    /// Neither idle nor waiting for IO: user, system and steal together.
    pub busy_percent: Option<f64>,
    /// Programs, niced ones and virtual machines (guests) included.
    pub user_percent: Option<f64>,
    /// The kernel, interrupts included.
    pub system_percent: Option<f64>,
    /// Idle with disk IO outstanding; the kernel calls it unreliable.
    pub iowait_percent: Option<f64>,
    /// Taken by the hypervisor for others.
    pub steal_percent: Option<f64>,
    /// The counters the shares are made of; `null`: the tool gives shares itself.
    pub ticks: Option<CpuTicks>,
}

/// Time since boot in `USER_HZ`, mostly hundredths of a second: `proc_stat(5)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CpuTicks {
    /// User mode, niced and guest time included.
    pub user_ticks: u64,
    /// Kernel mode, interrupts included.
    pub system_ticks: u64,
    /// Idle.
    pub idle_ticks: u64,
    /// Idle with disk IO outstanding; may go back a little.
    pub iowait_ticks: u64,
    /// Taken by the hypervisor for others.
    pub steal_ticks: u64,
}

impl Query for Cpu {
    const ID: &'static str = "system.cpu";
    const TITLE: &'static str = "Processor use, total and per core";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = CpuUse;
    const VARIANTS: &'static [Variant<NoArgs, CpuUse>] =
        &[proc::VARIANT, mpstat::VARIANT, mpstat_text::VARIANT];
    const RATE: Option<Rate<CpuUse>> = Some(rate::fill);
}
