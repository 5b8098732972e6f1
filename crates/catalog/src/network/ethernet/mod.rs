//! `network.ethernet`: how fast the network cards are linked.

mod ethtool;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Speed and link of network cards.
pub struct Ethernet;

/// The answer of `network.ethernet`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EthernetLinkList {
    /// The interfaces in the tool's order, those without hardware too.
    pub links: Vec<EthernetLink>,
}

/// The link of an interface. What the driver does not know is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EthernetLink {
    /// The interface, for example `eth0`.
    pub interface: String,
    /// Whether there is somebody at the other end.
    pub has_link: Option<bool>,
    /// Its speed in millions of bits a second.
    pub speed_megabits: Option<u64>,
    /// Whether both ends may speak at once.
    pub is_full_duplex: Option<bool>,
    /// Whether the two ends agree on a speed by themselves.
    pub auto_negotiates: Option<bool>,
    /// What the cable is plugged into, for example `Twisted Pair`, `FIBRE`.
    pub port: Option<String>,
    /// On what it wakes the server, as letters of `ethtool(8)`: `g` a magic packet, `d` nothing.
    pub wakes_on: Option<String>,
}

impl Query for Ethernet {
    const ID: &'static str = "network.ethernet";
    const TITLE: &'static str = "Speed and link of network cards";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = EthernetLinkList;
    const VARIANTS: &'static [Variant<NoArgs, EthernetLinkList>] = &[ethtool::VARIANT];
}
