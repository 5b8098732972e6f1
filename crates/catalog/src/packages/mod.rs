//! The packages of the distribution.

mod apt;
mod dnf;
mod fields;
mod info;
mod installed;
mod rpm;
mod search;
mod upgradable;
mod zypper;

pub use info::{Info, PackageDetails, PackageNamed, PackageRecord};
pub use installed::{Installed, InstalledList, InstalledPackage, PackageState};
pub use search::{PackageMatch, PackageMatches, PackageSearch, Search};
pub use upgradable::{PackageUpdate, Upgradable, UpgradableList};
