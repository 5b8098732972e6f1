//! The arguments of what asks another host over the network: ping, traceroute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::arguments::HostName;

/// The arguments of `network.ping`, `network.pings` and `network.trace`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostToReach {
    /// Which host is asked; by default `127.0.0.1`, the server itself, so that nothing is sent into the
    /// network.
    #[serde(default)]
    pub host: HostName,
}
