//! The text of `ip(8)` of iproute2 and of busybox: whole, one line each (`-o`), and brief (`-br`).

use super::{InterfaceAddress, NetworkAddresses, NetworkInterface, line};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::{
        LinkCounters,
        common::{hardware_address, why_no_row, words},
    },
};

/// What people type for it, in all the lengths that `ip` takes.
pub(super) const READS: &[&str] = &["ip a|ad|add|addr|address", "ip l|li|lin|link"];

pub(super) const VARIANT: Variant<NoArgs, NetworkAddresses> = Variant {
    name: "ip_text",
    needs: Needs::programs(&["ip"]),
    source: |_| Source::Command(Command::new("ip").word("addr")),
    reads: READS,
    parse,
};

/// Fails for `ip -s link`, which asks for the counters: see `network.link_statistics`.
pub(super) fn refuse_statistics(raw: &RawOutput<'_>) -> Result<(), ParseError> {
    let addresses = ["a", "ad", "add", "addr", "address"];
    let of_addresses = raw
        .typed
        .iter()
        .any(|word| addresses.contains(&word.as_str()));
    let statistics = |word: &String| {
        // In all lengths from `-s` to `--statistics`.
        let word = word.trim_start_matches('-');
        matches!(word, "s") || (word.len() > 1 && "statistics".starts_with(word) && word != "st")
    };
    let options = raw.typed.iter().filter(|word| word.starts_with('-'));
    if !of_addresses && options.into_iter().any(statistics) {
        return Err(ParseError::shape("these are the counters of links"));
    }
    Ok(())
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkAddresses>, ParseError> {
    refuse_statistics(&raw)?;
    interfaces(raw)
}

/// What the lines below an interface are about.
#[derive(Clone, Copy, PartialEq)]
enum Counted {
    Nothing,
    Received,
    Sent,
    Errors,
}

/// The interfaces of `ip address` and `ip link`.
pub(in crate::network) fn interfaces(
    raw: RawOutput<'_>,
) -> Result<Parsed<NetworkAddresses>, ParseError> {
    let mut counted = Counted::Nothing;
    let mut detailed = false;
    let parsed = raw.read_lines(NetworkAddresses::default(), |value, text| {
        if text.starts_with(' ') {
            let interface = value.interfaces.last_mut()?;
            return below(interface, text.trim(), &mut counted, &mut detailed);
        }
        counted = Counted::Nothing;
        detailed = false;
        let Some((index, rest)) = line::numbered(text) else {
            value.interfaces.push(line::brief(text)?);
            return Some(());
        };
        // `-o` puts a backslash where lines would end.
        let mut pieces = rest.split('\\');
        let first = pieces.next()?;
        if let Some(interface) = line::head(index, first) {
            value.interfaces.push(interface);
        } else {
            // `2: eth0    inet 10.0.0.1/24 ..`: one address, of an interface said or not said yet.
            let (name, address) = first.split_once(' ')?;
            let address = line::address(address.trim(), name)?;
            if value.interfaces.last().is_none_or(|last| last.name != name) {
                value.interfaces.push(NetworkInterface {
                    name: name.to_owned(),
                    index: Some(index),
                    ..NetworkInterface::default()
                });
            }
            value.interfaces.last_mut()?.addresses.push(address);
        }
        let interface = value.interfaces.last_mut()?;
        for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
            below(interface, piece, &mut counted, &mut detailed)?;
        }
        Some(())
    });
    if parsed.value.interfaces.is_empty() {
        return Err(why_no_row(&raw, "no interface of ip"));
    }
    Ok(parsed)
}

/// Reads a line that belongs to an interface.
fn below(
    interface: &mut NetworkInterface,
    text: &str,
    counted: &mut Counted,
    detailed: &mut bool,
) -> Option<()> {
    let words = words(text);
    let (first, rest) = words.split_first()?;
    if let Some(link_type) = first.strip_prefix("link/") {
        interface.link_type = Some(link_type.to_owned());
        interface.hardware_address = rest.first().and_then(|word| hardware_address(word));
        *detailed = rest.contains(&"promiscuity");
        return Some(());
    }
    match *first {
        "inet" | "inet6" => {
            let address = line::address(text, &interface.name)?;
            interface.addresses.push(address);
        }
        "valid_lft" => lifetimes(interface.addresses.last_mut()?, rest)?,
        "altname" => interface
            .alternative_names
            .extend(rest.first().map(|name| (*name).to_owned())),
        "alias" => interface.alias = Some(text.strip_prefix("alias")?.trim().to_owned()),
        "RX:" => *counted = Counted::Received,
        "TX:" => *counted = Counted::Sent,
        "RX" | "TX" if rest.first() == Some(&"errors:") => *counted = Counted::Errors,
        _ if *counted != Counted::Nothing
            && text
                .bytes()
                .all(|byte| byte == b' ' || byte.is_ascii_digit()) =>
        {
            let counters = interface.counters.get_or_insert_default();
            let which = std::mem::replace(counted, Counted::Nothing);
            counters_of(counters, which, &words)?;
        }
        // `-d` has one line of the kind, and one of what a bridge or a bond makes of it.
        kind if *detailed => {
            let is_name = kind
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let free = interface.kind.is_none() && interface.addresses.is_empty();
            if !(is_name && (free || kind.ends_with("_slave"))) {
                return None;
            }
            if !kind.ends_with("_slave") {
                interface.kind = Some(kind.to_owned());
            }
        }
        _ => return None,
    }
    Some(())
}

/// `valid_lft 3598sec preferred_lft forever`, without its first word.
fn lifetimes(address: &mut InterfaceAddress, words: &[&str]) -> Option<()> {
    let [valid, "preferred_lft", preferred] = words else {
        return None;
    };
    let seconds = |text: &str| match text {
        "forever" => Some(None),
        _ => Some(Some(text.strip_suffix("sec")?.parse::<u32>().ok()?)),
    };
    (address.valid_seconds, address.preferred_seconds) = (seconds(valid)?, seconds(preferred)?);
    Some(())
}

/// `bytes packets errors dropped`, then for what came in overruns or misses and `mcast`, for what
/// went out `carrier` and `collsns`.
fn counters_of(counters: &mut LinkCounters, which: Counted, words: &[&str]) -> Option<()> {
    let number = |text: &str| text.parse::<u64>().ok();
    let [bytes, packets, errors, dropped, _, last, ..] = words else {
        // Those of errors may be five.
        return (which == Counted::Errors).then_some(());
    };
    let figures = [bytes, packets, errors, dropped, last].map(|word| number(word));
    let [bytes, packets, errors, dropped, last] = figures;
    match which {
        Counted::Received => {
            (counters.rx_bytes, counters.rx_packets) = (bytes, packets);
            (counters.rx_errors, counters.rx_dropped) = (errors, dropped);
            counters.rx_multicast = last;
        }
        Counted::Sent => {
            (counters.tx_bytes, counters.tx_packets) = (bytes, packets);
            (counters.tx_errors, counters.tx_dropped) = (errors, dropped);
            counters.collisions = last;
        }
        Counted::Errors | Counted::Nothing => {}
    }
    Some(())
}
