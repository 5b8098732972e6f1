//! The packages of the distribution.

mod dnf;
mod fields;
mod installed;
mod rpm;
mod upgradable;
mod zypper;

pub use installed::{Installed, InstalledList, InstalledPackage, PackageState};
pub use upgradable::{PackageUpdate, Upgradable, UpgradableList};
