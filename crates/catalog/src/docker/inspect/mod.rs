//! `docker.inspect`: all that is to say about one container, of Docker or of Podman.

mod docker;
mod parts;
mod podman;
mod row;
mod settings;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DockerLabel;
use crate::{Capability, Query, Variant, arguments::ContainerId};

pub use settings::{
    DockerAddress, DockerHealth, DockerLimits, DockerMount, DockerPort, DockerVariable,
};

/// One container.
pub struct Inspect;

/// The arguments of a query about one container.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContainerNamed {
    /// The container, by its id, the beginning of it, or its name.
    pub container: ContainerId,
}

/// The answer of `docker.inspect`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerInspection {
    /// The container; several where a person's own command asked for several.
    pub containers: Vec<DockerContainerDetail>,
}

/// A container with its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerContainerDetail {
    /// Its id, 64 hexadecimal digits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The image it was made from, as it was named then.
    pub image: String,
    /// The id of that image without `sha256:`.
    pub image_id: String,
    /// The program that it runs and its words; values that look secret are `[removed]`.
    pub command: Vec<String>,
    /// When it was made; `null`: not told.
    pub created_at: Option<DateTime<Utc>>,
    /// `created`, `running`, `paused`, `restarting`, `removing`, `exited`, `dead` and the like.
    pub state: String,
    /// Its first process as the server counts; `null`: none runs.
    pub pid: Option<u32>,
    /// How it ended the last time; `null`: it runs, or has not been started.
    pub exit_code: Option<i64>,
    /// Why it could not be started; `null`: nothing is said.
    pub error: Option<String>,
    /// Whether it was killed for want of memory.
    pub is_out_of_memory: bool,
    /// When it was started the last time; `null`: never.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended the last time; `null`: never.
    pub finished_at: Option<DateTime<Utc>>,
    /// How often it has been started again by itself.
    pub restart_count: u64,
    /// When it is started again: `no`, `always`, `unless-stopped`, `on-failure`; `null`: not told.
    pub restart_policy: Option<String>,
    /// How often at most `on-failure` starts it again; `null`: without end.
    pub restart_most: Option<u64>,
    /// What its health checks say; `null`: it has none.
    pub health: Option<DockerHealth>,
    /// Whether it may do what root may do on the server.
    pub is_privileged: bool,
    /// Whether its own files cannot be written.
    pub is_read_only: bool,
    /// Whether it is removed once it ends.
    pub is_removed_at_end: bool,
    /// The user that it runs as, by name or number; `null`: the image's, which mostly is root.
    pub user: Option<String>,
    /// The folder it begins in; `null`: the image's.
    pub working_folder: Option<String>,
    /// Its own host name; `null`: none.
    pub host_name: Option<String>,
    /// `bridge`, `host`, `none`, a network's name, `container:` and an id; `null`: not told.
    pub network_mode: Option<String>,
    /// What keeps its log: `json-file`, `journald`; `null`: not told.
    pub log_driver: Option<String>,
    /// What it may use at most.
    pub limits: DockerLimits,
    /// What of the server is to be seen in it, by place.
    pub mounts: Vec<DockerMount>,
    /// Its addresses, one for each network that it is in.
    pub networks: Vec<DockerAddress>,
    /// Its ports, those that lead out and those that it only names.
    pub ports: Vec<DockerPort>,
    /// Its variables.
    pub environment: Vec<DockerVariable>,
    /// Its labels.
    pub labels: Vec<DockerLabel>,
}

impl Query for Inspect {
    const ID: &'static str = "docker.inspect";
    const TITLE: &'static str = "One container";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = ContainerNamed;
    type Answer = DockerInspection;
    const VARIANTS: &'static [Variant<ContainerNamed, DockerInspection>] =
        &[docker::VARIANT, podman::VARIANT];
}
