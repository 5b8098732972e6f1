//! `arp(8)` of net-tools, as a table and in BSD's form (`-a`), in any language, and of busybox.

use super::{NetworkNeighbour, NetworkNeighbourList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{family, hardware_address, is_silent, why_no_row, words},
};

pub(super) const VARIANT: Variant<NoArgs, NetworkNeighbourList> = Variant {
    name: "arp",
    needs: Needs::programs(&["arp"]),
    source: |_| Source::Command(Command::new("arp").word("-an")),
    reads: &["arp"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkNeighbourList>, ParseError> {
    let mut headed = false;
    let parsed = raw.read_lines(NetworkNeighbourList::default(), |value, line| {
        let words = words(line);
        if let Some(neighbour) = bsd(&words) {
            value.neighbours.push(neighbour);
            return Some(());
        }
        // The headings are translated, and stand before all rows.
        if !headed && value.neighbours.is_empty() && table(&words).is_none() && words.len() >= 5 {
            headed = true;
            return Some(());
        }
        value.neighbours.push(table(&words).filter(|_| headed)?);
        Some(())
    });
    if parsed.value.neighbours.is_empty() && !is_silent(&raw) {
        return Err(why_no_row(&raw, "no neighbour of arp"));
    }
    Ok(parsed)
}

/// Reads `name (address) at hardware-address [type] PERM PUB on interface`; the small words are
/// translated.
fn bsd(words: &[&str]) -> Option<NetworkNeighbour> {
    let at = words
        .iter()
        .position(|word| word.starts_with('(') && word.ends_with(')'))?;
    let (_, rest) = words.split_at_checked(at)?;
    let [address, _, hardware, middle @ .., interface] = rest else {
        return None;
    };
    let address = address.trim_matches(['(', ')']);
    let is_incomplete = hardware.starts_with('<') && !middle.contains(&"PUB");
    let hardware = hardware_address(hardware);
    (hardware.is_some() || is_incomplete || middle.contains(&"PUB")).then_some(())?;
    let state = if middle.contains(&"PERM") {
        Some("permanent")
    } else {
        is_incomplete.then_some("incomplete")
    };
    Some(NetworkNeighbour {
        address: address.to_owned(),
        family: Some(family(address)?),
        interface: Some((*interface).to_owned()),
        hardware_address: hardware,
        state: state.map(str::to_owned),
        is_router: false,
        is_proxy: middle.contains(&"PUB"),
    })
}

/// Reads `address type hardware-address flags [mask] interface`, or `address (incomplete) interface`.
fn table(words: &[&str]) -> Option<NetworkNeighbour> {
    let row = |address: &str, interface: &str| NetworkNeighbour {
        address: address.to_owned(),
        family: family(address),
        interface: Some(interface.to_owned()),
        ..NetworkNeighbour::default()
    };
    match words {
        [address, hardware, interface] if hardware.starts_with('(') => Some(NetworkNeighbour {
            state: Some("incomplete".to_owned()),
            ..row(address, interface)
        }),
        [address, _, hardware, flags, .., interface] => {
            let hardware = hardware_address(hardware);
            let is_flags = flags.bytes().all(|flag| matches!(flag, b'C' | b'M' | b'P'));
            (is_flags && (hardware.is_some() || flags.contains('P'))).then_some(())?;
            Some(NetworkNeighbour {
                hardware_address: hardware,
                state: flags.contains('M').then(|| "permanent".to_owned()),
                is_proxy: flags.contains('P'),
                ..row(address, interface)
            })
        }
        _ => None,
    }
}
