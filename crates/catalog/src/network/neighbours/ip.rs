//! `ip -json neighbour`, see `ip-neighbour(8)`; JSON came with iproute2 4.14.

use serde::{Deserialize, Deserializer, de::IgnoredAny};

use super::{NetworkNeighbour, NetworkNeighbourList, ip_text};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{family, hardware_address, is_silent, why_no_row},
};

pub(super) const VARIANT: Variant<NoArgs, NetworkNeighbourList> = Variant {
    name: "ip",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::new("ip").words(&["-j", "neigh"])),
    reads: ip_text::READS,
    parse,
};

#[derive(Deserialize)]
struct Row {
    dst: String,
    dev: Option<String>,
    lladdr: Option<String>,
    #[serde(default, deserialize_with = "present")]
    router: bool,
    #[serde(default, deserialize_with = "present")]
    proxy: bool,
    #[serde(default)]
    state: Vec<String>,
}

/// A flag is a field whose value is `null`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkNeighbourList>, ParseError> {
    if raw.exit_code != Some(0) {
        return Err(why_no_row(&raw, "no neighbours of ip"));
    }
    let rows: Vec<Row> = if is_silent(&raw) {
        Vec::new()
    } else {
        raw.json()?
    };
    let neighbours = rows.into_iter().map(|row| NetworkNeighbour {
        family: family(&row.dst),
        address: row.dst,
        interface: row.dev,
        hardware_address: row.lladdr.as_deref().and_then(hardware_address),
        state: row.state.first().map(|state| state.to_lowercase()),
        is_router: row.router,
        is_proxy: row.proxy,
    });
    Ok(Parsed::whole(NetworkNeighbourList {
        neighbours: neighbours.collect(),
    }))
}
