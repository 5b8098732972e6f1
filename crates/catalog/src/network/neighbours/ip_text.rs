//! The text of `ip neighbour`, of iproute2 and of busybox.

use super::{NetworkNeighbour, NetworkNeighbourList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{family, hardware_address, is_silent, why_no_row, words},
};

/// What people type for it, in all the lengths that `ip` takes.
pub(super) const READS: &[&str] = &["ip n|ne|nei|neig|neigh|neighbor|neighbour"];

pub(super) const VARIANT: Variant<NoArgs, NetworkNeighbourList> = Variant {
    name: "ip_text",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::new("ip").word("neigh")),
    reads: READS,
    parse,
};

const STATES: &[&str] = &[
    "NONE",
    "INCOMPLETE",
    "REACHABLE",
    "STALE",
    "DELAY",
    "PROBE",
    "FAILED",
    "NOARP",
    "PERMANENT",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkNeighbourList>, ParseError> {
    let parsed = raw.read_lines(NetworkNeighbourList::default(), |value, line| {
        value.neighbours.push(row(line)?);
        Some(())
    });
    // Without a neighbour it prints nothing.
    if parsed.value.neighbours.is_empty() && !is_silent(&raw) {
        return Err(why_no_row(&raw, "no neighbour of ip"));
    }
    Ok(parsed)
}

/// Reads `address [dev name] [lladdr address] [flag].. [STATE]`.
fn row(line: &str) -> Option<NetworkNeighbour> {
    let words = words(line);
    let (address, mut rest) = words.split_first()?;
    let mut neighbour = NetworkNeighbour {
        address: (*address).to_owned(),
        family: Some(family(address)?),
        ..NetworkNeighbour::default()
    };
    let mut known = false;
    while let [word, behind @ ..] = rest {
        rest = behind;
        match (*word, behind) {
            ("dev", [name, behind @ ..]) => {
                neighbour.interface = Some((*name).to_owned());
                rest = behind;
                known = true;
            }
            ("lladdr", [address, behind @ ..]) => {
                neighbour.hardware_address = hardware_address(address);
                rest = behind;
                known = true;
            }
            ("router", _) => neighbour.is_router = true,
            ("proxy", _) => neighbour.is_proxy = true,
            (state, _) if STATES.contains(&state) => {
                neighbour.state = Some(state.to_lowercase());
                known = true;
            }
            // Counters and the like.
            _ => {}
        }
    }
    known.then_some(neighbour)
}
