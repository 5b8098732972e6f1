//! Containers and what they are made of.

mod containers;
mod events;

pub use containers::{Container, ContainerList, Containers};
pub use events::{DockerEvent, Events};
mod disk_usage;
mod images;
mod info;
mod inspect;
mod networks;
mod rows;
mod secrets;
mod stats;
mod table;
mod values;
mod version;
mod volumes;

pub use disk_usage::{DiskUsage, DockerDiskUsage, DockerDiskUsageItem, DockerDiskUsageKind};
pub use images::{DockerImage, DockerImageList, Images};
pub use info::{DockerInfo, Info};
pub use inspect::{
    ContainerNamed, DockerAddress, DockerContainerDetail, DockerHealth, DockerInspection,
    DockerLimits, DockerMount, DockerPort, DockerVariable, Inspect,
};
pub use networks::{
    DockerNetwork, DockerNetworkContainer, DockerNetworkList, DockerSubnet, Networks,
};
pub use stats::{DockerContainerStats, DockerStats, Stats};
pub use values::DockerLabel;
pub use version::{DockerComponent, DockerProgram, DockerVersions, Versions};
pub use volumes::{DockerVolume, DockerVolumeList, Volumes};
