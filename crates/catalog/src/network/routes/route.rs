//! `route(8)` and `netstat -r` of net-tools, in any language, and of busybox.

use super::{NetworkRoute, NetworkRouteList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{
        IpFamily,
        common::{family, is_kernel_title, mask_length, why_no_row, words},
    },
};

/// Where there is no version 6 only its half is missing.
const SCRIPT: &str = "route -n || exit; route -n -A inet6 2>/dev/null; :";

pub(super) const VARIANT: Variant<NoArgs, NetworkRouteList> = Variant {
    name: "route",
    needs: Needs::programs(&["route"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["route", "netstat"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkRouteList>, ParseError> {
    let mut titled = false;
    // Whether the fifth heading is the metric; `-e` has the segment's size there, in all languages.
    let mut metric: Option<bool> = None;
    let parsed = raw.read_lines(NetworkRouteList::default(), |value, line| {
        if is_kernel_title(line) {
            (titled, metric) = (true, None);
            return Some(());
        }
        let words = words(line);
        if titled && metric.is_none() && (7..=11).contains(&words.len()) {
            metric = Some(words.get(4) != Some(&"MSS"));
            return Some(());
        }
        let row = four(&words, metric?).or_else(|| six(&words))?;
        value.routes.push(row);
        Some(())
    });
    if parsed.value.routes.is_empty() && (metric.is_none() || !parsed.unread.is_empty()) {
        return Err(why_no_row(&raw, "no table of routes"));
    }
    Ok(parsed)
}

/// Reads `destination gateway mask flags metric references use interface ..`.
fn four(words: &[&str], has_metric: bool) -> Option<NetworkRoute> {
    let [place, gateway, mask, flags, fifth, _, _, interface, ..] = words else {
        return None;
    };
    let length = mask_length(mask)?;
    let place = if *place == "default" {
        "0.0.0.0"
    } else {
        place
    };
    let metric = if has_metric {
        Some(fifth.parse().ok()?)
    } else {
        None
    };
    Some(NetworkRoute {
        family: Some(IpFamily::Ipv4),
        destination: format!("{place}/{length}"),
        metric,
        ..common(gateway, flags, interface)
    })
}

/// Reads `destination/length next-hop flags metric references use interface`.
fn six(words: &[&str]) -> Option<NetworkRoute> {
    let [place, gateway, flags, metric, _, _, interface] = words else {
        return None;
    };
    let (address, length) = place.split_once('/')?;
    let address = address.trim_matches(['[', ']']);
    (length.parse::<u8>().ok()? <= 128).then_some(())?;
    if let Some(family) = family(address) {
        (family == IpFamily::Ipv6).then_some(())?;
    }
    let metric = metric.parse::<i64>().ok()?;
    Some(NetworkRoute {
        family: Some(IpFamily::Ipv6),
        destination: format!("{address}/{length}"),
        // The highest is printed as -1.
        metric: u32::try_from(metric).ok().or(Some(u32::MAX)),
        ..common(gateway, flags, interface)
    })
}

fn common(gateway: &str, flags: &str, interface: &str) -> NetworkRoute {
    let none = ["0.0.0.0", "*", "-", "::", "[::]"];
    let rejects = flags.contains('!');
    let goes = !matches!(interface, "-" | "*");
    let kind = match (rejects, goes) {
        (true, _) => Some("reject"),
        // Version 6 lists what is the server's own too, and does not tell.
        (false, true) if flags.contains('G') => Some("unicast"),
        _ => None,
    };
    NetworkRoute {
        gateway: Some(gateway.to_owned()).filter(|gateway| !none.contains(&gateway.as_str())),
        interface: goes.then(|| interface.to_owned()),
        kind: kind.map(str::to_owned),
        ..NetworkRoute::default()
    }
}
