//! `docker.version`: which versions of Docker or Podman there are, client and server.

mod docker;
mod podman;
mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Versions of the tools.
pub struct Versions;

/// The answer of `docker.version`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerVersions {
    /// What a person types; `null`: not told.
    pub client: Option<DockerProgram>,
    /// What runs the containers; `null`: it does not answer, there is none (Podman), or not told.
    pub server: Option<DockerProgram>,
    /// What belongs to them, with a version of its own: `containerd`, `runc`, `docker-compose`.
    pub components: Vec<DockerComponent>,
}

/// A program of Docker or Podman.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerProgram {
    /// Its version, `26.1.5+dfsg1`.
    pub version: String,
    /// The version of its interface; `null`: not told.
    pub api_version: Option<String>,
    /// The oldest version of the interface that it understands; `null`: not told.
    pub least_api_version: Option<String>,
    /// The Go that it was made with; `null`: not told.
    pub go_version: Option<String>,
    /// The revision that it was made of; `null`: not told.
    pub git_commit: Option<String>,
    /// System and processor, `linux/amd64`; `null`: not told.
    pub platform: Option<String>,
}

/// A part with a version of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerComponent {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Query for Versions {
    const ID: &'static str = "docker.version";
    const TITLE: &'static str = "Versions of Docker or Podman";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerVersions;
    const VARIANTS: &'static [Variant<NoArgs, DockerVersions>] =
        &[docker::VARIANT, podman::VARIANT, text::VARIANT];
}
