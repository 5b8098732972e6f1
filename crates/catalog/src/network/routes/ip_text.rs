//! The text of `ip route`, of iproute2 and of busybox, and of `ip route get`.

use super::{NetworkRoute, NetworkRouteList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{
        IpFamily,
        common::{family, is_silent, prefixed, why_no_row, words},
    },
};

/// What people type for it, in all the lengths that `ip` takes.
pub(super) const READS: &[&str] = &["ip r|ro|rou|rout|route"];

/// Where there is no version 6 only its half is missing.
const SCRIPT: &str = "ip -4 route || exit; ip -6 route 2>/dev/null; :";

pub(super) const VARIANT: Variant<NoArgs, NetworkRouteList> = Variant {
    name: "ip_text",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: READS,
    parse,
};

const KINDS: &[&str] = &[
    "unicast",
    "local",
    "broadcast",
    "multicast",
    "anycast",
    "unreachable",
    "blackhole",
    "prohibit",
    "throw",
    "nat",
];

const FLAGS: &[&str] = &[
    "dead",
    "linkdown",
    "offload",
    "offload_failed",
    "onlink",
    "pervasive",
    "rt_offload",
    "rt_offload_failed",
    "rt_trap",
    "trap",
    "unresolved",
];

/// Whether a person asked for version 6.
pub(super) fn asks_for_six(raw: &RawOutput<'_>) -> bool {
    raw.typed.iter().any(|word| word == "-6" || word == "inet6")
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkRouteList>, ParseError> {
    let asked = asks_for_six(&raw).then_some(IpFamily::Ipv6);
    let parsed = raw.read_lines(NetworkRouteList::default(), |value, line| {
        // `-o` puts a backslash where lines would end.
        let mut pieces = line.split('\\');
        let first = pieces.next()?;
        if first.starts_with([' ', '\t']) {
            return below(value, first);
        }
        value.routes.push(row(first, asked)?);
        pieces.try_for_each(|piece| below(value, piece))
    });
    // Without a route it prints nothing.
    if parsed.value.routes.is_empty() && !is_silent(&raw) {
        return Err(why_no_row(&raw, "no route of ip"));
    }
    Ok(parsed)
}

/// A next hop, or what is known of one route by `ip route get`.
fn below(value: &mut NetworkRouteList, line: &str) -> Option<()> {
    let words = words(line);
    let Some((first, rest)) = words.split_first() else {
        return Some(());
    };
    let last = value.routes.last_mut()?;
    match *first {
        "nexthop" => {
            let mut hop = last.clone();
            // The first one fills the row of its route.
            let is_first =
                last.weight.is_none() && last.gateway.is_none() && last.interface.is_none();
            (hop.gateway, hop.interface, hop.weight) = (None, None, None);
            hop.flags.clear();
            fields(&mut hop, rest);
            if is_first {
                *last = hop;
            } else {
                value.routes.push(hop);
            }
        }
        "cache" => {}
        _ => return None,
    }
    Some(())
}

/// Reads `[kind] destination [key value].. [flag]..`.
fn row(line: &str, asked: Option<IpFamily>) -> Option<NetworkRoute> {
    let words = words(line);
    let (first, mut rest) = words.split_first()?;
    let mut place = *first;
    let kind = KINDS.contains(first).then_some(*first);
    if kind.is_some() {
        let (second, behind) = rest.split_first()?;
        (place, rest) = (*second, behind);
    }
    if place != "default" {
        prefixed(place)?;
    }
    let mut route = NetworkRoute {
        kind: Some(kind.unwrap_or("unicast").to_owned()),
        ..NetworkRoute::default()
    };
    fields(&mut route, rest);
    // A route without an interface, a next hop and a kind has its next hops below.
    let told = route.gateway.as_deref().and_then(family);
    let told = told.or(asked).or_else(|| {
        // Version 6 has preferences and no scopes.
        let has = |key: &str| rest.contains(&key);
        has("pref")
            .then_some(IpFamily::Ipv6)
            .or_else(|| has("scope").then_some(IpFamily::Ipv4))
    });
    (route.family, route.destination) = destination(place, told);
    Some(route)
}

/// The family and the spelling of a destination, whose family may be known otherwise.
pub(super) fn destination(text: &str, known: Option<IpFamily>) -> (Option<IpFamily>, String) {
    let family = text.split('/').next().and_then(family).or(known);
    let destination = match (text, family) {
        ("default", Some(IpFamily::Ipv4)) => "0.0.0.0/0".to_owned(),
        ("default", Some(IpFamily::Ipv6)) => "::/0".to_owned(),
        (host, Some(IpFamily::Ipv4)) if !host.contains('/') => format!("{host}/32"),
        (host, Some(IpFamily::Ipv6)) if !host.contains('/') => format!("{host}/128"),
        _ => text.to_owned(),
    };
    (family, destination)
}

/// Takes the keys that are known; the values of others are not of interest.
fn fields(route: &mut NetworkRoute, words: &[&str]) {
    let mut rest = words;
    while let [word, behind @ ..] = rest {
        rest = behind;
        if FLAGS.contains(word) {
            route.flags.push((*word).to_owned());
            continue;
        }
        // `via inet6 fe80::1`, `mtu lock 1400`.
        if let ["inet" | "inet6" | "lock", further @ ..] = behind {
            rest = further;
        }
        let [value, further @ ..] = rest else { return };
        let text = Some((*value).to_owned());
        match *word {
            "via" => route.gateway = text,
            "dev" => route.interface = text,
            "src" => route.source = text,
            "metric" => route.metric = value.parse().ok(),
            "proto" => route.protocol = text,
            "scope" => route.scope = text,
            "table" => route.table = text.filter(|table| table != "main"),
            "weight" => route.weight = value.parse().ok(),
            "mtu" => route.mtu_bytes = value.parse().ok(),
            _ => {}
        }
        rest = further;
    }
}
