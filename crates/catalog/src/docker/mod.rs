//! Containers and what they are made of.

mod compose_projects;
mod compose_services;
mod containers;
mod contexts;
mod diff;
mod disk_usage;
mod events;
mod history;
mod images;
mod info;
mod inspect;
mod live_stats;
mod log_lines;
mod networks;
mod ports;
mod processes;
mod rows;
mod stats;
mod swarm_nodes;
mod swarm_services;
mod table;
mod values;
mod version;
mod volumes;

pub use compose_projects::{
    ComposeProjects, DockerComposeProject, DockerComposeProjectList, DockerComposeState,
};
pub use compose_services::{ComposeServices, DockerComposeService, DockerComposeServiceList};
pub use containers::{Container, ContainerList, Containers};
pub use contexts::{Contexts, DockerContext, DockerContextList};
pub use diff::{Diff, DockerChangeKind, DockerFileChange, DockerFileChanges};
pub use disk_usage::{DiskUsage, DockerDiskUsage, DockerDiskUsageItem, DockerDiskUsageKind};
pub use events::{DockerEvent, Events};
pub use history::{DockerImageHistory, DockerImageNamed, DockerLayer, History};
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
pub use ports::{DockerPortList, Ports};
pub use processes::{DockerProcess, DockerProcessList, Processes};
pub use stats::{DockerContainerStats, DockerStats, Stats};
pub use swarm_nodes::{DockerSwarmNode, DockerSwarmNodeList, SwarmNodes};
pub use swarm_services::{DockerSwarmService, DockerSwarmServiceList, SwarmServices};
pub use values::DockerLabel;
pub use version::{DockerComponent, DockerProgram, DockerVersions, Versions};
pub use volumes::{DockerVolume, DockerVolumeList, Volumes};
