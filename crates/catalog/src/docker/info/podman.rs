//! `podman-info(1)` as JSON: of what the user who asks has.

use serde::Deserialize;

use super::{DockerInfo, docker};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    docker::{rows, values},
};

pub(super) const VARIANT: Variant<NoArgs, DockerInfo> = Variant {
    name: "podman",
    needs: Needs::programs(&["podman"]),
    source: |_| {
        let words = ["info", "--format", "json"];
        Source::Command(Command::new("podman").words(&words))
    },
    reads: &["podman info", "podman system info"],
    parse,
};

#[derive(Deserialize)]
struct Row {
    host: Host,
    store: Store,
    version: Version,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Host {
    arch: String,
    #[serde(default)]
    cgroup_manager: String,
    #[serde(default)]
    cgroup_version: String,
    cpus: u64,
    distribution: Distribution,
    hostname: String,
    kernel: String,
    #[serde(default)]
    log_driver: String,
    mem_total: u64,
    #[serde(default)]
    oci_runtime: Option<Runtime>,
}

#[derive(Deserialize)]
struct Distribution {
    distribution: String,
    #[serde(default)]
    version: String,
}

#[derive(Deserialize)]
struct Runtime {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Store {
    container_store: ContainerStore,
    graph_driver_name: String,
    graph_root: String,
    image_store: ImageStore,
}

#[derive(Deserialize)]
struct ContainerStore {
    number: u64,
    paused: u64,
    running: u64,
    stopped: u64,
}

#[derive(Deserialize)]
struct ImageStore {
    number: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Version {
    version: String,
}

impl Row {
    fn info(self) -> DockerInfo {
        let Host { distribution, .. } = &self.host;
        let system = format!("{} {}", distribution.distribution, distribution.version);
        let cgroups = self.host.cgroup_version.trim_start_matches('v');
        DockerInfo {
            server_version: values::said(&self.version.version),
            containers: Some(self.store.container_store.number),
            running: Some(self.store.container_store.running),
            paused: Some(self.store.container_store.paused),
            stopped: Some(self.store.container_store.stopped),
            images: Some(self.store.image_store.number),
            storage_driver: values::said(&self.store.graph_driver_name),
            root_folder: values::said(&self.store.graph_root),
            log_driver: values::said(&self.host.log_driver),
            cgroup_driver: values::said(&self.host.cgroup_manager),
            cgroup_version: cgroups.parse().ok(),
            runtime: self
                .host
                .oci_runtime
                .and_then(|runtime| values::said(&runtime.name)),
            swarm: None,
            has_live_restore: None,
            host_name: values::said(&self.host.hostname),
            operating_system: values::said(&system),
            kernel: values::said(&self.host.kernel),
            architecture: values::said(&self.host.arch),
            cpus: Some(self.host.cpus),
            memory_bytes: Some(self.host.mem_total),
            warnings: Vec::new(),
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DockerInfo>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    docker::only(rows::rows(raw, |row: Row| Some(row.info()))?)
}
