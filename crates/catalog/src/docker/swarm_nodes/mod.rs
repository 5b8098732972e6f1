//! `docker.swarm_nodes`: the servers that are one swarm.

mod docker;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Servers of a swarm.
pub struct SwarmNodes;

/// The answer of `docker.swarm_nodes`. A server that manages no swarm cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerSwarmNodeList {
    /// The servers, by name.
    pub nodes: Vec<DockerSwarmNode>,
}

/// A server of a swarm. `null` in a field: the listing does not show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerSwarmNode {
    /// Its id in the swarm, 25 letters and digits.
    pub id: String,
    /// Its name; `null` too where it is not known yet.
    pub host_name: Option<String>,
    /// `Ready`, `Down`, `Unknown`, `Disconnected`.
    pub status: Option<String>,
    /// Whether it takes containers: `Active`, `Pause`, `Drain`.
    pub availability: Option<String>,
    /// `Leader`, `Reachable`, `Unreachable`; `null` too for one that manages nothing.
    pub manager_status: Option<String>,
    /// The version of its Docker.
    pub engine_version: Option<String>,
    /// Whether it is the server that was asked.
    pub is_self: Option<bool>,
}

impl Query for SwarmNodes {
    const ID: &'static str = "docker.swarm_nodes";
    const TITLE: &'static str = "Servers of a swarm";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerSwarmNodeList;
    const VARIANTS: &'static [Variant<NoArgs, DockerSwarmNodeList>] =
        &[docker::VARIANT, table::VARIANT];
}
