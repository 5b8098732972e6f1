//! `processes.status`: what the kernel tells about one process.

mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProcessWithPid;
use crate::{Capability, Query, Variant};

/// What the kernel tells about one process.
pub struct Status;

/// The answer of `processes.status`, see `proc_pid_status(5)`. What a kernel thread has not, and
/// what came with a later kernel, is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessStatus {
    /// The name of its program, cut at 15 bytes.
    pub name: String,
    /// The letter of its state: `R`, `S`, `D`, `Z`, `T`, `t`, `X`, `I`.
    pub state: String,
    /// Its process id.
    pub pid: u32,
    /// The process that started it, or that took it over; 0: the kernel; `null`: not told.
    pub parent_pid: Option<u32>,
    /// The process that debugs it; `null`: none, or not told.
    pub tracer_pid: Option<u32>,
    /// The real user's number; `null`: not told.
    pub real_uid: Option<u32>,
    /// The effective user's number; `null`: not told.
    pub effective_uid: Option<u32>,
    /// The real group's number; `null`: not told.
    pub real_gid: Option<u32>,
    /// The effective group's number; `null`: not told.
    pub effective_gid: Option<u32>,
    /// The numbers of its other groups; empty: none.
    pub group_ids: Vec<u32>,
    /// How many threads it has; `null`: not told.
    pub threads: Option<u32>,
    /// Size of its address space; `null`: it has none.
    pub virtual_bytes: Option<u64>,
    /// The most that was; `null`: as above.
    pub virtual_peak_bytes: Option<u64>,
    /// Memory that it holds; `null`: as above.
    pub resident_bytes: Option<u64>,
    /// The most that it held; `null`: as above.
    pub resident_peak_bytes: Option<u64>,
    /// Of the memory it holds, what belongs to no file; `null`: as above.
    pub resident_anonymous_bytes: Option<u64>,
    /// Of that, what belongs to files; `null`: as above.
    pub resident_file_bytes: Option<u64>,
    /// Of that, what is shared memory; `null`: as above.
    pub resident_shared_bytes: Option<u64>,
    /// What was moved to swap; `null`: as above.
    pub swap_bytes: Option<u64>,
    /// What may not be moved to swap; `null`: as above.
    pub locked_bytes: Option<u64>,
    /// Whether it and its children can gain no privileges; `null`: not told.
    pub no_new_privileges: Option<bool>,
    /// `off`, `strict` or `filter`: which system calls are kept from it; `null`: not told.
    pub seccomp: Option<String>,
    /// Its effective capabilities as a mask in hexadecimal; `null`: not told.
    pub effective_capabilities: Option<String>,
    /// The processors it may run on: `0-3,8`; `null`: not told.
    pub allowed_processors: Option<String>,
    /// How often it gave a processor away; `null`: not told.
    pub voluntary_switches: Option<u64>,
    /// How often a processor was taken from it; `null`: not told.
    pub involuntary_switches: Option<u64>,
}

impl Query for Status {
    const ID: &'static str = "processes.status";
    const TITLE: &'static str = "What the kernel tells about a process";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = ProcessWithPid;
    type Answer = ProcessStatus;
    const VARIANTS: &'static [Variant<ProcessWithPid, ProcessStatus>] = &[proc::VARIANT];
}
