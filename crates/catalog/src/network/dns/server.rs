//! A name server and a domain as they are written in settings and by `resolvectl`.

use super::{DnsDomain, DnsServer};
use crate::network::common::family;

/// Reads `192.0.2.53`, `192.0.2.53:5353#dns.example`, `[2001:db8::53]:853%eth0#dns.example`.
pub(super) fn server(text: &str, interface: Option<&str>) -> Option<DnsServer> {
    let (rest, name) = match text.split_once('#') {
        Some((rest, name)) => (rest, Some(name)),
        None => (text, None),
    };
    let (rest, zone) = match rest.split_once('%') {
        Some((rest, zone)) => (rest, Some(zone)),
        None => (rest, None),
    };
    let (address, port) = if let Some(rest) = rest.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        (address, port.strip_prefix(':'))
    } else if family(rest).is_some() {
        (rest, None)
    } else {
        let (address, port) = rest.rsplit_once(':')?;
        (address, Some(port))
    };
    family(address)?;
    let port = match port {
        Some(port) => Some(port.parse::<u16>().ok()?),
        None => None,
    };
    Some(DnsServer {
        address: address.to_owned(),
        port: port.filter(|port| *port != 53),
        name: name.map(str::to_owned),
        interface: interface.or(zone).map(str::to_owned),
        is_fallback: false,
        is_current: None,
    })
}

/// Reads `example.net`, `~example.net`, `~.`.
pub(super) fn domain(text: &str, interface: Option<&str>) -> DnsDomain {
    let plain = text.strip_prefix('~');
    DnsDomain {
        domain: plain.unwrap_or(text).to_owned(),
        is_route_only: plain.is_some(),
        interface: interface.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_with_all_that_can_be_said_of_them() {
        let full = server("[2001:db8::53]:853%eth0#dns.example", None);
        let full = full.map(|server| (server.address, server.port, server.name, server.interface));
        let expected = (
            "2001:db8::53".to_owned(),
            Some(853),
            Some("dns.example".to_owned()),
            Some("eth0".to_owned()),
        );
        assert_eq!(full, Some(expected));
        let port = |text: &str| server(text, None).map(|server| server.port);
        assert_eq!(port("192.0.2.53:5353"), Some(Some(5353)));
        assert_eq!(port("2001:db8::53"), Some(None));
        for text in ["", "dns.example", "192.0.2.53:x", "[2001:db8::53"] {
            assert_eq!(port(text), None, "{text}");
        }
    }
}
