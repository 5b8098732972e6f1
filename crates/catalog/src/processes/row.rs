//! One process as any of the tools shows it.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One process, or one thread of it. What the tool was not asked for is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessRow {
    /// Its process id; `null`: not shown.
    pub pid: Option<u32>,
    /// The process that started it, or that took it over; 0: the kernel; `null`: not shown.
    pub parent_pid: Option<u32>,
    /// The id of its process group; `null`: not shown.
    pub group_pid: Option<u32>,
    /// The id of its session; `null`: not shown.
    pub session_pid: Option<u32>,
    /// The id of the thread, where threads are listed; `null`: the row is a process.
    pub thread_id: Option<u32>,
    /// The effective user's name, or number where it has none. The tool may have cut it, and marks
    /// that with a last `+`, or not at all (busybox). `null`: not shown.
    pub user: Option<String>,
    /// The effective user's number; `null`: not shown.
    pub uid: Option<u32>,
    /// The effective group's name, or number; `null`: not shown.
    pub group: Option<String>,
    /// The state in the letters of `ps(1)`: `Ss+`, `R`, `Z`; `null`: not shown.
    pub state: Option<String>,
    /// The controlling terminal, for example `pts/0`; of busybox its device's numbers, `136,0`. `null`:
    /// none, or not shown.
    pub terminal: Option<String>,
    /// Share of one processor, above 100 with several threads: of `ps` over the whole life of the
    /// process, of `top` over the last interval. `null`: not shown.
    pub cpu_percent: Option<f64>,
    /// Share of the memory that is resident; `null`: not shown.
    pub memory_percent: Option<f64>,
    /// Size of its address space; `null`: not shown.
    pub virtual_bytes: Option<u64>,
    /// Memory that it holds; where the tool shortens (`1.2g`), as exact as it is printed. `null`: not
    /// shown.
    pub resident_bytes: Option<u64>,
    /// Of that, what may be shared with others; `null`: not shown.
    pub shared_bytes: Option<u64>,
    /// How many threads it has; `null`: not shown.
    pub threads: Option<u32>,
    /// Its niceness, -20 to 19; `null`: its scheduling knows none, or not shown.
    pub nice: Option<i32>,
    /// When it was started; `null`: not shown, or in a zone that is not certain.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was started as the tool prints it, in the server's own zone; `null`: not shown, or in
    /// `startedAt`.
    pub started_shown: Option<String>,
    /// Seconds since it was started; `null`: not shown.
    pub elapsed_seconds: Option<u64>,
    /// Seconds that it had a processor; `null`: not shown.
    pub cpu_seconds: Option<u64>,
    /// The name of its program as the kernel has it, mostly cut at 15 bytes; `null`: not shown.
    pub name: Option<String>,
    /// The command with its words; in brackets, or its name alone, where the tool knows no words.
    /// `null`: not shown.
    pub command: Option<String>,
    /// What else the tool was asked for, in its own words; empty: nothing.
    pub other: Vec<ProcessColumn>,
}

/// A figure about a process that has no field of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessColumn {
    /// The column's heading, for example `WCHAN`.
    pub heading: String,
    /// What stands there.
    pub value: String,
}
