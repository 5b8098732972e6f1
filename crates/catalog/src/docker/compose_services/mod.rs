//! `docker.compose_services`: the containers that Docker Compose has made, by project and service.

mod docker;
mod table;
mod v1;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Services of Docker Compose.
pub struct ComposeServices;

/// The answer of `docker.compose_services`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerComposeServiceList {
    /// One for each container of all projects, those that have ended included. A person's own
    /// `docker compose ps` lists those of one project.
    pub services: Vec<DockerComposeService>,
}

/// A container of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerComposeService {
    /// The project; `null`: not shown.
    pub project: Option<String>,
    /// The service; `null`: not shown.
    pub service: Option<String>,
    /// The container's name.
    pub name: String,
    /// The container's id, 64 hexadecimal digits or the first 12; `null`: not shown.
    pub id: Option<String>,
    /// The image it was made from; `null`: not shown.
    pub image: Option<String>,
    /// The command that it runs; may be cut, and then ends in `…`. `null`: not shown.
    pub command: Option<String>,
    /// `running`, `exited`, `paused`, `restarting`, `created`, `dead`; empty: not understood.
    pub state: String,
    /// For people: `Up 3 minutes (healthy)`.
    pub status: String,
    /// What its health checks say: `healthy`, `unhealthy`, `starting`; `null`: it has none.
    pub health: Option<String>,
    /// How it ended; `null`: it has not.
    pub exit_code: Option<i64>,
    /// Its ports for people, `0.0.0.0:8080->80/tcp`; `null`: none.
    pub ports: Option<String>,
    /// When it was made; `null`: not told.
    pub created_at: Option<DateTime<Utc>>,
}

impl DockerComposeService {
    /// What a status tells.
    fn with_status(self, status: &str) -> Self {
        Self {
            state: values::state(status).to_owned(),
            status: status.to_owned(),
            health: values::health(status).map(str::to_owned),
            exit_code: values::exit_code(status),
            ..self
        }
    }
}

impl Query for ComposeServices {
    const ID: &'static str = "docker.compose_services";
    const TITLE: &'static str = "Services of Docker Compose";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerComposeServiceList;
    const VARIANTS: &'static [Variant<NoArgs, DockerComposeServiceList>] =
        &[docker::VARIANT, table::VARIANT, v1::VARIANT];
}
