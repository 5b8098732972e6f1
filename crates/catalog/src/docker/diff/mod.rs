//! `docker.diff`: what has been changed in the files of one container, of Docker or of Podman.

mod docker;
mod podman;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ContainerNamed;
use crate::{Capability, Query, Variant};

/// Changed files of a container.
pub struct Diff;

/// The answer of `docker.diff`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerFileChanges {
    /// The changes since it was made of its image, as the tool lists them; empty: none.
    pub changes: Vec<DockerFileChange>,
}

/// A changed file or folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerFileChange {
    /// What has become of it.
    pub change: DockerChangeKind,
    /// Its path in the container.
    pub path: String,
}

/// What has become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DockerChangeKind {
    /// It is new.
    Added,
    /// It, or something in it, is another.
    Changed,
    /// It is gone.
    Deleted,
}

impl Query for Diff {
    const ID: &'static str = "docker.diff";
    const TITLE: &'static str = "Changed files of a container";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = ContainerNamed;
    type Answer = DockerFileChanges;
    const VARIANTS: &'static [Variant<ContainerNamed, DockerFileChanges>] =
        &[docker::VARIANT, podman::VARIANT];
}
