//! `firewall.ufw`: the rules of the uncomplicated firewall.

mod row;
mod status;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The rules of ufw.
pub struct Ufw;

/// The answer of `firewall.ufw`, see `ufw(8)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UfwStatus {
    /// Whether ufw filters at all.
    pub is_active: bool,
    /// How much is logged: `off`, `low`, `medium`, `high`, `full`; `null`: not told.
    pub logging: Option<String>,
    /// What becomes of a packet to the server that no rule names: `allow`, `deny`, `reject`; `null`:
    /// not told.
    pub default_incoming: Option<String>,
    /// The same for packets from the server.
    pub default_outgoing: Option<String>,
    /// The same for packets that the server passes on; also `disabled`: it passes none on.
    pub default_routed: Option<String>,
    /// What becomes of a new application profile: `skip`, `allow`, `deny`, `reject`; `null`: not told.
    pub new_profiles: Option<String>,
    /// The rules in the order in which they are shown; empty: there are none, or it is not active.
    pub rules: Vec<UfwRule>,
}

/// A rule of ufw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UfwRule {
    /// Its number as `ufw delete` takes it; `null`: not told (`ufw status numbered` does).
    pub number: Option<u32>,
    /// `allow`, `deny`, `reject` or `limit`.
    pub action: String,
    /// `in`, `out`, or `forward` for what the server passes on.
    pub direction: String,
    /// Whether it is for IPv6. An IPv6 address says so, and `(v6)` where there is none.
    pub is_ipv6: bool,
    /// `tcp`, `udp` and the like; `null`: any, or as the application says.
    pub protocol: Option<String>,
    /// Where a packet goes to.
    pub to: UfwEnd,
    /// Where it comes from.
    pub from: UfwEnd,
    /// `log`: new connections are logged, `log-all`: all packets; `null`: none.
    pub logged: Option<String>,
    /// What somebody noted; `null`: nothing.
    pub comment: Option<String>,
}

/// One end of what a rule of ufw is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UfwEnd {
    /// An address or network; `null`: anywhere.
    pub address: Option<String>,
    /// Ports: `22`, `80,443`, `6000:6007`; `null`: any, or as the application says.
    pub ports: Option<String>,
    /// The application profile that the ports come from, `Nginx Full`; `null`: none, or not told.
    pub application: Option<String>,
    /// The network interface; `null`: any.
    pub interface: Option<String>,
}

impl Query for Ufw {
    const ID: &'static str = "firewall.ufw";
    const TITLE: &'static str = "Rules of the uncomplicated firewall";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = UfwStatus;
    const VARIANTS: &'static [Variant<NoArgs, UfwStatus>] = &[status::VARIANT];
}
