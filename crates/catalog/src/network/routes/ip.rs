//! `ip -json route` of both families, see `ip-route(8)`; JSON came with iproute2 4.16.

use serde::Deserialize;

use super::{NetworkRoute, NetworkRouteList, ip_text};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{
        IpFamily,
        common::{is_silent, why_no_row},
    },
};

/// Where there is no version 6 only its half is missing.
const SCRIPT: &str = "ip -4 -j route || exit; ip -6 -j route 2>/dev/null; :";

pub(super) const VARIANT: Variant<NoArgs, NetworkRouteList> = Variant {
    name: "ip",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: ip_text::READS,
    parse,
};

#[derive(Deserialize)]
struct Route {
    r#type: Option<String>,
    dst: String,
    gateway: Option<String>,
    via: Option<Via>,
    dev: Option<String>,
    prefsrc: Option<String>,
    metric: Option<u32>,
    protocol: Option<String>,
    scope: Option<String>,
    table: Option<String>,
    #[serde(default)]
    flags: Vec<String>,
    #[serde(default)]
    metrics: Vec<Metrics>,
    #[serde(default)]
    nexthops: Vec<Hop>,
}

/// A next hop of the other family.
#[derive(Deserialize)]
struct Via {
    host: String,
}

#[derive(Deserialize)]
struct Metrics {
    mtu: Option<u32>,
}

#[derive(Deserialize)]
struct Hop {
    gateway: Option<String>,
    via: Option<Via>,
    dev: Option<String>,
    weight: Option<u32>,
    #[serde(default)]
    flags: Vec<String>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkRouteList>, ParseError> {
    if raw.exit_code != Some(0) {
        return Err(why_no_row(&raw, "no routes of ip"));
    }
    let text = raw.text();
    let mut routes = Vec::new();
    let mut lists: usize = 0;
    for list in serde_json::Deserializer::from_str(&text).into_iter::<Vec<Route>>() {
        let list =
            list.map_err(|error| ParseError::shape(format!("not the JSON expected: {error}")))?;
        // The script asks for version 4 first.
        let family = if lists == 0 && !ip_text::asks_for_six(&raw) {
            IpFamily::Ipv4
        } else {
            IpFamily::Ipv6
        };
        lists = lists.saturating_add(1);
        routes.extend(list.into_iter().flat_map(|route| rows(route, family)));
    }
    if lists == 0 && !is_silent(&raw) {
        return Err(why_no_row(&raw, "no routes of ip"));
    }
    Ok(Parsed::whole(NetworkRouteList { routes }))
}

fn rows(route: Route, family: IpFamily) -> Vec<NetworkRoute> {
    let (family, destination) = ip_text::destination(&route.dst, Some(family));
    let host = |gateway: Option<String>, via: Option<Via>| gateway.or(via.map(|via| via.host));
    let row = NetworkRoute {
        family,
        destination,
        gateway: host(route.gateway, route.via),
        interface: route.dev,
        source: route.prefsrc,
        metric: route.metric,
        protocol: route.protocol,
        scope: route.scope,
        table: route.table.filter(|table| table != "main"),
        kind: Some(route.r#type.unwrap_or_else(|| "unicast".to_owned())),
        weight: None,
        mtu_bytes: route.metrics.iter().find_map(|metrics| metrics.mtu),
        flags: route.flags,
    };
    if route.nexthops.is_empty() {
        return vec![row];
    }
    let hops = route.nexthops.into_iter();
    hops.map(|hop| NetworkRoute {
        gateway: host(hop.gateway, hop.via),
        interface: hop.dev,
        weight: hop.weight,
        flags: hop.flags,
        ..row.clone()
    })
    .collect()
}
