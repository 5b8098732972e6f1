//! `firewall.nft`: the tables, chains, sets and rules of nftables.

mod expression;
mod json;
mod text;
mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The rules of nftables.
pub struct Nft;

/// The answer of `firewall.nft`, see `nft(8)`. All lists are empty where there are no rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NftRuleset {
    /// The tables.
    pub tables: Vec<NftTable>,
    /// The chains of all tables, with their rules.
    pub chains: Vec<NftChain>,
    /// The named sets and maps of all tables.
    pub sets: Vec<NftSet>,
    /// What else has a name: counters, quotas, limits, helpers, flow tables.
    pub objects: Vec<NftObject>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NftTable {
    /// `ip`, `ip6`, `inet` (both), `arp`, `bridge`, `netdev`.
    pub family: String,
    /// Its name.
    pub name: String,
    /// The number by which nft knows it; `null`: not told.
    pub handle: Option<u64>,
    /// Its flags, `dormant` (it does nothing) among them; empty: none, or not told.
    pub flags: Vec<String>,
    /// What somebody noted; `null`: nothing, or not told.
    pub comment: Option<String>,
}

/// A chain of rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NftChain {
    /// The family of its table.
    pub family: String,
    /// Its table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// The number by which nft knows it; `null`: not told.
    pub handle: Option<u64>,
    /// `filter`, `nat` or `route`; `null`: it is called by other chains alone.
    pub r#type: Option<String>,
    /// Where packets come to it: `input`, `forward`, `output`, `prerouting`, `postrouting`,
    /// `ingress`, `egress`; `null`: likewise.
    pub hook: Option<String>,
    /// The network devices it is bound to; empty: to none, or not told.
    pub devices: Vec<String>,
    /// Its place among the chains of the hook, the lowest first; `null`: it has no hook.
    pub priority: Option<i64>,
    /// What becomes of a packet that no rule decides on: `accept` or `drop`; `null`: it has no hook.
    pub policy: Option<String>,
    /// What somebody noted; `null`: nothing, or not told.
    pub comment: Option<String>,
    /// Its rules, first to last.
    pub rules: Vec<NftRule>,
}

/// A rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NftRule {
    /// The number by which nft knows it; `null`: not told.
    pub handle: Option<u64>,
    /// The rule in the tool's own words, without its comment.
    pub expression: String,
    /// What becomes of the packet: `accept`, `drop`, `reject`, `return`, `continue`, `jump`, `goto`,
    /// `queue`, `masquerade`, `snat`, `dnat`, `redirect`, `tproxy`; `null`: nothing, or a map
    /// decides, or something of iptables that is none of these.
    pub verdict: Option<String>,
    /// The chain that `jump` and `goto` name; `null`: none.
    pub target: Option<String>,
    /// How many packets it met; `null`: it does not count, or not here.
    pub packets: Option<u64>,
    /// The bytes of these.
    pub bytes: Option<u64>,
    /// What somebody noted; `null`: nothing.
    pub comment: Option<String>,
}

/// A named set or map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NftSet {
    /// The family of its table.
    pub family: String,
    /// Its table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// The number by which nft knows it; `null`: not told.
    pub handle: Option<u64>,
    /// Whether it is a map, which has a value for each key.
    pub is_map: bool,
    /// What its keys are, `ipv4_addr`, `inet_proto . inet_service`, or the expression they come
    /// from, `ip saddr`; `null`: not told.
    pub key_type: Option<String>,
    /// What a map's values are, `verdict` or a type; `null`: it is a set.
    pub value_type: Option<String>,
    /// `interval`, `timeout`, `dynamic`, `constant`; empty: none, or not told.
    pub flags: Vec<String>,
    /// What somebody noted; `null`: nothing.
    pub comment: Option<String>,
    /// What it holds, in the tool's own words: `192.0.2.0/24 expires 59m`, `8080 : 10.0.0.2`; empty:
    /// nothing, or not told (`nft --terse`).
    pub elements: Vec<String>,
}

/// Something else that has a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NftObject {
    /// The family of its table.
    pub family: String,
    /// Its table.
    pub table: String,
    /// `counter`, `quota`, `limit`, `ct helper`, `flowtable` and the like.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The number by which nft knows it; `null`: not told.
    pub handle: Option<u64>,
    /// What a counter counted; `null`: it is none.
    pub packets: Option<u64>,
    /// The bytes of these.
    pub bytes: Option<u64>,
    /// What somebody noted; `null`: nothing.
    pub comment: Option<String>,
    /// What else it is, in the tool's own words, parted by `; `.
    pub definition: String,
}

impl Query for Nft {
    const ID: &'static str = "firewall.nft";
    const TITLE: &'static str = "Rules of nftables";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = NftRuleset;
    const VARIANTS: &'static [Variant<NoArgs, NftRuleset>] = &[text::VARIANT, json::VARIANT];
}
