//! Containers and what they are made of.

mod containers;
mod disk_usage;
mod events;
mod images;
mod info;
mod inspect;
mod live_stats;
mod log_lines;
mod networks;
mod rows;
mod secrets;
mod stats;
mod table;
mod values;
mod version;
mod volumes;

pub use containers::{Container, ContainerList, Containers};
pub use disk_usage::{DiskUsage, DockerDiskUsage, DockerDiskUsageItem, DockerDiskUsageKind};
pub use events::{DockerEvent, Events};
pub use images::{DockerImage, DockerImageList, Images};
pub use info::{DockerInfo, Info};
pub use inspect::{
    ContainerNamed, DockerAddress, DockerContainerDetail, DockerHealth, DockerInspection,
    DockerLimits, DockerMount, DockerPort, DockerVariable, Inspect,
};
pub use live_stats::LiveStats;
pub use log_lines::{ContainerLogLine, ContainerLogOf, LogLines};
pub use networks::{
    DockerNetwork, DockerNetworkContainer, DockerNetworkList, DockerSubnet, Networks,
};
pub use stats::{DockerContainerStats, DockerStats, Stats};
pub use values::DockerLabel;
pub use version::{DockerComponent, DockerProgram, DockerVersions, Versions};
pub use volumes::{DockerVolume, DockerVolumeList, Volumes};
