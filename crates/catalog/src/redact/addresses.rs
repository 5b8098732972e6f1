//! Addresses of networks and the documentation addresses that take their places: RFC 5737, RFC 3849
//! and RFC 7042; where there are more networks than the first has, RFC 2544's.
//!
//! Invariant: the same address gets the same one, and addresses of one /24 (or /64) stay together;
//! what says nothing about a server (loopback, masks, multicast, documentation) stays as it is.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::collections::BTreeMap;

/// What was given out so far.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    networks: BTreeMap<[u8; 3], [u8; 3]>,
    long_networks: BTreeMap<u64, u64>,
    interfaces: BTreeMap<u64, u64>,
    macs: BTreeMap<[u8; 6], u16>,
}

impl Addresses {
    /// The address in place of another; its last figure stays.
    pub(super) fn v4(&mut self, address: Ipv4Addr) -> Ipv4Addr {
        let [a, b, c, d] = address.octets();
        let is_ordinary = matches!(a, 0 | 127 | 224..)
            || matches!([a, b, c], [192, 0, 2] | [198, 51, 100] | [203, 0, 113])
            || matches!([a, b], [198, 18 | 19]);
        if is_ordinary {
            return address;
        }
        let next = match self.networks.len() {
            0 => [192, 0, 2],
            1 => [198, 51, 100],
            2 => [203, 0, 113],
            more => {
                let [_, _, high, low] = u32::try_from(more - 3).unwrap_or(0).to_be_bytes();
                [198, 18 + (high & 1), low]
            }
        };
        let [a, b, c] = *self.networks.entry([a, b, c]).or_insert(next);
        Ipv4Addr::new(a, b, c, d)
    }

    /// The address in place of another: of the network and of the interface each a number.
    pub(super) fn v6(&mut self, address: Ipv6Addr) -> Ipv6Addr {
        const DOCUMENTATION: u64 = 0x2001_0db8 << 32;
        let bits = address.to_bits();
        let (network, interface) = ((bits >> 64) as u64, bits as u64);
        let is_documentation = network & (0xffff_ffff << 32) == DOCUMENTATION;
        let is_local = network >> 54 == 0x3fa;
        if address.is_unspecified()
            || address.is_loopback()
            || address.is_multicast()
            || is_documentation
        {
            return address;
        }
        if network == 0
            && let Some(v4) = address.to_ipv4()
        {
            return self.v4(v4).to_ipv6_compatible();
        }
        if let Some(v4) = address.to_ipv4_mapped() {
            return self.v4(v4).to_ipv6_mapped();
        }
        let next = DOCUMENTATION | (self.long_networks.len() as u64 + 1);
        let network = if is_local {
            network
        } else {
            *self.long_networks.entry(network).or_insert(next)
        };
        let next = self.interfaces.len() as u64 + 1;
        let interface = if interface == 0 {
            0
        } else {
            *self.interfaces.entry(interface).or_insert(next)
        };
        Ipv6Addr::from_bits((u128::from(network) << 64) | u128::from(interface))
    }

    /// The address in place of a network card's.
    pub(super) fn mac(&mut self, address: [u8; 6]) -> [u8; 6] {
        let is_ordinary = matches!(
            address,
            [0, 0, 0, 0, 0, 0]
                | [255, 255, 255, 255, 255, 255]
                | [0, 0, 0x5e, ..]
                | [1, 0, 0x5e, ..]
                | [0x33, 0x33, ..]
        );
        if is_ordinary {
            return address;
        }
        let next = u16::try_from(self.macs.len()).unwrap_or(u16::MAX);
        let [high, low] = self.macs.entry(address).or_insert(next).to_be_bytes();
        // Beyond the 256 of the documentation, the byte before counts on.
        [0, 0, 0x5e, high, 0x53, low]
    }

    /// How many addresses of which kind were replaced: IPv4 networks, IPv6 addresses, network cards.
    pub(super) fn counts(&self) -> [(&'static str, usize); 3] {
        [
            ("IPv4 networks", self.networks.len()),
            ("IPv6 interfaces", self.interfaces.len()),
            ("MAC addresses", self.macs.len()),
        ]
    }
}
