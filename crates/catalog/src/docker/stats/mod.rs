//! `docker.stats`: what the containers that run use now, of Docker or of Podman.

mod docker;
mod podman;
mod table;

pub(super) use docker::of_line;

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What containers use.
pub struct Stats;

/// The answer of `docker.stats`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerStats {
    /// The containers; of several pictures of one container the last.
    pub containers: Vec<DockerContainerStats>,
}

/// What a container uses. `null` in a field: the tool could not tell, or does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerContainerStats {
    /// Its id, 64 hexadecimal digits or the first 12; empty: not shown.
    pub id: String,
    /// Its name; empty: not shown.
    pub name: String,
    /// Processor time in percent of one processor, 200 is two of them; Podman's is that since the
    /// container's start.
    pub cpu_percent: Option<f64>,
    /// Memory in use.
    pub memory_bytes: Option<u64>,
    /// Memory that it may use at most; that of the server where it has no limit.
    pub memory_limit_bytes: Option<u64>,
    /// Memory in use, of the limit, in percent.
    pub memory_percent: Option<f64>,
    /// Received over its networks since its start.
    pub received_bytes: Option<u64>,
    /// Sent over its networks since its start.
    pub sent_bytes: Option<u64>,
    /// Read from disks since its start.
    pub read_bytes: Option<u64>,
    /// Written to disks since its start.
    pub written_bytes: Option<u64>,
    /// Its processes and threads.
    pub processes: Option<u64>,
}

/// The texts of one container, as every form has them.
struct Cells<'a> {
    id: &'a str,
    name: &'a str,
    cpu: &'a str,
    memory: &'a str,
    memory_percent: &'a str,
    network: &'a str,
    disk: &'a str,
    processes: &'a str,
}

impl Cells<'_> {
    /// `None`: they name no container.
    fn stats(&self) -> Option<DockerContainerStats> {
        let said = |text| values::said(text).unwrap_or_default();
        let (memory_bytes, memory_limit_bytes) = values::two_sizes(self.memory);
        let (received_bytes, sent_bytes) = values::two_sizes(self.network);
        let (read_bytes, written_bytes) = values::two_sizes(self.disk);
        let (id, name) = (said(self.id), said(self.name));
        let is_container = !(id.is_empty() && name.is_empty());
        is_container.then(|| DockerContainerStats {
            id,
            name,
            cpu_percent: values::percent(self.cpu),
            memory_bytes,
            // One that does not run has no limit either.
            memory_limit_bytes: memory_limit_bytes.filter(|limit| *limit != 0),
            memory_percent: values::percent(self.memory_percent),
            received_bytes,
            sent_bytes,
            read_bytes,
            written_bytes,
            processes: self.processes.trim().parse().ok(),
        })
    }
}

/// Of several pictures of a container the last, each in the place of its first.
fn latest(pictures: Vec<DockerContainerStats>) -> DockerStats {
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut containers: Vec<DockerContainerStats> = Vec::new();
    for picture in pictures {
        let key = (picture.id.clone(), picture.name.clone());
        let place = *places.entry(key).or_insert(containers.len());
        match containers.get_mut(place) {
            Some(earlier) => *earlier = picture,
            None => containers.push(picture),
        }
    }
    DockerStats { containers }
}

impl Query for Stats {
    const ID: &'static str = "docker.stats";
    const TITLE: &'static str = "What containers use";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerStats;
    const VARIANTS: &'static [Variant<NoArgs, DockerStats>] =
        &[docker::VARIANT, podman::VARIANT, table::VARIANT];
}
