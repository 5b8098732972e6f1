//! `docker.disk_usage`: what images, containers and volumes take on disk, of Docker or of Podman.

mod docker;
mod podman;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What they take on disk.
pub struct DiskUsage;

/// The answer of `docker.disk_usage`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerDiskUsage {
    /// One for each kind of thing; empty where a person asked for the single ones.
    pub kinds: Vec<DockerDiskUsageKind>,
    /// The single ones, where a person asked for them with `-v`; else empty.
    pub items: Vec<DockerDiskUsageItem>,
}

/// All things of a kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerDiskUsageKind {
    /// `Images`, `Containers`, `Local Volumes`, `Build Cache`.
    pub kind: String,
    /// How many there are; `null`: not told.
    pub total: Option<u64>,
    /// How many of them are in use; `null`: not told.
    pub active: Option<u64>,
    /// What they take; `null`: not told.
    pub size_bytes: Option<u64>,
    /// What would be free without those that are not in use; `null`: not told.
    pub reclaimable_bytes: Option<u64>,
    /// The same of what they take, 0 to 100; `null`: not told.
    pub reclaimable_percent: Option<f64>,
}

/// One thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerDiskUsageItem {
    /// `Images`, `Containers`, `Local Volumes`, `Build Cache`.
    pub kind: String,
    /// Its id, of any length; `null`: it has none.
    pub id: Option<String>,
    /// Its name, an image's with its tag; `null`: it has none.
    pub name: Option<String>,
    /// What it takes, of a container its own layer; `null`: not told.
    pub size_bytes: Option<u64>,
    /// What of an image others share; `null`: not told.
    pub shared_bytes: Option<u64>,
    /// What of an image it has alone; `null`: not told.
    pub unique_bytes: Option<u64>,
    /// How many containers use an image or a volume; `null`: not told.
    pub containers: Option<u64>,
}

/// What can be reclaimed: `1.986MB (100%)`, `0B`.
fn reclaimable(text: &str) -> (Option<u64>, Option<f64>) {
    match text.split_once(" (") {
        Some((size, share)) => {
            let share = share.strip_suffix(')').and_then(values::percent);
            (values::size(size), share)
        }
        None => (values::size(text), None),
    }
}

/// An image's name; `None`: it has none.
fn image_name(repository: &str, tag: &str) -> Option<String> {
    let repository = values::said(repository)?;
    Some(match values::said(tag) {
        Some(tag) => format!("{repository}:{tag}"),
        None => repository,
    })
}

impl Query for DiskUsage {
    const ID: &'static str = "docker.disk_usage";
    const TITLE: &'static str = "What images, containers and volumes take on disk";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerDiskUsage;
    const VARIANTS: &'static [Variant<NoArgs, DockerDiskUsage>] =
        &[docker::VARIANT, podman::VARIANT, table::VARIANT];
}
