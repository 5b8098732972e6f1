//! `docker.ports`: where the ports of one container lead out, of Docker or of Podman.

mod docker;
mod podman;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ContainerNamed, DockerPort};
use crate::{Capability, Query, Variant};

/// Ports of a container.
pub struct Ports;

/// The answer of `docker.ports`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerPortList {
    /// The ports that lead out; empty: none does.
    pub ports: Vec<DockerPort>,
}

impl Query for Ports {
    const ID: &'static str = "docker.ports";
    const TITLE: &'static str = "Ports of a container";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = ContainerNamed;
    type Answer = DockerPortList;
    const VARIANTS: &'static [Variant<ContainerNamed, DockerPortList>] =
        &[docker::VARIANT, podman::VARIANT];
}
