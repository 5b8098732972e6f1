//! The machine as a whole: what it is, how busy, how much memory.

mod cpu;
mod identity;
mod load;
mod memory;
mod uptime;

pub use cpu::{CoreUsage, Cpu, CpuTicks, CpuUsage, CpuUse};
pub use identity::{Identity, ServerIdentity};
pub(crate) use load::UptimeLine;
pub use load::{Load, LoadAverages};
pub use memory::{Memory, MemoryUse};
pub use uptime::{TimeUp, Uptime};
