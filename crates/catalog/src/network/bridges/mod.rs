//! `network.bridges`: the bridges of the server, and which interfaces are their ports.

mod brctl;
mod bridge_text;
mod ip;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Bridges and their ports.
pub struct Bridges;

/// The answer of `network.bridges`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkBridgeList {
    /// The bridges; `bridge link` alone does not know those without a port.
    pub bridges: Vec<NetworkBridge>,
    /// The ports of all bridges.
    pub ports: Vec<NetworkBridgePort>,
}

/// A bridge. What the tool does not say is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkBridge {
    /// The interface, for example `br0`.
    pub name: String,
    /// Its id: priority and hardware address, `8000.8e:c5:39:ed:b2:57`.
    pub id: Option<String>,
    /// Whether it speaks the spanning tree protocol.
    pub has_stp: Option<bool>,
}

/// A port of a bridge. What the tool does not say is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkBridgePort {
    /// The bridge.
    pub bridge: String,
    /// The interface that is its port.
    pub interface: String,
    /// `disabled`, `listening`, `learning`, `forwarding` or `blocking`.
    pub state: Option<String>,
    /// What a packet through it costs, for the spanning tree.
    pub cost: Option<u32>,
    /// The port's priority, for the spanning tree.
    pub priority: Option<u32>,
}

/// The bridges that the ports name, each once.
fn of_ports(ports: &[NetworkBridgePort]) -> Vec<NetworkBridge> {
    let mut names: Vec<&str> = ports.iter().map(|port| port.bridge.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let bridge = |name: &str| NetworkBridge {
        name: name.to_owned(),
        ..NetworkBridge::default()
    };
    names.into_iter().map(bridge).collect()
}

/// `8000.12f3094c9fd1` of `brctl` and `8000.12:f3:9:4c:9f:d1` of `ip -json` in one spelling.
fn id(text: &str) -> String {
    let Some((priority, address)) = text.split_once('.') else {
        return text.to_owned();
    };
    let pairs: Vec<String> = if address.contains(':') {
        address
            .split(':')
            .map(|pair| format!("{pair:0>2}"))
            .collect()
    } else {
        let digits: Vec<char> = address.chars().collect();
        digits.chunks(2).map(|pair| pair.iter().collect()).collect()
    };
    format!("{priority}.{}", pairs.join(":"))
}

impl Query for Bridges {
    const ID: &'static str = "network.bridges";
    const TITLE: &'static str = "Bridges and their ports";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkBridgeList;
    const VARIANTS: &'static [Variant<NoArgs, NetworkBridgeList>] =
        &[ip::VARIANT, bridge_text::VARIANT, brctl::VARIANT];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_spelled_alike() {
        let expected = "8000.12:f3:09:4c:9f:d1";
        assert_eq!(id("8000.12f3094c9fd1"), expected);
        assert_eq!(id("8000.12:f3:9:4c:9f:d1"), expected);
    }
}
