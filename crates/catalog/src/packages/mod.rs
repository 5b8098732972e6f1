//! The packages of the distribution.

mod alternatives;
mod apt;
mod dnf;
mod fields;
mod files;
mod flatpaks;
mod history;
mod holds;
mod info;
mod installed;
mod owner;
mod reboot_required;
mod restarts;
mod rpm;
mod search;
mod sources;
mod upgradable;
mod zypper;

pub use alternatives::{AlternativeChoice, AlternativeList, AlternativeName, Alternatives};
pub use files::{Files, FilesOfPackage, PackageFiles};
pub use flatpaks::{Flatpak, FlatpakList, Flatpaks};
pub use history::{History, PackageAction, PackageChange, PackageHistory};
pub use holds::{HoldKind, Holds, PackageHold, PackageHolds};
pub use info::{Info, PackageDetails, PackageNamed, PackageRecord};
pub use installed::{Installed, InstalledList, InstalledPackage, PackageState};
pub use owner::{OwnedPath, Owner, PackageOwner, PackageOwners};
pub use reboot_required::{RebootRequired, RebootState};
pub use restarts::{Restarts, StaleList, StaleProcess, StaleService};
pub use search::{PackageMatch, PackageMatches, PackageSearch, Search};
pub use sources::{PackageSource, PackageSources, Sources};
pub use upgradable::{PackageUpdate, Upgradable, UpgradableList};
