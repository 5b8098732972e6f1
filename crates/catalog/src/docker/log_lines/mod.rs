//! `docker.log_lines`: what a container says, as it says it, after the newest lines there are.

mod docker;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Capability, Feed, FeedVariant,
    arguments::{ContainerId, LogLineCount},
};

/// What a container says.
pub struct LogLines;

/// The arguments of `docker.log_lines`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContainerLogOf {
    /// The container, by its id, the beginning of it, or its name.
    pub container: ContainerId,
    /// Begins with at most so many of its last lines.
    #[serde(default)]
    pub lines: LogLineCount,
}

/// A line that a container said, to standard output or standard error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContainerLogLine {
    /// When; `null`: people did not ask for it by `--timestamps`.
    pub at: Option<DateTime<Utc>>,
    /// The line.
    pub text: String,
}

impl Feed for LogLines {
    const ID: &'static str = "docker.log_lines";
    const TITLE: &'static str = "What a container says";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = ContainerLogOf;
    type Record = ContainerLogLine;
    const VARIANTS: &'static [FeedVariant<ContainerLogOf, ContainerLogLine>] = &[docker::VARIANT];
}
