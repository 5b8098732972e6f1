//! `docker.contexts`: the engines that this account's `docker` may speak to.

mod docker;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Contexts of Docker.
pub struct Contexts;

/// The answer of `docker.contexts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerContextList {
    /// The contexts, by name; `default` is always there.
    pub contexts: Vec<DockerContext>,
}

/// A context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerContext {
    /// Its name.
    pub name: String,
    /// What it is, for people; `null`: nothing is said.
    pub description: Option<String>,
    /// Where the engine is: `unix:///var/run/docker.sock`, `ssh://ann@host`; `null`: not told.
    pub endpoint: Option<String>,
    /// Whether `docker` speaks to it now.
    pub is_current: bool,
    /// Why it cannot be used; `null`: nothing is said.
    pub error: Option<String>,
}

impl Query for Contexts {
    const ID: &'static str = "docker.contexts";
    const TITLE: &'static str = "Contexts of Docker";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerContextList;
    const VARIANTS: &'static [Variant<NoArgs, DockerContextList>] =
        &[docker::VARIANT, table::VARIANT];
}
