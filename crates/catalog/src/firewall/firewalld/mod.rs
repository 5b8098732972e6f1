//! `firewall.firewalld`: the zones of firewalld and what each lets in.

mod cmd;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The zones of firewalld.
pub struct Firewalld;

/// The answer of `firewall.firewalld`, see `firewall-cmd(1)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FirewalldZones {
    /// The zone of all that is assigned to none; `null`: not told.
    pub default_zone: Option<String>,
    /// The zones that were told, in the tool's order.
    pub zones: Vec<FirewalldZone>,
}

/// A zone. A list is `null` where the command does not tell it (`--get-active-zones`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FirewalldZone {
    /// Its name.
    pub name: String,
    /// Whether an interface or a source is assigned to it, or it is the default one where the tool
    /// counts that.
    pub is_active: bool,
    /// What becomes of a packet that it does not name: `default`, `ACCEPT`, `DROP`, `%%REJECT%%`;
    /// `null`: not told.
    pub target: Option<String>,
    /// Whether the ICMP types it names are the only ones let in; `null`: not told.
    pub icmp_block_inversion: Option<bool>,
    /// Interfaces assigned to it.
    pub interfaces: Option<Vec<String>>,
    /// Networks, hardware addresses and `ipset:NAME` assigned to it.
    pub sources: Option<Vec<String>>,
    /// Services let in: `ssh`.
    pub services: Option<Vec<String>>,
    /// Ports let in: `8080/tcp`, `6000-6007/udp`.
    pub ports: Option<Vec<String>>,
    /// Protocols let in: `gre`.
    pub protocols: Option<Vec<String>>,
    /// Whether packets between its own interfaces are passed on; `null`: not told, or firewalld
    /// before 0.9.
    pub forward: Option<bool>,
    /// Whether what leaves by it gets the server's own address; `null`: not told.
    pub masquerade: Option<bool>,
    /// Ports passed on, as `port=80:proto=tcp:toport=8080:toaddr=10.0.0.2`.
    pub forward_ports: Option<Vec<String>>,
    /// Ports that packets may come from.
    pub source_ports: Option<Vec<String>>,
    /// ICMP types that are not let in.
    pub icmp_blocks: Option<Vec<String>>,
    /// Rules in firewalld's rich language, see `firewalld.richlanguage(5)`.
    pub rich_rules: Option<Vec<String>>,
}

impl Query for Firewalld {
    const ID: &'static str = "firewall.firewalld";
    const TITLE: &'static str = "Zones of firewalld";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = FirewalldZones;
    const VARIANTS: &'static [Variant<NoArgs, FirewalldZones>] = &[cmd::VARIANT];
}
