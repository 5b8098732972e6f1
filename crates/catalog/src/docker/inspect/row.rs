//! A container as `inspect` has it in JSON, made into the answer's form.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    DockerContainerDetail, DockerHealth, DockerLimits,
    parts::{Address, Binding, Mount, addresses, mounts, ports, variable},
};
use crate::docker::values::{self, Moment};
use crate::redact;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Row {
    id: String,
    created: Moment,
    path: String,
    #[serde(default)]
    args: Option<Vec<String>>,
    state: State,
    image: String,
    name: String,
    #[serde(default)]
    restart_count: u64,
    host_config: HostConfig,
    #[serde(default)]
    mounts: Option<Vec<Mount>>,
    config: Config,
    network_settings: NetworkSettings,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct State {
    status: String,
    #[serde(default)]
    running: bool,
    /// It has ended and waits to be started again; Docker counts it as running then.
    #[serde(default)]
    restarting: bool,
    #[serde(default, rename = "OOMKilled")]
    oom_killed: bool,
    #[serde(default)]
    pid: u32,
    #[serde(default)]
    exit_code: i64,
    #[serde(default)]
    error: String,
    started_at: Moment,
    finished_at: Moment,
    /// Podman before 4 wrote `Healthcheck`.
    #[serde(default, alias = "Healthcheck")]
    health: Option<Health>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Health {
    #[serde(default)]
    status: String,
    #[serde(default)]
    failing_streak: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HostConfig {
    #[serde(default)]
    network_mode: String,
    #[serde(default)]
    restart_policy: Option<RestartPolicy>,
    #[serde(default)]
    auto_remove: bool,
    #[serde(default)]
    privileged: bool,
    #[serde(default)]
    readonly_rootfs: bool,
    #[serde(default)]
    log_config: Option<LogConfig>,
    #[serde(default)]
    memory: i64,
    #[serde(default)]
    memory_swap: i64,
    #[serde(default)]
    memory_reservation: i64,
    #[serde(default)]
    nano_cpus: i64,
    #[serde(default)]
    cpu_period: i64,
    #[serde(default)]
    cpu_quota: i64,
    #[serde(default)]
    pids_limit: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RestartPolicy {
    #[serde(default)]
    name: String,
    #[serde(default)]
    maximum_retry_count: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LogConfig {
    #[serde(default)]
    r#type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Config {
    #[serde(default)]
    hostname: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    env: Option<Vec<String>>,
    image: String,
    #[serde(default)]
    working_dir: String,
    #[serde(default)]
    labels: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NetworkSettings {
    #[serde(default)]
    ports: Option<BTreeMap<String, Option<Vec<Binding>>>>,
    #[serde(default)]
    networks: Option<BTreeMap<String, Address>>,
}

impl Row {
    pub(super) fn detail(self) -> DockerContainerDetail {
        let limits = self.host_config.limits();
        let image_id = self.image.strip_prefix("sha256:").unwrap_or(&self.image);
        let words = std::iter::once(self.path).chain(self.args.unwrap_or_default());
        let is_up = self.state.running && !self.state.restarting;
        let has_ended = !is_up && self.state.started_at.utc().is_some();
        let policy = self.host_config.restart_policy;
        let restart_most = policy.as_ref().map(|policy| policy.maximum_retry_count);
        DockerContainerDetail {
            id: self.id,
            name: self.name.strip_prefix('/').unwrap_or(&self.name).to_owned(),
            image: self.config.image,
            image_id: image_id.to_owned(),
            command: redact::words(words.filter(|word| !word.is_empty()).collect()),
            created_at: self.created.utc(),
            state: self.state.status,
            pid: Some(self.state.pid).filter(|pid| *pid != 0),
            exit_code: has_ended.then_some(self.state.exit_code),
            error: values::said(&self.state.error),
            is_out_of_memory: self.state.oom_killed,
            started_at: self.state.started_at.utc(),
            finished_at: self.state.finished_at.utc(),
            restart_count: self.restart_count,
            restart_policy: policy.and_then(|policy| values::said(&policy.name)),
            restart_most: restart_most.filter(|most| *most != 0),
            health: self.state.health.and_then(Health::health),
            is_privileged: self.host_config.privileged,
            is_read_only: self.host_config.readonly_rootfs,
            is_removed_at_end: self.host_config.auto_remove,
            user: values::said(&self.config.user),
            working_folder: values::said(&self.config.working_dir),
            host_name: values::said(&self.config.hostname),
            network_mode: values::said(&self.host_config.network_mode),
            log_driver: self
                .host_config
                .log_config
                .and_then(|log| values::said(&log.r#type)),
            limits,
            mounts: mounts(self.mounts.unwrap_or_default()),
            ports: ports(self.network_settings.ports.unwrap_or_default()),
            networks: addresses(self.network_settings.networks.unwrap_or_default()),
            environment: self
                .config
                .env
                .into_iter()
                .flatten()
                .map(variable)
                .collect(),
            labels: values::labels(self.config.labels.unwrap_or_default()),
        }
    }
}

impl Health {
    /// What it says; `None` for a container without checks, which Podman has as an empty status.
    fn health(self) -> Option<DockerHealth> {
        let has_checks = !matches!(self.status.as_str(), "" | "none");
        has_checks.then_some(DockerHealth {
            status: self.status,
            failing_streak: self.failing_streak,
        })
    }
}

impl HostConfig {
    /// The limits; 0 and -1 stand for none.
    fn limits(&self) -> DockerLimits {
        let limit = |number: i64| u64::try_from(number).ok().filter(|number| *number != 0);
        let cpus = match (
            limit(self.nano_cpus),
            limit(self.cpu_quota),
            limit(self.cpu_period),
        ) {
            (Some(nano), _, _) => Some(nano as f64 / 1e9),
            // Without a period it is a tenth of a second.
            (None, Some(quota), period) => Some(quota as f64 / period.unwrap_or(100_000) as f64),
            (None, None, _) => None,
        };
        DockerLimits {
            memory_bytes: limit(self.memory),
            memory_and_swap_bytes: limit(self.memory_swap),
            memory_reservation_bytes: limit(self.memory_reservation),
            cpus,
            processes: self.pids_limit.and_then(limit),
        }
    }
}
