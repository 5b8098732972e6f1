//! `network.link_statistics`: what each interface has carried, and what went wrong.

mod ip;
mod ip_text;
mod netstat;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LinkCounters, NetworkAddresses};
use crate::{Capability, ParseError, Parsed, Query, Variant, arguments::NoArgs};

/// Counters of network interfaces.
pub struct LinkStatistics;

/// The answer of `network.link_statistics`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkStatisticsList {
    /// Every interface that was listed, in the tool's order.
    pub links: Vec<LinkStatisticsRow>,
}

/// An interface and its counters since it came up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkStatisticsRow {
    /// The interface, for example `eth0`.
    pub name: String,
    /// The longest packet it carries, in bytes; `null`: the tool does not say.
    pub mtu_bytes: Option<u32>,
    /// Its counters.
    pub counters: LinkCounters,
}

/// The links whose counters were printed; without any these are no statistics.
fn counted(parsed: Parsed<NetworkAddresses>) -> Result<Parsed<LinkStatisticsList>, ParseError> {
    let links: Vec<_> = parsed
        .value
        .interfaces
        .into_iter()
        .filter_map(|interface| {
            Some(LinkStatisticsRow {
                name: interface.name,
                mtu_bytes: interface.mtu_bytes,
                counters: interface.counters?,
            })
        })
        .collect();
    if links.is_empty() {
        return Err(ParseError::shape("no counters of links"));
    }
    Ok(Parsed {
        value: LinkStatisticsList { links },
        unread: parsed.unread,
    })
}

impl Query for LinkStatistics {
    const ID: &'static str = "network.link_statistics";
    const TITLE: &'static str = "Counters of network interfaces";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = LinkStatisticsList;
    const VARIANTS: &'static [Variant<NoArgs, LinkStatisticsList>] =
        &[ip::VARIANT, ip_text::VARIANT, netstat::VARIANT];
}
