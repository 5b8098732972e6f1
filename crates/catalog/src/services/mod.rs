//! Services of systemd and of OpenRC.

mod boot_times;
mod failed;
mod listing;
mod manager;
mod openrc;
mod rc_update;
mod runit;
mod sockets;
mod states;
mod status;
mod supervisor;
mod sysv;
mod timers;
mod unit;
mod unit_files;
mod units;

pub use boot_times::{BootChainUnit, BootPhase, BootTimes, BootUnit, ServerBootTimes};
pub use failed::{Failed, FailedUnit, FailedUnits};
pub use manager::{Manager, ServiceManagerState};
pub use openrc::{Openrc, OpenrcService, OpenrcServiceList};
pub use rc_update::{OpenrcStart, OpenrcStartList, RcUpdate};
pub use runit::{Runit, RunitService, RunitServiceList};
pub use sockets::{ServiceSocket, ServiceSocketList, Sockets};
pub use states::{ServiceStateList, States};
pub use status::{
    ServiceDetail, ServiceLogLine, ServiceProcess, ServiceStatus, ServiceStatusList, Status,
};
pub use supervisor::{Supervisor, SupervisorProgram, SupervisorProgramList};
pub use sysv::{Sysv, SysvService, SysvServiceList};
pub use timers::{ServiceTimer, ServiceTimerList, Timers};
pub use unit::{Unit, UnitNamed, UnitStatus};
pub use unit_files::{UnitFile, UnitFileList, UnitFiles};
pub use units::{ServiceUnit, ServiceUnitList, Units};
