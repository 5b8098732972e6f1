//! `brctl show` of bridge-utils; not every busybox has it.

use super::{NetworkBridge, NetworkBridgeList, NetworkBridgePort, id};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{is_silent, why_no_row, words},
};

pub(super) const VARIANT: Variant<NoArgs, NetworkBridgeList> = Variant {
    name: "brctl",
    needs: Needs::programs(&["brctl"]),
    source: |_| Source::Command(Command::new("brctl").word("show")),
    reads: &["brctl show"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkBridgeList>, ParseError> {
    let mut headed = false;
    let parsed = raw.read_lines(NetworkBridgeList::default(), |value, line| {
        if line.starts_with("bridge name") {
            headed = true;
            return Some(());
        }
        headed.then_some(())?;
        let words = words(line);
        let interface = match words.as_slice() {
            // Further ports stand below the first.
            [interface] if line.starts_with(['\t', ' ']) => Some(*interface),
            [name, number, stp @ ("yes" | "no"), port @ ..]
                if number.contains('.') && port.len() <= 1 =>
            {
                value.bridges.push(NetworkBridge {
                    name: (*name).to_owned(),
                    id: Some(id(number)),
                    has_stp: Some(*stp == "yes"),
                });
                port.first().copied()
            }
            _ => return None,
        };
        let bridge = value.bridges.last()?.name.clone();
        value
            .ports
            .extend(interface.map(|interface| NetworkBridgePort {
                bridge,
                interface: interface.to_owned(),
                ..NetworkBridgePort::default()
            }));
        Some(())
    });
    // Without a bridge it may print nothing.
    if !headed && !is_silent(&raw) {
        return Err(why_no_row(&raw, "no table of bridges"));
    }
    Ok(parsed)
}
