//! `docker.networks`: the networks that containers are in, of Docker or of Podman.

mod docker;
mod podman;
mod table;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DockerLabel;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Networks of containers.
pub struct Networks;

/// The answer of `docker.networks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerNetworkList {
    /// The networks, as the tool sorts them.
    pub networks: Vec<DockerNetwork>,
}

/// A network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerNetwork {
    /// Its id, 64 hexadecimal digits, or the first 12 where a person's listing has been cut so;
    /// empty: the listing does not show it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What makes it: `bridge`, `host`, `null`, `overlay`, `macvlan`; `null`: not shown.
    pub driver: Option<String>,
    /// `local`, or `swarm` for one of a whole swarm; `null`: not shown.
    pub scope: Option<String>,
    /// Whether nothing leads out of it; `null`: not told.
    pub is_internal: Option<bool>,
    /// Whether it has IPv6; `null`: not told.
    pub has_ipv6: Option<bool>,
    /// When it was made; `null`: not told.
    pub created_at: Option<DateTime<Utc>>,
    /// Its ranges of addresses; `null`: not told.
    pub subnets: Option<Vec<DockerSubnet>>,
    /// The containers in it that run; `null`: not told.
    pub containers: Option<Vec<DockerNetworkContainer>>,
    /// Its labels; `null`: not shown, or shown so that it is not certain where one ends.
    pub labels: Option<Vec<DockerLabel>>,
}

/// A range of addresses of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerSubnet {
    /// The range, `172.30.0.0/16`.
    pub subnet: String,
    /// The address of its gateway; `null`: none.
    pub gateway: Option<String>,
}

/// A container in a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerNetworkContainer {
    /// The container's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its address there with the length of the range, `172.30.0.10/16`; `null`: none.
    pub ipv4: Option<String>,
    /// The same of IPv6; `null`: none.
    pub ipv6: Option<String>,
    /// Its hardware address there; `null`: none.
    pub mac: Option<String>,
}

impl Query for Networks {
    const ID: &'static str = "docker.networks";
    const TITLE: &'static str = "Networks of containers";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerNetworkList;
    const VARIANTS: &'static [Variant<NoArgs, DockerNetworkList>] =
        &[docker::VARIANT, podman::VARIANT, table::VARIANT];
}
