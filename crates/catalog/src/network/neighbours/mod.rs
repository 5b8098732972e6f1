//! `network.neighbours`: which hardware address answers for which address on the links.

mod arp;
mod ip;
mod ip_text;
mod proc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::IpFamily;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Neighbours on the links.
pub struct Neighbours;

/// The answer of `network.neighbours`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkNeighbourList {
    /// In the tool's order; of version 4 alone where the tool is older than `ip`.
    pub neighbours: Vec<NetworkNeighbour>,
}

/// A host on a link. What the tool does not say is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkNeighbour {
    /// Its address, or a name where the tool put one in its place.
    pub address: String,
    /// The family of the address.
    pub family: Option<IpFamily>,
    /// The interface behind which it is.
    pub interface: Option<String>,
    /// Its hardware address in lower case; `null`: it does not answer.
    pub hardware_address: Option<String>,
    /// What is known of it: `reachable`, `stale`, `delay`, `probe`, `incomplete`, `failed`,
    /// `permanent`, `noarp`. The older tools tell but `permanent` and `incomplete`.
    pub state: Option<String>,
    /// Whether it said that it is a router.
    pub is_router: bool,
    /// Whether the server answers in its place.
    pub is_proxy: bool,
}

impl Query for Neighbours {
    const ID: &'static str = "network.neighbours";
    const TITLE: &'static str = "Neighbours on the links";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkNeighbourList;
    const VARIANTS: &'static [Variant<NoArgs, NetworkNeighbourList>] =
        &[ip::VARIANT, ip_text::VARIANT, proc::VARIANT, arp::VARIANT];
}
