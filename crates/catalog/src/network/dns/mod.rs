//! `network.dns`: which servers the names are asked of, and which domains are tried.

mod resolv_conf;
mod resolvectl;
mod server;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Name servers and search domains.
pub struct Dns;

/// The answer of `network.dns`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkDns {
    /// The name servers in the order they are asked. Where `systemd-resolved` is at work
    /// `/etc/resolv.conf` may name but its own `127.0.0.53`.
    pub servers: Vec<DnsServer>,
    /// The domains that are tried behind a name, or whose names are asked of certain servers.
    pub domains: Vec<DnsDomain>,
    /// The options of `/etc/resolv.conf`, for example `ndots:2`; empty also where they are not told.
    pub options: Vec<String>,
}

/// A name server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DnsServer {
    /// Its address.
    pub address: String,
    /// Its port where that is not 53.
    pub port: Option<u16>,
    /// The name that its certificate must have.
    pub name: Option<String>,
    /// The interface it belongs to; `null`: none, it is asked for all.
    pub interface: Option<String>,
    /// Whether it is asked only where there is no other.
    pub is_fallback: bool,
    /// Whether it is the one that is asked now; `null`: the tool does not say.
    pub is_current: Option<bool>,
}

/// A search domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DnsDomain {
    /// The domain; `.` stands for all names.
    pub domain: String,
    /// Whether it only chooses the servers, and is not tried behind a name.
    pub is_route_only: bool,
    /// The interface it belongs to; `null`: none.
    pub interface: Option<String>,
}

impl Query for Dns {
    const ID: &'static str = "network.dns";
    const TITLE: &'static str = "Name servers and search domains";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkDns;
    const VARIANTS: &'static [Variant<NoArgs, NetworkDns>] =
        &[resolvectl::VARIANT, resolv_conf::VARIANT];
}
