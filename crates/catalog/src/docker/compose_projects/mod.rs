//! `docker.compose_projects`: the projects that Docker Compose has started.

mod compose;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Projects of Docker Compose.
pub struct ComposeProjects;

/// The answer of `docker.compose_projects`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerComposeProjectList {
    /// The projects that have containers, by name.
    pub projects: Vec<DockerComposeProject>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerComposeProject {
    /// Its name.
    pub name: String,
    /// How it is, for people: `exited(1), running(4)`; empty: not shown.
    pub status: String,
    /// The same: how many of its containers are in which state; empty: not understood.
    pub states: Vec<DockerComposeState>,
    /// The files that describe it; empty: not shown.
    pub config_files: Vec<String>,
}

/// How many containers of a project are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerComposeState {
    /// `running`, `exited`, `restarting`, `paused`.
    pub state: String,
    /// How many.
    pub containers: u64,
}

impl DockerComposeProject {
    fn new(name: &str, status: &str, files: &str) -> Self {
        let states = status.split(", ").map(|text| {
            let (state, count) = text.split_once('(')?;
            Some(DockerComposeState {
                state: state.to_owned(),
                containers: count.strip_suffix(')')?.parse().ok()?,
            })
        });
        // A comma stands between paths, and may stand in one.
        let pieces: Vec<&str> = files.split(',').collect();
        let config_files = match files {
            "" => Vec::new(),
            _ if pieces.iter().all(|piece| piece.starts_with('/')) => {
                pieces.into_iter().map(str::to_owned).collect()
            }
            files => vec![files.to_owned()],
        };
        Self {
            name: name.to_owned(),
            status: status.to_owned(),
            states: states.collect::<Option<_>>().unwrap_or_default(),
            config_files,
        }
    }
}

impl Query for ComposeProjects {
    const ID: &'static str = "docker.compose_projects";
    const TITLE: &'static str = "Projects of Docker Compose";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerComposeProjectList;
    const VARIANTS: &'static [Variant<NoArgs, DockerComposeProjectList>] =
        &[compose::VARIANT, table::VARIANT];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split_where_that_is_certain() {
        let files = |text| DockerComposeProject::new("a", "running(1)", text).config_files;
        assert_eq!(files("/a/b.yml,/a/c.yml"), ["/a/b.yml", "/a/c.yml"]);
        assert_eq!(files("/a/b,c.yml"), ["/a/b,c.yml"]);
        assert!(files("").is_empty());
    }
}
