//! `docker.processes`: what runs in one container, of Docker or of Podman.

mod docker;
mod podman;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ContainerNamed;
use crate::{Capability, Query, Variant};

/// Processes of a container.
pub struct Processes;

/// The answer of `docker.processes`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerProcessList {
    /// The processes, as the tool lists them.
    pub processes: Vec<DockerProcess>,
}

/// A process of a container. `null` in a field: the listing does not show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerProcess {
    /// Its number: as the server counts with Docker, as the container counts with Podman.
    pub pid: u32,
    /// The number of what started it.
    pub parent_pid: Option<u32>,
    /// The user that it runs as, by name or number.
    pub user: Option<String>,
    /// Processor time in percent since its start.
    pub cpu_percent: Option<f64>,
    /// Memory in percent of the server's.
    pub memory_percent: Option<f64>,
    /// Memory that it holds.
    pub resident_bytes: Option<u64>,
    /// Its terminal.
    pub terminal: Option<String>,
    /// Processor time that it has used.
    pub cpu_seconds: Option<f64>,
    /// Its program and words.
    pub command: Option<String>,
}

impl Query for Processes {
    const ID: &'static str = "docker.processes";
    const TITLE: &'static str = "Processes of a container";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = ContainerNamed;
    type Answer = DockerProcessList;
    const VARIANTS: &'static [Variant<ContainerNamed, DockerProcessList>] =
        &[docker::VARIANT, podman::VARIANT];
}
