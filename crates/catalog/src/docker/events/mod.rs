//! `docker.events`: what Docker does, as it does it.

mod docker;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Feed, FeedVariant, arguments::NoArgs};

/// What Docker does, as it does it.
pub struct Events;

/// One thing that Docker did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// To what kind of thing: `container`, `image`, `network`, `volume`, `daemon`.
    pub kind: String,
    /// What: `start`, `die`, `pull`, `exec_create: sh`.
    pub action: String,
    /// The id of what it was done to, or its name where it has no id.
    pub id: String,
    /// Its name; `null`: it has none, or it is not told.
    pub name: Option<String>,
    /// The image of a container; `null`: it was none.
    pub image: Option<String>,
    /// What a container ended with, where it did.
    pub exit_code: Option<i32>,
}

impl Feed for Events {
    const ID: &'static str = "docker.events";
    const TITLE: &'static str = "What Docker does";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Record = DockerEvent;
    const VARIANTS: &'static [FeedVariant<NoArgs, DockerEvent>] = &[docker::VARIANT];
}
