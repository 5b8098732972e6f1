//! `network.manager`: what NetworkManager does with the interfaces, and the connections it knows.

mod nmcli;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// NetworkManager's devices and connections.
pub struct Manager;

/// The answer of `network.manager`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkManagerState {
    /// The interfaces; empty also where a person asked for connections.
    pub devices: Vec<ManagedDevice>,
    /// The connections; empty also where a person asked for devices.
    pub connections: Vec<ManagedConnection>,
}

/// An interface as NetworkManager sees it. What was not printed is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManagedDevice {
    /// The interface, for example `eth0`.
    pub name: String,
    /// Its type, for example `ethernet`, `wifi`, `bridge`.
    pub kind: Option<String>,
    /// What it is about, for example `connected`, `disconnected`, `unmanaged`; `nmcli` translates it.
    pub state: Option<String>,
    /// The connection that is active on it; `null` also: none.
    pub connection: Option<String>,
}

/// A connection: the settings that an interface can have. What was not printed is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManagedConnection {
    /// Its name.
    pub name: String,
    /// Its id.
    pub uuid: Option<String>,
    /// Its type, for example `ethernet`; where it is told exactly `802-3-ethernet`.
    pub kind: Option<String>,
    /// The interface on which it is active; `null` also: none.
    pub device: Option<String>,
}

impl Query for Manager {
    const ID: &'static str = "network.manager";
    const TITLE: &'static str = "NetworkManager's devices and connections";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkManagerState;
    const VARIANTS: &'static [Variant<NoArgs, NetworkManagerState>] = &[nmcli::VARIANT];
}
