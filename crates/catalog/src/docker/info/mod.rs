//! `docker.info`: how Docker or Podman is set up, and how much there is of everything.

mod docker;
mod podman;
mod podman_text;
mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// How it is set up.
pub struct Info;

/// The answer of `docker.info`. `null` in a field: not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerInfo {
    /// The version of what runs the containers.
    pub server_version: Option<String>,
    /// How many containers there are, those that have ended included.
    pub containers: Option<u64>,
    /// How many of them run.
    pub running: Option<u64>,
    /// How many of them are paused.
    pub paused: Option<u64>,
    /// How many of them have ended, or have never been started.
    pub stopped: Option<u64>,
    /// How many images there are.
    pub images: Option<u64>,
    /// What keeps the layers of images: `overlay2`, `vfs`.
    pub storage_driver: Option<String>,
    /// Where it keeps all.
    pub root_folder: Option<String>,
    /// What keeps logs unless a container says otherwise: `json-file`.
    pub log_driver: Option<String>,
    /// What sets the limits: `systemd`, `cgroupfs`.
    pub cgroup_driver: Option<String>,
    /// The version of control groups, 1 or 2.
    pub cgroup_version: Option<u64>,
    /// What starts a container: `runc`, `crun`.
    pub runtime: Option<String>,
    /// Whether it is part of a swarm: `inactive`, `active`, `pending`.
    pub swarm: Option<String>,
    /// Whether containers go on while the daemon is restarted.
    pub has_live_restore: Option<bool>,
    /// The server's name.
    pub host_name: Option<String>,
    /// The server's system, `Debian GNU/Linux 13 (trixie)`.
    pub operating_system: Option<String>,
    /// Its kernel.
    pub kernel: Option<String>,
    /// Its processor: `x86_64`.
    pub architecture: Option<String>,
    /// How many processors it has.
    pub cpus: Option<u64>,
    /// Its memory.
    pub memory_bytes: Option<u64>,
    /// What it warns of, in its own words.
    pub warnings: Vec<String>,
}

impl Query for Info {
    const ID: &'static str = "docker.info";
    const TITLE: &'static str = "How Docker or Podman is set up";
    const CAPABILITY: Capability = Capability::DockerRead;
    type Args = NoArgs;
    type Answer = DockerInfo;
    const VARIANTS: &'static [Variant<NoArgs, DockerInfo>] = &[
        docker::VARIANT,
        podman::VARIANT,
        text::VARIANT,
        podman_text::VARIANT,
    ];
}
