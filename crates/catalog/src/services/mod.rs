//! Services of systemd and of OpenRC.

mod failed;
mod listing;
mod sockets;
mod status;
mod timers;
mod unit;
mod unit_files;
mod units;

pub use failed::{Failed, FailedUnit, FailedUnits};
pub use sockets::{ServiceSocket, ServiceSocketList, Sockets};
pub use status::{
    ServiceDetail, ServiceLogLine, ServiceProcess, ServiceStatus, ServiceStatusList, Status,
};
pub use timers::{ServiceTimer, ServiceTimerList, Timers};
pub use unit::{Unit, UnitNamed, UnitStatus};
pub use unit_files::{UnitFile, UnitFileList, UnitFiles};
pub use units::{ServiceUnit, ServiceUnitList, Units};
