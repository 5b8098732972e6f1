//! One end of a socket: an address and a port, in the forms of `ss` and `netstat`, new and old.

use super::SocketEnd;
use crate::network::{IpFamily, common};

/// Reads `[fe80::1]%eth0:546`, `0.0.0.0%eth0:68`, `*:22`, `:::22`, `localhost:http`; the interface
/// comes beside it.
pub(super) fn end(text: &str) -> Option<(SocketEnd, Option<&str>)> {
    let (address, port) = text.rsplit_once(':')?;
    let (address, interface) = match address.split_once('%') {
        Some((address, interface)) if !interface.is_empty() => {
            (address, Some(interface.trim_end_matches(']')))
        }
        _ => (address, None),
    };
    let address = address.trim_matches(['[', ']']);
    if address.is_empty() || port.is_empty() || port.contains(['/', '(', '[']) {
        return None;
    }
    let number = port.parse::<u16>().ok();
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
    // A number that is no port is nothing that is known.
    (number.is_some() || !is_number).then_some(())?;
    let service = (!is_number && port != "*").then(|| port.to_owned());
    let end = SocketEnd {
        address: Some(address.to_owned()),
        port: number,
        service,
    };
    Some((end, interface))
}

/// The family of two ends: that of the one which tells.
pub(super) fn family(local: &SocketEnd, peer: &SocketEnd) -> Option<IpFamily> {
    let of = |end: &SocketEnd| common::family(end.address.as_deref()?);
    of(local).or_else(|| of(peer))
}
