//! `docker.swarm_services`: what a swarm is to run.

mod docker;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Services of a swarm.
pub struct SwarmServices;

/// The answer of `docker.swarm_services`. A server that manages no swarm cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerSwarmServiceList {
    /// The services, by name; empty: none.
    pub services: Vec<DockerSwarmService>,
}

/// A service of a swarm. `null` in a field: the listing does not show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerSwarmService {
    /// Its id, 25 letters and digits or the first 12.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// `replicated`, `global`, `replicated job`, `global job`.
    pub mode: Option<String>,
    /// How many of its containers run.
    pub running: Option<u64>,
    /// How many are to run.
    pub wanted: Option<u64>,
    /// The image that they are made of.
    pub image: Option<String>,
    /// Its ports for people, `*:8090->80/tcp`; `null` too where it has none.
    pub ports: Option<String>,
}

/// How many run of how many: `3/3`, `2/2 (max 1 per node)`.
fn replicas(text: &str) -> (Option<u64>, Option<u64>) {
    let counts = text.split(' ').next().unwrap_or_default();
    match counts.split_once('/') {
        Some((running, wanted)) => (running.parse().ok(), wanted.parse().ok()),
        None => (None, None),
    }
}

/// The texts of a service.
struct Texts<'a> {
    id: &'a str,
    name: &'a str,
    mode: &'a str,
    replicas: &'a str,
    image: &'a str,
    ports: &'a str,
}

impl Texts<'_> {
    /// `None`: it has no name.
    fn service(&self) -> Option<DockerSwarmService> {
        let (running, wanted) = replicas(self.replicas);
        Some(DockerSwarmService {
            id: values::said(self.id),
            name: values::said(self.name)?,
            mode: values::said(self.mode),
            running,
            wanted,
            image: values::said(self.image),
            ports: values::said(self.ports),
        })
    }
}

impl Query for SwarmServices {
    const ID: &'static str = "docker.swarm_services";
    const TITLE: &'static str = "Services of a swarm";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerSwarmServiceList;
    const VARIANTS: &'static [Variant<NoArgs, DockerSwarmServiceList>] =
        &[docker::VARIANT, table::VARIANT];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replicas_are_counted() {
        assert_eq!(replicas("0/2"), (Some(0), Some(2)));
        assert_eq!(replicas("2/2 (max 1 per node)"), (Some(2), Some(2)));
        assert_eq!(replicas(""), (None, None));
    }
}
