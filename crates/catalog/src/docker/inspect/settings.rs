//! The parts of `docker.inspect`'s answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the health checks of a container say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerHealth {
    /// `starting`, `healthy`, `unhealthy`.
    pub status: String,
    /// How many checks in a row have failed.
    pub failing_streak: u64,
}

/// What a container may use at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerLimits {
    /// Memory; `null`: no limit.
    pub memory_bytes: Option<u64>,
    /// Memory and swap together; `null`: no limit of its own.
    pub memory_and_swap_bytes: Option<u64>,
    /// Memory that it is pushed back to when the server has little; `null`: none.
    pub memory_reservation_bytes: Option<u64>,
    /// Processors, 0.5 is half of one; `null`: no limit.
    pub cpus: Option<f64>,
    /// Processes and threads; `null`: no limit.
    pub processes: Option<u64>,
}

/// Something of the server that is to be seen in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerMount {
    /// `volume`, `bind` (a folder of the server), `tmpfs`, `image`.
    pub r#type: String,
    /// The volume's name; `null`: it is none.
    pub name: Option<String>,
    /// The folder of the server; `null`: there is none.
    pub source: Option<String>,
    /// Its place in the container.
    pub destination: String,
    /// Whether the container may write there.
    pub is_writable: bool,
}

/// A container's addresses in one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerAddress {
    /// The network's name.
    pub network: String,
    /// Its address there; `null`: none, as while it does not run.
    pub ipv4: Option<String>,
    /// Its IPv6 address there; `null`: none.
    pub ipv6: Option<String>,
    /// The gateway; `null`: none.
    pub gateway: Option<String>,
    /// Its hardware address there; `null`: none.
    pub mac: Option<String>,
}

/// A port of a container.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerPort {
    /// The port in the container.
    pub container_port: u16,
    /// `tcp`, `udp`, `sctp`.
    pub protocol: String,
    /// The address of the server that leads to it, `0.0.0.0` and `::` for any; `null`: none does, or
    /// not told which.
    pub host_ip: Option<String>,
    /// The port of the server that leads to it; `null`: none does.
    pub host_port: Option<u16>,
}

/// A variable of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DockerVariable {
    /// Its name.
    pub name: String,
    /// Its value, may be empty; `null`: left out, since it looks like a secret.
    pub value: Option<String>,
}
