//! The lines of `ip(8)` that begin an interface or tell an address.

use super::{InterfaceAddress, NetworkInterface};
use crate::network::common::{hardware_address, prefixed, words};

/// `5: rest`: the interface's number.
pub(super) fn numbered(line: &str) -> Option<(u32, &str)> {
    let (index, rest) = line.split_once(": ")?;
    Some((index.parse().ok()?, rest))
}

/// Reads `eth0@if7: <UP,LOWER_UP> mtu 1500 qdisc noqueue master br0 state UP ..` behind its number.
pub(super) fn head(index: u32, line: &str) -> Option<NetworkInterface> {
    let (name, rest) = line.split_once(": <")?;
    let (flags, rest) = rest.split_once('>')?;
    let mut interface = named(name)?;
    interface.index = Some(index);
    interface.flags = split_flags(flags);
    interface.is_up = Some(interface.flags.iter().any(|flag| flag == "UP"));
    let words = words(rest);
    let behind = |key: &str| {
        let at = words.iter().position(|word| *word == key)?;
        words.get(at.checked_add(1)?).copied()
    };
    interface.mtu_bytes = behind("mtu").and_then(|mtu| mtu.parse().ok());
    interface.master = behind("master").map(str::to_owned);
    interface.state = behind("state").map(str::to_lowercase);
    Some(interface)
}

/// Reads `eth0@if7  UP  10.0.0.1/24 fe80::1/64` or `eth0  UP  1a:fb:8c:f2:86:c7 <UP,LOWER_UP>`.
pub(super) fn brief(line: &str) -> Option<NetworkInterface> {
    const STATES: &[&str] = &[
        "UNKNOWN",
        "NOTPRESENT",
        "DOWN",
        "LOWERLAYERDOWN",
        "TESTING",
        "DORMANT",
        "UP",
    ];
    let words = words(line);
    let (name, state, mut rest) = match words.as_slice() {
        [name, state, rest @ ..] if STATES.contains(state) => (*name, *state, rest),
        _ => return None,
    };
    let mut interface = named(name)?;
    interface.state = Some(state.to_lowercase());
    while let [word, behind @ ..] = rest {
        rest = behind;
        if let Some(flags) = word
            .strip_prefix('<')
            .and_then(|word| word.strip_suffix('>'))
        {
            interface.flags = split_flags(flags);
            interface.is_up = Some(interface.flags.iter().any(|flag| flag == "UP"));
        } else if let ("metric", [_, behind @ ..]) = (*word, rest) {
            rest = behind;
        } else if let Some((address, length)) = prefixed(word) {
            let mut address = InterfaceAddress::new(address, length)?;
            if let ["peer", peer, behind @ ..] = rest {
                let (peer, length) = prefixed(peer)?;
                address.peer = Some(peer.to_owned());
                address.prefix_length = length;
                rest = behind;
            }
            interface.addresses.push(address);
        } else {
            // A hardware address, one of nothing but zeros too.
            let is_hardware = word.contains(':') && hardware_address(word).is_some();
            let is_zero = word.bytes().all(|byte| matches!(byte, b'0' | b':'));
            (is_hardware || is_zero).then_some(())?;
            interface.hardware_address = hardware_address(word);
        }
    }
    Some(interface)
}

/// `eth0@if7`; `NONE` behind the `@` is said of tunnels that stand on nothing.
fn named(text: &str) -> Option<NetworkInterface> {
    let (name, parent) = match text.rsplit_once('@') {
        Some((name, parent)) if !name.is_empty() => (name, Some(parent)),
        _ => (text, None),
    };
    if name.is_empty() || name.contains([' ', '\t', '/', ':']) {
        return None;
    }
    Some(NetworkInterface {
        name: name.to_owned(),
        parent: parent.filter(|parent| *parent != "NONE").map(str::to_owned),
        ..NetworkInterface::default()
    })
}

fn split_flags(flags: &str) -> Vec<String> {
    let flags = flags.split(',').filter(|flag| !flag.is_empty());
    flags.map(str::to_owned).collect()
}

/// Reads `inet 10.0.0.1/24 brd 10.0.0.255 scope global dynamic eth0:1`: pairs, flags and, of
/// version 4, the label.
pub(super) fn address(line: &str, interface: &str) -> Option<InterfaceAddress> {
    const FLAGS: &[&str] = &[
        "autojoin",
        "dadfailed",
        "deprecated",
        "dynamic",
        "home",
        "mngtmpaddr",
        "nodad",
        "noprefixroute",
        "optimistic",
        "permanent",
        "secondary",
        "stable-privacy",
        "temporary",
        "tentative",
    ];
    let words = words(line);
    let (kind, local, mut rest) = match words.as_slice() {
        [kind @ ("inet" | "inet6"), local, rest @ ..] => (*kind, *local, rest),
        _ => return None,
    };
    let (local, length) = prefixed(local)?;
    let mut address = InterfaceAddress::new(local, length)?;
    while let [word, behind @ ..] = rest {
        rest = behind;
        let value = |key: &str| (*word == key).then(|| behind.first().copied()).flatten();
        if let Some(peer) = value("peer") {
            let (peer, length) = prefixed(peer)?;
            address.peer = Some(peer.to_owned());
            address.prefix_length = length;
        } else if let Some(broadcast) = value("brd") {
            address.broadcast = Some(broadcast.to_owned());
        } else if let Some(scope) = value("scope") {
            address.scope = Some(scope.to_owned());
        } else if ["any", "metric", "proto", "protocol", "flags"].contains(word) {
            value(word)?;
        } else if kind == "inet" && behind.is_empty() && !FLAGS.contains(word) {
            address.label = Some((*word).to_owned()).filter(|label| label != interface);
            continue;
        } else {
            address.flags.push((*word).to_owned());
            continue;
        }
        rest = behind.get(1..)?;
    }
    address.flags.sort_unstable();
    Some(address)
}
