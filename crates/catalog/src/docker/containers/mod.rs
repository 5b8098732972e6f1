//! `docker.containers`: the containers that run, of Docker or of Podman.

mod docker;
mod podman;
mod table;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Containers that run.
pub struct Containers;

/// The answer of `docker.containers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContainerList {
    /// The containers that have been started and have not ended, paused ones included; the latest
    /// made comes first. Of a person's own `docker ps -a` also those that have ended.
    pub containers: Vec<Container>,
}

/// A container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// Its id, 64 hexadecimal digits, or the first 12 where a person's listing has been cut so;
    /// empty: the listing does not show it.
    pub id: String,
    /// Its name; of several the first. Empty: the listing does not show it.
    pub name: String,
    /// The image it was made from, as it was named then; empty: the listing does not show it.
    pub image: String,
    /// `running`, `paused`, `restarting`, `exited`, `created`, `dead` and the like; empty: not told.
    pub state: String,
    /// For people: `Up 3 minutes`; empty: the listing does not show it.
    pub status: String,
    /// What its health checks say: `healthy`, `unhealthy`, `starting`; `null`: it has none, or the
    /// status does not tell.
    pub health: Option<String>,
    /// The command that it runs; may be cut, and then ends in `…` or `...`. `null`: not told.
    pub command: Option<String>,
    /// Its ports for people, `0.0.0.0:8080->80/tcp`; `null`: none.
    pub ports: Option<String>,
    /// When it was made; `null`: not told.
    pub created_at: Option<DateTime<Utc>>,
    /// How long ago that was, for people: `8 minutes ago`; `null`: not told.
    pub created_since: Option<String>,
    /// What its own layer takes; `null`: not asked for.
    pub layer_bytes: Option<u64>,
    /// What all of its files take, those of the image included; `null`: not asked for.
    pub virtual_bytes: Option<u64>,
}

impl Query for Containers {
    const ID: &'static str = "docker.containers";
    const TITLE: &'static str = "Containers that run";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = ContainerList;
    const VARIANTS: &'static [Variant<NoArgs, ContainerList>] =
        &[docker::VARIANT, podman::VARIANT, table::VARIANT];
}
