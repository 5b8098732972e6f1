//! `network.addresses`: the network interfaces, whether they are up, and their addresses.

mod ifconfig;
mod ip;
mod ip_text;
mod line;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{IpFamily, LinkCounters};
use crate::{Capability, Query, Variant, arguments::NoArgs};

pub(super) use {ip::interfaces as from_json, ip_text::interfaces as from_text};

/// Network interfaces and their addresses.
pub struct Addresses;

/// The answer of `network.addresses`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkAddresses {
    /// Every interface that was listed, `lo` included, in the tool's order.
    pub interfaces: Vec<NetworkInterface>,
}

/// A network interface. What the tool does not say is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkInterface {
    /// Its name, for example `eth0`.
    pub name: String,
    /// The kernel's number of it.
    pub index: Option<u32>,
    /// What it stands on: the interface below a VLAN, the other end of a `veth`; `if7` where that
    /// lies in another namespace and has but a number.
    pub parent: Option<String>,
    /// The bridge, bond or VRF that it belongs to; `null` also where it belongs to none.
    pub master: Option<String>,
    /// Its operational state in lower case: `up`, `down`, `unknown` (of those that know no state,
    /// like `lo`), `dormant`, `lowerlayerdown`, `notpresent`, `testing`.
    pub state: Option<String>,
    /// Whether an administrator has put it up.
    pub is_up: Option<bool>,
    /// Its flags as the tool names them, for example `LOWER_UP`; empty also where they are not told.
    pub flags: Vec<String>,
    /// The longest packet it carries, in bytes.
    pub mtu_bytes: Option<u32>,
    /// Its hardware address in lower case; `null` where it has none.
    pub hardware_address: Option<String>,
    /// What is below the packets, for example `ether`, `loopback`, `none`.
    pub link_type: Option<String>,
    /// What the kernel made it as, for example `veth`, `bridge`, `vlan`; `null` for hardware too.
    pub kind: Option<String>,
    /// What an administrator wrote down about it.
    pub alias: Option<String>,
    /// Other names under which it is known.
    pub alternative_names: Vec<String>,
    /// Its addresses; empty also where only links were asked for.
    pub addresses: Vec<InterfaceAddress>,
    /// What it has carried, where that was printed.
    pub counters: Option<LinkCounters>,
}

/// An address of an interface. What the tool does not say is `null`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InterfaceAddress {
    /// Its family.
    pub family: IpFamily,
    /// The address without its prefix, for example `192.0.2.10`.
    pub address: String,
    /// How many bits of it name the network.
    pub prefix_length: Option<u8>,
    /// The address at the other end of a point-to-point link.
    pub peer: Option<String>,
    /// The address that reaches all of the network.
    pub broadcast: Option<String>,
    /// How far it is valid: `global`, `link`, `host`, `site`, or a number.
    pub scope: Option<String>,
    /// The name it was given where that is not the interface's own: `eth0:1`.
    pub label: Option<String>,
    /// What else is said of it, for example `dynamic`, `deprecated`, `tentative`, `secondary`.
    pub flags: Vec<String>,
    /// For how many seconds more it is valid; `null` also: for ever.
    pub valid_seconds: Option<u32>,
    /// For how many seconds more new connections may use it; `null` also: for ever.
    pub preferred_seconds: Option<u32>,
}

impl InterfaceAddress {
    /// An address of which nothing else is known.
    fn new(address: &str, prefix_length: Option<u8>) -> Option<Self> {
        Some(Self {
            family: super::common::family(address)?,
            address: address.to_owned(),
            prefix_length,
            peer: None,
            broadcast: None,
            scope: None,
            label: None,
            flags: Vec::new(),
            valid_seconds: None,
            preferred_seconds: None,
        })
    }
}

impl Query for Addresses {
    const ID: &'static str = "network.addresses";
    const TITLE: &'static str = "Network interfaces and their addresses";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkAddresses;
    const VARIANTS: &'static [Variant<NoArgs, NetworkAddresses>] =
        &[ip::VARIANT, ip_text::VARIANT, ifconfig::VARIANT];
}
