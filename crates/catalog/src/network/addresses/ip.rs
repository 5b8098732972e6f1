//! `ip -json address`, see `ip-address(8)`; JSON came with iproute2 4.13. `-d` names the kinds.

use serde::Deserialize;

use super::{InterfaceAddress, NetworkAddresses, NetworkInterface};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{
        LinkCounters,
        common::{hardware_address, why_no_row},
    },
};

pub(super) const VARIANT: Variant<NoArgs, NetworkAddresses> = Variant {
    name: "ip",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::new("ip").words(&["-d", "-j", "addr"])),
    reads: super::ip_text::READS,
    parse,
};

/// For ever, as the kernel counts it.
const FOR_EVER: u32 = u32::MAX;

#[derive(Deserialize)]
struct Link {
    /// Versions before 5 print an empty object for each link that a filter left out.
    ifname: Option<String>,
    ifindex: Option<u32>,
    link: Option<String>,
    link_index: Option<u32>,
    master: Option<String>,
    operstate: Option<String>,
    #[serde(default)]
    flags: Vec<String>,
    mtu: Option<u32>,
    address: Option<String>,
    link_type: Option<String>,
    linkinfo: Option<Info>,
    ifalias: Option<String>,
    #[serde(default)]
    altnames: Vec<String>,
    #[serde(default)]
    addr_info: Vec<Address>,
    #[serde(alias = "stats")]
    stats64: Option<Counters>,
}

#[derive(Deserialize)]
struct Info {
    info_kind: Option<String>,
}

#[derive(Deserialize)]
struct Address {
    /// Filtered addresses are empty objects.
    local: Option<String>,
    address: Option<String>,
    prefixlen: Option<u8>,
    broadcast: Option<String>,
    scope: Option<String>,
    label: Option<String>,
    valid_life_time: Option<u32>,
    preferred_life_time: Option<u32>,
    #[serde(flatten)]
    others: std::collections::BTreeMap<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct Counters {
    rx: Received,
    tx: Sent,
}

#[derive(Deserialize)]
struct Received {
    bytes: Option<u64>,
    packets: Option<u64>,
    errors: Option<u64>,
    dropped: Option<u64>,
    multicast: Option<u64>,
}

#[derive(Deserialize)]
struct Sent {
    bytes: Option<u64>,
    packets: Option<u64>,
    errors: Option<u64>,
    dropped: Option<u64>,
    collisions: Option<u64>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkAddresses>, ParseError> {
    super::ip_text::refuse_statistics(&raw)?;
    interfaces(raw)
}

/// The links of `ip -j address` and `ip -j link`.
pub(in crate::network) fn interfaces(
    raw: RawOutput<'_>,
) -> Result<Parsed<NetworkAddresses>, ParseError> {
    if raw.exit_code != Some(0) {
        return Err(why_no_row(&raw, "no interface of ip"));
    }
    let links: Vec<Link> = raw.json()?;
    let interfaces: Vec<_> = links.into_iter().filter_map(interface).collect();
    if interfaces.is_empty() {
        return Err(ParseError::shape("it lists no interface"));
    }
    Ok(Parsed::whole(NetworkAddresses { interfaces }))
}

fn interface(link: Link) -> Option<NetworkInterface> {
    let name = link.ifname?;
    let parent = link
        .link
        .or_else(|| Some(format!("if{}", link.link_index?)));
    let addresses = link.addr_info.into_iter();
    let addresses = addresses.filter_map(|info| address(info, &name)).collect();
    Some(NetworkInterface {
        index: link.ifindex,
        parent,
        master: link.master,
        state: link.operstate.map(|state| state.to_lowercase()),
        is_up: Some(link.flags.iter().any(|flag| flag == "UP")),
        flags: link.flags,
        mtu_bytes: link.mtu,
        hardware_address: link.address.as_deref().and_then(hardware_address),
        link_type: link.link_type,
        kind: link.linkinfo.and_then(|info| info.info_kind),
        alias: link.ifalias,
        alternative_names: link.altnames,
        addresses,
        counters: link.stats64.map(|counters| LinkCounters {
            rx_bytes: counters.rx.bytes,
            rx_packets: counters.rx.packets,
            rx_errors: counters.rx.errors,
            rx_dropped: counters.rx.dropped,
            rx_multicast: counters.rx.multicast,
            tx_bytes: counters.tx.bytes,
            tx_packets: counters.tx.packets,
            tx_errors: counters.tx.errors,
            tx_dropped: counters.tx.dropped,
            collisions: counters.tx.collisions,
        }),
        name,
    })
}

fn address(info: Address, interface: &str) -> Option<InterfaceAddress> {
    let ends = |seconds: Option<u32>| seconds.filter(|seconds| *seconds != FOR_EVER);
    // Flags are fields that are true.
    let flags = info.others.into_iter();
    let flags = flags.filter(|(_, value)| *value == serde_json::Value::Bool(true));
    Some(InterfaceAddress {
        peer: info.address,
        broadcast: info.broadcast,
        scope: info.scope,
        label: info.label.filter(|label| label != interface),
        flags: flags.map(|(name, _)| name).collect(),
        valid_seconds: ends(info.valid_life_time),
        preferred_seconds: ends(info.preferred_life_time),
        ..InterfaceAddress::new(&info.local?, info.prefixlen)?
    })
}
