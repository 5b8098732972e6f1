//! `firewall.iptables`: the chains and rules of iptables, for IPv4 and IPv6.

mod chains;
mod list;
mod save;
mod spec;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The rules of iptables.
pub struct Iptables;

/// The answer of `firewall.iptables`, see `iptables(8)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IptablesRules {
    /// The chains in the order in which they are printed; empty: no table is in use.
    pub chains: Vec<IptablesChain>,
}

/// A chain of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IptablesChain {
    /// `ipv4` or `ipv6`.
    pub family: String,
    /// Its table: `filter`, `nat`, `mangle`, `raw`, `security`.
    pub table: String,
    /// Its name.
    pub name: String,
    /// What becomes of a packet that no rule decides on, `ACCEPT` or `DROP`; `null`: a chain that
    /// others call, or not told.
    pub policy: Option<String>,
    /// How many packets the policy decided on; `null`: not told. Printed in thousands or millions
    /// where the tool rounds them.
    pub packets: Option<u64>,
    /// The bytes of these.
    pub bytes: Option<u64>,
    /// How many rules call it; `null`: it is one of the kernel's, or not told.
    pub references: Option<u64>,
    /// Its rules, first to last.
    pub rules: Vec<IptablesRule>,
}

/// A rule of iptables. What a value is not is written `!10.0.0.0/8`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IptablesRule {
    /// Its place in the chain, from 1.
    pub number: u32,
    /// How many packets it met; `null`: not told.
    pub packets: Option<u64>,
    /// The bytes of these.
    pub bytes: Option<u64>,
    /// What becomes of the packet: `ACCEPT`, `DROP`, `LOG`, the name of a chain; `null`: it is
    /// counted alone.
    pub target: Option<String>,
    /// Whether the target is a chain that does not come back here.
    pub is_goto: bool,
    /// What the target is told, in the tool's own words: `--to-destination 172.17.0.2:80`; `null`:
    /// nothing, or it stands among the matches, where a listing does not part them.
    pub target_options: Option<String>,
    /// `tcp`, `udp`, `icmp` and the like; `null`: any.
    pub protocol: Option<String>,
    /// The interface it comes in by; `null`: any, or not told (`iptables -L` without `-v`).
    pub in_interface: Option<String>,
    /// The interface it goes out by; likewise.
    pub out_interface: Option<String>,
    /// Where it comes from, an address, a network or a name; `null`: anywhere.
    pub source: Option<String>,
    /// Where it goes to; `null`: anywhere.
    pub destination: Option<String>,
    /// Ports it comes from, `22`, `80,443`, `6000:6007`, or their names as they were printed;
    /// `null`: any.
    pub source_ports: Option<String>,
    /// Ports it goes to; likewise.
    pub destination_ports: Option<String>,
    /// States of its connection: `RELATED,ESTABLISHED`; `null`: any.
    pub states: Option<String>,
    /// What somebody noted; `null`: nothing.
    pub comment: Option<String>,
    /// All other conditions, in the tool's own words; `null`: none.
    pub matches: Option<String>,
    /// The rule as it was printed, without its counters.
    pub rule: String,
}

impl Query for Iptables {
    const ID: &'static str = "firewall.iptables";
    const TITLE: &'static str = "Rules of iptables";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = IptablesRules;
    const VARIANTS: &'static [Variant<NoArgs, IptablesRules>] = &[save::VARIANT, list::VARIANT];
}
