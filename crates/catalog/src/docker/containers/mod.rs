//! `docker.containers`: the containers that run, of Docker or of Podman.

mod docker;
mod podman;

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
    /// made comes first.
    pub containers: Vec<Container>,
}

/// A container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// Its id, 64 hexadecimal digits.
    pub id: String,
    /// Its name; of several the first.
    pub name: String,
    /// The image it was made from, as it was named then.
    pub image: String,
    /// `running`, `paused`, `restarting` and the like.
    pub state: String,
    /// For people: `Up 3 minutes`.
    pub status: String,
    /// Its ports for people, `0.0.0.0:8080->80/tcp`; `null`: none.
    pub ports: Option<String>,
    /// When it was made; `null`: not told.
    pub created_at: Option<DateTime<Utc>>,
}

impl Query for Containers {
    const ID: &'static str = "docker.containers";
    const TITLE: &'static str = "Containers that run";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = ContainerList;
    const VARIANTS: &'static [Variant<NoArgs, ContainerList>] = &[docker::VARIANT, podman::VARIANT];
}
