//! The text of `bridge link` of iproute2.

use super::{NetworkBridgeList, NetworkBridgePort, of_ports};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{is_silent, why_no_row, words},
};

pub(super) const VARIANT: Variant<NoArgs, NetworkBridgeList> = Variant {
    name: "bridge_text",
    needs: Needs::programs(&["bridge"]),
    source: |_| Source::Command(Command::new("bridge").word("link")),
    reads: &["bridge l|li|lin|link"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkBridgeList>, ParseError> {
    let mut parsed = raw.read_lines(NetworkBridgeList::default(), |value, line| {
        // `-d` tells more of a port below it.
        if line.starts_with([' ', '\t']) {
            return (!value.ports.is_empty()).then_some(());
        }
        value.ports.push(row(line)?);
        Some(())
    });
    // Without a port it prints nothing.
    if parsed.value.ports.is_empty() && !is_silent(&raw) {
        return Err(why_no_row(&raw, "no port of a bridge"));
    }
    parsed.value.bridges = of_ports(&parsed.value.ports);
    Ok(parsed)
}

/// Reads `4: v1@v0: <UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 2`; before
/// iproute2 4.19 a state stood behind the name: `4: v1 state UP @v0: <..`.
fn row(line: &str) -> Option<NetworkBridgePort> {
    let (number, rest) = line.split_once(": ")?;
    number.parse::<u32>().ok()?;
    let (head, rest) = rest.split_once('<')?;
    let name = head
        .split([' ', '@', ':'])
        .next()
        .filter(|name| !name.is_empty())?;
    let words = words(rest);
    let behind = |key: &str| {
        let at = words.iter().rposition(|word| *word == key)?;
        words.get(at.checked_add(1)?).copied()
    };
    Some(NetworkBridgePort {
        bridge: behind("master")?.to_owned(),
        interface: name.to_owned(),
        state: behind("state").map(str::to_owned),
        cost: behind("cost").and_then(|cost| cost.parse().ok()),
        priority: behind("priority").and_then(|priority| priority.parse().ok()),
    })
}
