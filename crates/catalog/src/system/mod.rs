//! The machine as a whole: what it is, how busy, how much memory.

mod clock;
mod cpu;
mod devices;
mod distribution;
mod hardware;
mod host;
mod identity;
mod interrupts;
mod kernel;
mod load;
mod memory;
mod messages;
mod pressure;
mod settings;
mod uptime;
mod vmstat;

pub use clock::{Clock, ClockState};
pub use cpu::{CoreUsage, Cpu, CpuTicks, CpuUsage, CpuUse};
pub use devices::{Devices, PciDevice, PciDeviceList};
pub use distribution::{Distribution, DistributionIdentity};
pub use hardware::{Hardware, ProcessorCache, ProcessorHardware, ProcessorVulnerability};
pub use host::{Host, HostIdentity};
pub(crate) use identity::release_values;
pub use identity::{Identity, ServerIdentity};
pub use interrupts::{InterruptCount, InterruptList, Interrupts};
pub use kernel::{Kernel, KernelIdentity};
pub(crate) use load::UptimeLine;
pub use load::{Load, LoadAverages};
pub use memory::{Memory, MemoryUse};
pub use messages::{KernelMessage, KernelMessageList, Messages};
pub use pressure::{Pressure, PressureList, PressureOf};
pub use settings::{KernelSetting, KernelSettingList, Settings};
pub use uptime::{TimeUp, Uptime};
pub use vmstat::{Vmstat, VmstatSample, VmstatSamples};
