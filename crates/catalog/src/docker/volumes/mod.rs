//! `docker.volumes`: the volumes in which containers keep their data, of Docker or of Podman.

mod docker;
mod podman;
mod table;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DockerLabel;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Volumes of containers.
pub struct Volumes;

/// The answer of `docker.volumes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerVolumeList {
    /// The volumes, as the tool sorts them.
    pub volumes: Vec<DockerVolume>,
}

/// A volume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerVolume {
    /// Its name; 64 hexadecimal digits where nobody gave it one.
    pub name: String,
    /// What keeps it, `local`; `null`: the listing does not show it.
    pub driver: Option<String>,
    /// `local`, or `global` for one of a whole swarm; `null`: not shown.
    pub scope: Option<String>,
    /// The folder that it is; `null`: not shown.
    pub mount_point: Option<String>,
    /// When it was made; `null`: not told.
    pub created_at: Option<DateTime<Utc>>,
    /// Its labels; `null`: not shown, or shown so that it is not certain where one ends.
    pub labels: Option<Vec<DockerLabel>>,
    /// How much it holds; `null`: not told.
    pub size_bytes: Option<u64>,
    /// How many containers use it; `null`: not told (a list tells it as little as Podman does).
    pub containers: Option<u64>,
}

impl Query for Volumes {
    const ID: &'static str = "docker.volumes";
    const TITLE: &'static str = "Volumes of containers";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerVolumeList;
    const VARIANTS: &'static [Variant<NoArgs, DockerVolumeList>] =
        &[docker::VARIANT, podman::VARIANT, table::VARIANT];
}
