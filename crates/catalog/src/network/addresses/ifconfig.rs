//! `ifconfig(8)` of net-tools, in its form of today and of before 2.0, which busybox kept.

use super::{InterfaceAddress, NetworkAddresses, NetworkInterface};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{
        LinkCounters,
        common::{hardware_address, is_kernel_title, mask_length, prefixed, why_no_row, words},
    },
};

pub(super) const VARIANT: Variant<NoArgs, NetworkAddresses> = Variant {
    name: "ifconfig",
    needs: Needs::programs(&["ifconfig"]),
    source: |_| Source::Command(Command::new("ifconfig").word("-a")),
    reads: &["ifconfig", "netstat"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkAddresses>, ParseError> {
    // `eth0:1` is another address of `eth0`, no interface.
    let mut label: Option<String> = None;
    let parsed = raw.read_lines(NetworkAddresses::default(), |value, line| {
        if line.starts_with([' ', '\t']) {
            let interface = value.interfaces.last_mut()?;
            let before = interface.addresses.len();
            new_form(interface, line).or_else(|| old_form(interface, line))?;
            if let (Some(label), Some(address)) = (&label, interface.addresses.get_mut(before)) {
                address.label = Some(label.clone());
            }
            return Some(());
        }
        if value.interfaces.is_empty() && is_kernel_title(line) {
            return Some(());
        }
        let (name, interface) = new_head(line).or_else(|| old_head(line))?;
        label = name.contains(':').then(|| name.to_owned());
        let name = name.split(':').next()?;
        if value
            .interfaces
            .last()
            .is_none_or(|last| label.is_none() || last.name != name)
        {
            value.interfaces.push(NetworkInterface {
                name: name.to_owned(),
                ..interface
            });
        }
        Some(())
    });
    if parsed.value.interfaces.is_empty() {
        return Err(why_no_row(&raw, "no interface of ifconfig"));
    }
    Ok(parsed)
}

/// `eth0: flags=4163<UP,BROADCAST>  mtu 1500`.
fn new_head(line: &str) -> Option<(&str, NetworkInterface)> {
    let (name, rest) = line.split_once(": flags=")?;
    let (_, rest) = rest.split_once('<')?;
    let (flags, rest) = rest.split_once('>')?;
    let mut interface = NetworkInterface::default();
    set_flags(&mut interface, flags.split(','));
    interface.mtu_bytes = Some(pair(&words(rest), "mtu")?.parse().ok()?);
    Some((name, interface))
}

/// `eth0      Link encap:Ethernet  HWaddr 1A:FB:8C:F2:86:C7`.
fn old_head(line: &str) -> Option<(&str, NetworkInterface)> {
    let words = words(line);
    let (name, rest) = words.split_first()?;
    let at = rest.iter().position(|word| word.starts_with("encap:"))?;
    let (_, kind) = rest.get(at)?.split_once(':')?;
    let local = kind == "Local" || kind == "Loopback";
    Some((
        name,
        NetworkInterface {
            link_type: link_type(if local { "loop" } else { kind }),
            hardware_address: rest.last().and_then(|word| hardware_address(word)),
            ..NetworkInterface::default()
        },
    ))
}

/// Lines of words, each with its value behind it.
fn new_form(interface: &mut NetworkInterface, line: &str) -> Option<()> {
    let words = words(line);
    match words.as_slice() {
        ["inet", local, rest @ ..] => {
            let mut address = InterfaceAddress::new(local, None)?;
            address.prefix_length = Some(mask_length(pair(rest, "netmask")?)?);
            address.peer = pair(rest, "destination").map(str::to_owned);
            address.broadcast = broadcast(pair(rest, "broadcast"));
            interface.addresses.push(address);
        }
        ["inet6", local, "prefixlen", length, rest @ ..] => {
            let mut address = InterfaceAddress::new(local, Some(length.parse().ok()?))?;
            // `scopeid 0x20<link>`.
            let scope = pair(rest, "scopeid").and_then(|scope| scope.split_once('<'));
            address.scope = scope.map(|(_, name)| name.trim_end_matches('>').to_owned());
            interface.addresses.push(address);
        }
        [way @ ("RX" | "TX"), rest @ ..] => {
            let counters = interface.counters.get_or_insert_default();
            let of = |key: &str| pair(rest, key).and_then(|value| value.parse().ok());
            if rest.first() == Some(&"packets") {
                set(counters, way, [of("packets"), of("bytes"), None, None]);
            } else {
                set(
                    counters,
                    way,
                    [None, None, Some(of("errors")?), Some(of("dropped")?)],
                );
            }
            if let Some(collisions) = of("collisions") {
                counters.collisions = Some(collisions);
            }
            (rest.first() == Some(&"packets") || rest.first() == Some(&"errors")).then_some(())?;
        }
        ["device", "interrupt" | "memory" | "base", ..] => {}
        [kind, rest @ ..] if rest.contains(&"txqueuelen") || line.ends_with(')') => {
            interface.link_type = link_type(kind);
            interface.hardware_address = rest.first().and_then(|word| hardware_address(word));
        }
        _ => return None,
    }
    Some(())
}

/// Lines of words with their values behind colons. The words of an address are translated, their
/// order is not: the address, the other end or the broadcast, the mask.
fn old_form(interface: &mut NetworkInterface, line: &str) -> Option<()> {
    let words = words(line);
    let of = |key: &str| {
        let value = words
            .iter()
            .find_map(|word| word.strip_prefix(key)?.strip_prefix(':'));
        value.and_then(|value| value.parse::<u64>().ok())
    };
    match words.as_slice() {
        ["inet6", rest @ ..] => {
            let at = rest.iter().position(|word| word.contains('/'))?;
            let (local, length) = prefixed(rest.get(at)?)?;
            let mut address = InterfaceAddress::new(local, length)?;
            let scope = rest.last().and_then(|word| word.split_once(':'));
            address.scope = scope.map(|(_, scope)| scope.to_lowercase());
            interface.addresses.push(address);
        }
        ["inet", first, rest @ ..] => {
            let (_, local) = first.split_once(':')?;
            let mut address = InterfaceAddress::new(local, None)?;
            for word in rest {
                match word.split_once(':')? {
                    ("P-t-P", peer) => address.peer = Some(peer.to_owned()),
                    ("Bcast", value) => address.broadcast = broadcast(Some(value)),
                    (_, mask) => address.prefix_length = Some(mask_length(mask)?),
                }
            }
            interface.addresses.push(address);
        }
        ["RX" | "TX", second, ..] if second.starts_with("bytes:") => {
            let counters = interface.counters.get_or_insert_default();
            let mut values = words.iter().filter_map(|word| word.strip_prefix("bytes:"));
            counters.rx_bytes = Some(values.next()?.parse().ok()?);
            counters.tx_bytes = Some(values.next()?.parse().ok()?);
        }
        [way @ ("RX" | "TX"), ..] => {
            let counters = interface.counters.get_or_insert_default();
            set(
                counters,
                way,
                [Some(of("packets")?), None, of("errors"), of("dropped")],
            );
        }
        [first, ..] if first.starts_with("collisions:") => {
            interface.counters.get_or_insert_default().collisions = of("collisions");
        }
        [first, ..]
            if first.starts_with("Interrupt:")
                || first.starts_with("Memory:")
                || *first == "Base" => {}
        [..] if of("MTU").is_some() => {
            interface.mtu_bytes = u32::try_from(of("MTU")?).ok();
            let flags = words.iter().take_while(|word| !word.contains(':'));
            set_flags(interface, flags.copied());
        }
        _ => return None,
    }
    Some(())
}

/// The word behind another.
fn pair<'a>(words: &[&'a str], key: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| *word == key)?;
    words.get(at.checked_add(1)?).copied()
}

/// `0.0.0.0` is printed where there is none.
fn broadcast(address: Option<&str>) -> Option<String> {
    address
        .filter(|address| *address != "0.0.0.0")
        .map(str::to_owned)
}

/// Packets, bytes, errors and dropped of one way; what is `None` stays as it is.
fn set(counters: &mut LinkCounters, way: &str, figures: [Option<u64>; 4]) {
    let fields = if way == "RX" {
        [
            &mut counters.rx_packets,
            &mut counters.rx_bytes,
            &mut counters.rx_errors,
            &mut counters.rx_dropped,
        ]
    } else {
        [
            &mut counters.tx_packets,
            &mut counters.tx_bytes,
            &mut counters.tx_errors,
            &mut counters.tx_dropped,
        ]
    };
    for (field, figure) in fields.into_iter().zip(figures) {
        *field = figure.or(*field);
    }
}

fn set_flags<'a>(interface: &mut NetworkInterface, flags: impl Iterator<Item = &'a str>) {
    interface.flags = flags
        .filter(|flag| !flag.is_empty())
        .map(str::to_owned)
        .collect();
    interface.is_up = Some(interface.flags.iter().any(|flag| flag == "UP"));
}

/// The names of `ip`; `None`: it is not told.
fn link_type(kind: &str) -> Option<String> {
    let name = match kind.to_ascii_lowercase().as_str() {
        "loop" => "loopback".to_owned(),
        "ethernet" => "ether".to_owned(),
        "unspec" => return None,
        other => other.to_owned(),
    };
    Some(name)
}
