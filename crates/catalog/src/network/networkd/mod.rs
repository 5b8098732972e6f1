//! `network.networkd`: what `systemd-networkd` does with the interfaces.

mod networkctl;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The interfaces of systemd-networkd.
pub struct Networkd;

/// The answer of `network.networkd`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkdLinkList {
    /// The interfaces by their number.
    pub links: Vec<NetworkdLink>,
}

/// An interface as `systemd-networkd` sees it, see `networkctl(1)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkdLink {
    /// The kernel's number of it.
    pub index: u32,
    /// The interface, for example `eth0`.
    pub name: String,
    /// Its type, for example `ether`, `loopback`, `bridge`.
    pub kind: String,
    /// How far it can be used, for example `off`, `carrier`, `degraded`, `routable`; `null`: the
    /// service does not run.
    pub operational_state: Option<String>,
    /// What has become of its settings, for example `configured`, `configuring`, `failed`,
    /// `unmanaged`.
    pub setup_state: Option<String>,
}

impl Query for Networkd {
    const ID: &'static str = "network.networkd";
    const TITLE: &'static str = "The interfaces of systemd-networkd";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkdLinkList;
    const VARIANTS: &'static [Variant<NoArgs, NetworkdLinkList>] = &[networkctl::VARIANT];
}
