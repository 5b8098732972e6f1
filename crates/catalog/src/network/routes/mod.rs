//! `network.routes`: where packets go.

mod ip;
mod ip_text;
mod proc;
mod route;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::IpFamily;
use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Network routes.
pub struct Routes;

/// The answer of `network.routes`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkRouteList {
    /// The routes in the tool's order, one for each next hop. `ip` lists the main table; of version 6
    /// the older tools list the server's own addresses too.
    pub routes: Vec<NetworkRoute>,
}

/// A route. What the tool does not say is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkRoute {
    /// The family; `null` only for a default route of which nothing tells it.
    pub family: Option<IpFamily>,
    /// Where to: `10.0.0.0/24`, `0.0.0.0/0`, `::/0`; `default` where the family is not known. A tool
    /// may put a name in the address's place.
    pub destination: String,
    /// The next hop; `null`: the destination is on the link.
    pub gateway: Option<String>,
    /// The interface; `null`: packets go nowhere.
    pub interface: Option<String>,
    /// The address that packets are sent from.
    pub source: Option<String>,
    /// Of routes to one place that with the least is taken.
    pub metric: Option<u32>,
    /// Who made it, for example `kernel`, `static`, `dhcp`, `ra`.
    pub protocol: Option<String>,
    /// How far the destination is: `link`, `host`, `global`.
    pub scope: Option<String>,
    /// The table it is in where that is not the main one.
    pub table: Option<String>,
    /// What becomes of packets: `unicast`, `local`, `broadcast`, `multicast`, `unreachable`,
    /// `blackhole`, `prohibit`, `throw`; `reject` where a tool does not tell the last ones apart.
    pub kind: Option<String>,
    /// Of several next hops the share of this one.
    pub weight: Option<u32>,
    /// The longest packet, in bytes, where the route says so.
    pub mtu_bytes: Option<u32>,
    /// What else `ip` says of it, for example `onlink`, `linkdown`.
    pub flags: Vec<String>,
}

impl Query for Routes {
    const ID: &'static str = "network.routes";
    const TITLE: &'static str = "Network routes";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NetworkRouteList;
    const VARIANTS: &'static [Variant<NoArgs, NetworkRouteList>] =
        &[ip::VARIANT, ip_text::VARIANT, proc::VARIANT, route::VARIANT];
}
