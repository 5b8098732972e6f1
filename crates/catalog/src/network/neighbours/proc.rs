//! `/proc/net/arp`, see `proc_pid_net(5)`: neighbours of version 4.

use super::{NetworkNeighbour, NetworkNeighbourList};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{family, hardware_address, words},
    text,
};

const FILES: &[FixedPath] = &[FixedPath::new("/proc/net/arp")];

pub(super) const VARIANT: Variant<NoArgs, NetworkNeighbourList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkNeighbourList>, ParseError> {
    let text = raw.required_file("/proc/net/arp")?;
    let mut lines = text::lines(&text);
    if !lines
        .next()
        .is_some_and(|(_, line)| line.starts_with("IP address"))
    {
        return Err(ParseError::shape("/proc/net/arp has no headings"));
    }
    let mut parsed = Parsed::whole(NetworkNeighbourList::default());
    for (index, line) in lines {
        match row(line) {
            Some(neighbour) => parsed.value.neighbours.push(neighbour),
            None => parsed.leave_unread(index, line),
        }
    }
    if let Some((index, line)) = text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    Ok(parsed)
}

/// Reads `address type flags hardware-address mask interface`.
fn row(line: &str) -> Option<NetworkNeighbour> {
    let words = words(line);
    let [address, _, flags, hardware, _, interface] = words.as_slice() else {
        return None;
    };
    let flags = u32::from_str_radix(flags.strip_prefix("0x")?, 16).ok()?;
    // ATF_COM, ATF_PERM and ATF_PUBL of `linux/if_arp.h`.
    let has = |flag: u32| flags & flag != 0;
    let state = match (has(0x4), has(0x2) || has(0x8)) {
        (true, _) => Some("permanent"),
        (_, false) => Some("incomplete"),
        _ => None,
    };
    Some(NetworkNeighbour {
        address: (*address).to_owned(),
        family: Some(family(address)?),
        interface: Some((*interface).to_owned()),
        hardware_address: hardware_address(hardware),
        state: state.map(str::to_owned),
        is_router: false,
        is_proxy: has(0x8),
    })
}
