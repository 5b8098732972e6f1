//! `/proc/net/route` and `/proc/net/ipv6_route`, see `proc_pid_net(5)`: addresses as hexadecimal
//! numbers, those of version 4 in the order of the server's processor.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::{NetworkRoute, NetworkRouteList};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{IpFamily, common::words},
    text,
};

const FILES: &[FixedPath] = &[
    FixedPath::new("/proc/net/route"),
    FixedPath::new("/proc/net/ipv6_route"),
];

pub(super) const VARIANT: Variant<NoArgs, NetworkRouteList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

/// Flags of `linux/route.h` and `linux/ipv6_route.h`.
const REJECT: u32 = 0x200;
const LOCAL: u32 = 0x8000_0000;

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkRouteList>, ParseError> {
    let four = raw.file("/proc/net/route");
    let six = raw.file("/proc/net/ipv6_route");
    if four.is_none() && six.is_none() {
        raw.required_file("/proc/net/route")?;
    }
    let mut parsed = Parsed::whole(NetworkRouteList::default());
    if let Some(text) = &four {
        let mut lines = text::lines(text);
        // The headings are there without a route, too.
        if !lines
            .next()
            .is_some_and(|(_, line)| line.starts_with("Iface"))
        {
            return Err(ParseError::shape("/proc/net/route has no headings"));
        }
        let swapped = text::lines(text).skip(1).all(|(_, line)| {
            let mask = words(line)
                .get(7)
                .and_then(|mask| u32::from_str_radix(mask, 16).ok());
            mask.is_none_or(|mask| is_mask(mask.swap_bytes()))
        });
        for (index, line) in lines {
            match route_four(line, swapped) {
                Some(route) => parsed.value.routes.push(route),
                None => parsed.leave_unread(index, line),
            }
        }
    }
    for (index, line) in six.iter().flat_map(|text| text::lines(text)) {
        match route_six(line) {
            Some(route) => parsed.value.routes.push(route),
            None => parsed.leave_unread(index, line),
        }
    }
    for (index, line) in [&four, &six]
        .into_iter()
        .flatten()
        .filter_map(|text| text::cut_line(text))
    {
        parsed.leave_unread(index, line);
    }
    if parsed.value.routes.is_empty() && !parsed.unread.is_empty() {
        return Err(ParseError::shape("no routes of the kernel"));
    }
    Ok(parsed)
}

fn is_mask(bits: u32) -> bool {
    bits.leading_ones().saturating_add(bits.trailing_zeros()) >= 32
}

/// Reads `interface destination gateway flags references use metric mask mtu ..`.
fn route_four(line: &str, swapped: bool) -> Option<NetworkRoute> {
    let words = words(line);
    let [
        interface,
        place,
        gateway,
        flags,
        _,
        _,
        metric,
        mask,
        mtu,
        ..,
    ] = words.as_slice()
    else {
        return None;
    };
    let number = |text: &str| {
        let bits = u32::from_str_radix(text, 16)
            .ok()
            .filter(|_| text.len() == 8)?;
        Some(if swapped { bits.swap_bytes() } else { bits })
    };
    let flags = u32::from_str_radix(flags, 16).ok()?;
    let mask = number(mask).filter(|mask| is_mask(*mask))?;
    let place = Ipv4Addr::from(number(place)?);
    let gateway = Some(number(gateway)?).filter(|gateway| *gateway != 0);
    let mtu = mtu.parse::<u32>().ok()?;
    Some(NetworkRoute {
        family: Some(IpFamily::Ipv4),
        destination: format!("{place}/{}", mask.leading_ones()),
        gateway: gateway.map(|gateway| Ipv4Addr::from(gateway).to_string()),
        metric: Some(metric.parse().ok()?),
        mtu_bytes: Some(mtu).filter(|mtu| *mtu != 0),
        ..common(interface, flags)
    })
}

/// Reads `destination length source length next-hop metric references use flags interface`, all
/// hexadecimal.
fn route_six(line: &str) -> Option<NetworkRoute> {
    let words = words(line);
    let [place, length, _, _, gateway, metric, _, _, flags, interface] = words.as_slice() else {
        return None;
    };
    let address = |text: &str| {
        let bits = u128::from_str_radix(text, 16)
            .ok()
            .filter(|_| text.len() == 32)?;
        Some(Ipv6Addr::from(bits))
    };
    let length = u8::from_str_radix(length, 16)
        .ok()
        .filter(|length| *length <= 128)?;
    let gateway = Some(address(gateway)?).filter(|gateway| !gateway.is_unspecified());
    Some(NetworkRoute {
        family: Some(IpFamily::Ipv6),
        destination: format!("{}/{length}", address(place)?),
        gateway: gateway.map(|gateway| gateway.to_string()),
        metric: Some(u32::from_str_radix(metric, 16).ok()?),
        ..common(interface, u32::from_str_radix(flags, 16).ok()?)
    })
}

fn common(interface: &str, flags: u32) -> NetworkRoute {
    let kind = if flags & REJECT != 0 {
        Some("reject")
    } else if flags & LOCAL != 0 {
        Some("local")
    } else {
        None
    };
    NetworkRoute {
        interface: Some(interface.to_owned()).filter(|interface| interface != "*"),
        kind: kind.map(str::to_owned),
        ..NetworkRoute::default()
    }
}
