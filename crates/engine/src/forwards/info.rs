//! Forwarded ports as the surfaces see them.

use catalog::arguments::{HostName, Port};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ErrorBody;

/// Where connections to a forwarded port go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum ForwardTarget {
    /// To one port of a host, as seen from the server.
    Port {
        /// The host; absent: the server itself.
        #[serde(default = "the_server_itself")]
        host: HostName,
        /// Its TCP port.
        port: Port,
    },
    /// Wherever the program that connects says, by SOCKS 5 or 4a; the server looks up names.
    Socks,
}

fn the_server_itself() -> HostName {
    HostName::try_from("localhost".to_owned()).unwrap_or_default()
}

/// A port to be forwarded.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewForward {
    /// Where its connections go.
    pub to: ForwardTarget,
    /// The port on this computer; absent, `null` or 0: the same number as over there if it is free
    /// and above 1023, else any.
    #[serde(default)]
    pub local_port: Option<u16>,
}

/// A forwarded port.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Forward")]
pub struct ForwardInfo {
    /// Its id.
    pub id: String,
    /// The server's id.
    pub server: String,
    /// Where its connections go.
    pub to: ForwardTarget,
    /// The loopback address of this computer that it listens on: one of the server's own, so that a
    /// browser gives the cookies of nothing else to what is forwarded.
    pub local_address: String,
    /// The port there.
    pub local_port: u16,
    /// When it was opened, RFC 3339 in UTC.
    pub opened_at: String,
    /// Bytes that went to the server, over all its connections.
    pub sent_bytes: u64,
    /// Bytes that came from the server.
    pub received_bytes: u64,
    /// Connections that are open now.
    pub open_connections: u32,
    /// All connections there were.
    pub total_connections: u64,
    /// What went wrong last; `null`: nothing did.
    pub last_failure: Option<ForwardFailure>,
}

/// What went wrong with a connection of a forwarded port.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ForwardFailure {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What.
    pub error: ErrorBody,
}
