//! `ip -statistics -json link`, see `ip-link(8)`; JSON came with iproute2 4.13.

use serde::Deserialize;

use super::{InterfaceRates, MOST_INTERFACES, NetworkRates};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, NetworkRates> = Variant {
    name: "ip",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::new("ip").words(&["-s", "-j", "link"])),
    reads: &[],
    parse,
};

#[derive(Deserialize)]
struct Link {
    ifname: String,
    #[serde(alias = "stats")]
    stats64: Counters,
}

#[derive(Deserialize)]
struct Counters {
    rx: Counter,
    tx: Counter,
}

#[derive(Deserialize)]
struct Counter {
    bytes: u64,
    packets: u64,
    errors: u64,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkRates>, ParseError> {
    raw.expect_exit(&[0])?;
    let links: Vec<Link> = raw.json()?;
    let interfaces = links.into_iter().map(|link| InterfaceRates {
        name: link.ifname,
        rx_bytes: link.stats64.rx.bytes,
        tx_bytes: link.stats64.tx.bytes,
        rx_packets: link.stats64.rx.packets,
        tx_packets: link.stats64.tx.packets,
        rx_errors: link.stats64.rx.errors,
        tx_errors: link.stats64.tx.errors,
        rx_bytes_per_second: None,
        tx_bytes_per_second: None,
    });
    Ok(Parsed::whole(NetworkRates {
        interfaces: interfaces.take(MOST_INTERFACES).collect(),
        uptime_seconds: None,
    }))
}
