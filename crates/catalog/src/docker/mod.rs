//! Containers and what they are made of.

mod containers;
mod images;
mod networks;
mod rows;
mod table;
mod values;
mod volumes;

pub use containers::{Container, ContainerList, Containers};
pub use images::{DockerImage, DockerImageList, Images};
pub use networks::{
    DockerNetwork, DockerNetworkContainer, DockerNetworkList, DockerSubnet, Networks,
};
pub use values::DockerLabel;
pub use volumes::{DockerVolume, DockerVolumeList, Volumes};
