//! The packages of the distribution.

mod upgradable;

pub use upgradable::{PackageUpdate, Upgradable, UpgradableList};
