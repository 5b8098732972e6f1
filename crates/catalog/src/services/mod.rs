//! Services of systemd and of OpenRC.

mod failed;
mod unit;

pub use failed::{Failed, FailedUnit, FailedUnits};
pub use unit::{Unit, UnitNamed, UnitStatus};
