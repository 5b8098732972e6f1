//! `services.sockets`: the sockets systemd listens on for its services.

mod systemctl;
mod systemctl_text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The sockets systemd listens on.
pub struct Sockets;

/// The answer of `services.sockets`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceSocketList {
    /// One for each address, so that a unit may be there more than once; empty: there is none.
    pub sockets: Vec<ServiceSocket>,
}

/// An address as `systemctl(1) list-sockets` tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceSocket {
    /// What it listens on: a path, `[::]:22`, `@name`, `audit 1`.
    pub listen: String,
    /// `Stream`, `Datagram`, `SequentialPacket`, `FIFO`, `Netlink`; `null`: not told.
    pub r#type: Option<String>,
    /// The socket's unit, `ssh.socket`.
    pub unit: String,
    /// The units it starts, mostly one; empty: none, or not told.
    pub activates: Vec<String>,
}

impl Query for Sockets {
    const ID: &'static str = "services.sockets";
    const TITLE: &'static str = "Sockets systemd listens on for its services";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ServiceSocketList;
    const VARIANTS: &'static [Variant<NoArgs, ServiceSocketList>] =
        &[systemctl::VARIANT, systemctl_text::VARIANT];
}
