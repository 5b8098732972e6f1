//! `network.sockets`: who listens, and who is connected with whom.

mod address;
mod netstat;
mod ss;
mod state;
mod users;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::IpFamily;
use crate::{Capability, Query, Variant, arguments::NoArgs};

pub use state::SocketState;

/// Network sockets, listening and connected.
pub struct Sockets;

/// The answer of `network.sockets`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSocketList {
    /// Every network socket that was listed, in the tool's order. Sockets within the server (`unix`,
    /// `netlink`, `packet`) are left out.
    pub sockets: Vec<NetworkSocket>,
}

/// A network socket. What the tool does not say is `null`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSocket {
    /// Its protocol without a version: `tcp`, `udp`, `raw`, `sctp`, `udplite`.
    pub protocol: Option<String>,
    /// The family of its addresses; `null` also for `*`, which stands for both.
    pub family: Option<IpFamily>,
    /// What it is about.
    pub state: Option<SocketState>,
    /// Bytes that wait for the program; of one that listens connections that wait for it.
    pub receive_queue: u64,
    /// Bytes that the other end has not acknowledged; of one that listens, where `ss` tells it, the
    /// most connections that may wait.
    pub send_queue: u64,
    /// Its own end.
    pub local: SocketEnd,
    /// The other end.
    pub peer: SocketEnd,
    /// The interface it is bound to, or on which its link-local address is.
    pub interface: Option<String>,
    /// The programs that hold it; empty also where they are not told, for which the server wants root.
    pub processes: Vec<SocketProcess>,
    /// The user it belongs to.
    pub user: Option<String>,
    /// The number of its node.
    pub inode: Option<u64>,
}

/// One end of a socket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SocketEnd {
    /// The address, or a name where the tool put one in its place; `*`, `0.0.0.0` and `::` stand for
    /// any. `null`: the tool cut it.
    pub address: Option<String>,
    /// The port, or the protocol of a `raw` socket; `null` for any, and where there is a name.
    pub port: Option<u16>,
    /// The name that the tool put in the port's place, for example `https`.
    pub service: Option<String>,
}

/// A program that holds a socket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SocketProcess {
    /// Its name; `netstat` cuts it.
    pub name: String,
    /// Its process id.
    pub pid: u32,
    /// The number of the socket among its files.
    pub fd: Option<u32>,
}

impl Query for Sockets {
    const ID: &'static str = "network.sockets";
    const TITLE: &'static str = "Network sockets, listening and connected";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkSocketList;
    const VARIANTS: &'static [Variant<NoArgs, NetworkSocketList>] =
        &[ss::VARIANT, netstat::VARIANT];
}
