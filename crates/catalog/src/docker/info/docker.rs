//! `docker-info(1)` as JSON.

use serde::Deserialize;

use super::DockerInfo;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerInfo> = Variant {
    name: "docker",
    needs: Needs::programs(&["docker"]),
    source: |_| {
        let words = ["info", "--format", "{{json .}}"];
        Source::Command(Command::new("docker").words(&words))
    },
    reads: &["docker info", "docker system info"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    server_version: String,
    containers: u64,
    #[serde(default)]
    containers_running: Option<u64>,
    #[serde(default)]
    containers_paused: Option<u64>,
    #[serde(default)]
    containers_stopped: Option<u64>,
    images: u64,
    driver: String,
    docker_root_dir: String,
    #[serde(default)]
    logging_driver: String,
    #[serde(default)]
    cgroup_driver: String,
    #[serde(default)]
    cgroup_version: String,
    #[serde(default)]
    default_runtime: String,
    #[serde(default)]
    swarm: Option<Swarm>,
    #[serde(default)]
    live_restore_enabled: Option<bool>,
    name: String,
    operating_system: String,
    kernel_version: String,
    architecture: String,
    #[serde(rename = "NCPU")]
    cpus: u64,
    mem_total: u64,
    #[serde(default)]
    warnings: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Swarm {
    #[serde(default)]
    local_node_state: String,
}

impl Row {
    /// `None`: the daemon did not answer, and nothing is told but zeros.
    fn info(self) -> Option<DockerInfo> {
        Some(DockerInfo {
            server_version: Some(values::said(&self.server_version)?),
            containers: Some(self.containers),
            running: self.containers_running,
            paused: self.containers_paused,
            stopped: self.containers_stopped,
            images: Some(self.images),
            storage_driver: values::said(&self.driver),
            root_folder: values::said(&self.docker_root_dir),
            log_driver: values::said(&self.logging_driver),
            cgroup_driver: values::said(&self.cgroup_driver),
            cgroup_version: self.cgroup_version.parse().ok(),
            runtime: values::said(&self.default_runtime),
            swarm: self
                .swarm
                .and_then(|swarm| values::said(&swarm.local_node_state)),
            has_live_restore: self.live_restore_enabled,
            host_name: values::said(&self.name),
            operating_system: values::said(&self.operating_system),
            kernel: values::said(&self.kernel_version),
            architecture: values::said(&self.architecture),
            cpus: Some(self.cpus),
            memory_bytes: Some(self.mem_total),
            warnings: self.warnings.unwrap_or_default(),
        })
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerInfo>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    only(rows::rows(raw, Row::info)?)
}

/// The first of the rows.
pub(super) fn only(parsed: Parsed<Vec<DockerInfo>>) -> Result<Parsed<DockerInfo>, ParseError> {
    let info = rows::with(parsed, |rows| rows.into_iter().next());
    let value = info
        .value
        .ok_or_else(|| ParseError::shape("it tells nothing"))?;
    Ok(Parsed {
        value,
        unread: info.unread,
    })
}
