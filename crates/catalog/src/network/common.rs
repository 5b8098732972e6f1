//! What several queries of the network share: families, masks, hardware addresses, counters.

use core::net::{IpAddr, Ipv4Addr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ParseError, RawOutput};

/// The version of the Internet Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum IpFamily {
    /// Version 4.
    Ipv4,
    /// Version 6.
    Ipv6,
}

/// What an interface has carried since it came up. `null`: the tool does not say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkCounters {
    /// Bytes received.
    pub rx_bytes: Option<u64>,
    /// Packets received.
    pub rx_packets: Option<u64>,
    /// Packets that were received broken.
    pub rx_errors: Option<u64>,
    /// Packets that were received and dropped.
    pub rx_dropped: Option<u64>,
    /// Multicast packets received.
    pub rx_multicast: Option<u64>,
    /// Bytes sent.
    pub tx_bytes: Option<u64>,
    /// Packets sent.
    pub tx_packets: Option<u64>,
    /// Packets that could not be sent.
    pub tx_errors: Option<u64>,
    /// Packets that were dropped instead of sent.
    pub tx_dropped: Option<u64>,
    /// Collisions while sending.
    pub collisions: Option<u64>,
}

/// The family of an address, with its zone (`fe80::1%eth0`) or without; `None`: it is none.
pub(super) fn family(address: &str) -> Option<IpFamily> {
    let plain = address.split_once('%').map_or(address, |(plain, _)| plain);
    match plain.parse().ok()? {
        IpAddr::V4(_) => Some(IpFamily::Ipv4),
        IpAddr::V6(_) => Some(IpFamily::Ipv6),
    }
}

/// `10.0.0.1/24` or `10.0.0.1`: the address and the length of its prefix.
pub(super) fn prefixed(text: &str) -> Option<(&str, Option<u8>)> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length.parse::<u8>().ok()?)),
        None => (text, None),
    };
    let longest = match family(address)? {
        IpFamily::Ipv4 => 32,
        IpFamily::Ipv6 => 128,
    };
    length
        .is_none_or(|length| length <= longest)
        .then_some((address, length))
}

/// The length of the prefix behind `255.255.255.0`; `None`: it is no mask.
pub(super) fn mask_length(mask: &str) -> Option<u8> {
    let bits = u32::from(mask.parse::<Ipv4Addr>().ok()?);
    let length = bits.leading_ones();
    (length.saturating_add(bits.trailing_zeros()) >= 32)
        .then(|| u8::try_from(length).ok())
        .flatten()
}

/// A hardware address in lower case with colons; `None`: it is none, or nothing but zeros, as
/// `lo` has it.
pub(super) fn hardware_address(text: &str) -> Option<String> {
    let pairs = text.split([':', '-']);
    let mut count: usize = 0;
    let mut zero = true;
    for pair in pairs {
        let is_pair = pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_pair.then_some(())?;
        zero &= pair == "00";
        count = count.saturating_add(1);
    }
    (count >= 6 && !zero).then(|| text.to_ascii_lowercase().replace('-', ":"))
}

/// The title that net-tools print above a table: `Kernel IP routing table`, in any language.
pub(super) fn is_kernel_title(line: &str) -> bool {
    const KERNEL: &[&str] = &[
        "ernel",
        "noyau",
        "núcleo",
        "ядр",
        "カーネル",
        "内核",
        "çekirde",
        "Çekirde",
    ];
    !line.starts_with(' ') && KERNEL.iter().any(|word| line.contains(word))
}

/// Why a list has not a single row: what the tool says, in the order of its weight.
pub(super) fn why_no_row(raw: &RawOutput<'_>, expected: &'static str) -> ParseError {
    const ABSENT: &[&str] = &[
        "does not exist",
        "Device not found",
        "No such device",
        "Cannot find device",
    ];
    let said = raw.error_text();
    let names_none = |line: &&str| ABSENT.iter().any(|phrase| line.contains(phrase));
    if let Some(line) = said.lines().find(names_none) {
        return ParseError::Unavailable(line.trim().chars().take(400).collect());
    }
    let failure = raw.expect_exit(&[0]).and_then(|()| raw.expect_output());
    match failure {
        Err(error) => error,
        Ok(()) => raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape(expected)),
    }
}

/// Whether a tool that prints nothing where there is nothing ended well and printed nothing.
pub(super) fn is_silent(raw: &RawOutput<'_>) -> bool {
    let says = |text: &str| !text.trim().is_empty();
    raw.exit_code == Some(0) && !says(&raw.text()) && !says(&raw.error_text())
}

/// A number of milliseconds in seconds, exactly as it is written: `0.055`, `0,055`.
pub(super) fn milliseconds(text: &str) -> Option<f64> {
    let digits = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    if text.is_empty() || !text.bytes().all(digits) {
        return None;
    }
    crate::text::figure(&format!("{}e-3", text.replace(',', ".")))
}

/// The words of a line.
pub(super) fn words(line: &str) -> Vec<&str> {
    line.split_ascii_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_their_prefixes() {
        assert_eq!(prefixed("10.0.0.1/24"), Some(("10.0.0.1", Some(24))));
        assert_eq!(
            prefixed("fe80::1%eth0/64"),
            Some(("fe80::1%eth0", Some(64)))
        );
        assert_eq!(prefixed("fe80::1"), Some(("fe80::1", None)));
        assert_eq!(prefixed("10.0.0.1/33"), None);
        assert_eq!(family("fe80::1%eth0"), Some(IpFamily::Ipv6));
        assert_eq!(family("eth0"), None);
    }

    #[test]
    fn milliseconds_keep_their_digits() {
        assert_eq!(milliseconds("0.055"), Some(0.000_055));
        assert_eq!(milliseconds("1509,855"), Some(1.509_855));
        for text in ["", "-1", "1e3", "nan", "1.2.3"] {
            assert_eq!(milliseconds(text), None, "{text}");
        }
    }

    #[test]
    fn a_mask_has_no_holes() {
        assert_eq!(mask_length("255.255.255.0"), Some(24));
        assert_eq!(mask_length("0.0.0.0"), Some(0));
        assert_eq!(mask_length("255.255.255.255"), Some(32));
        assert_eq!(mask_length("255.0.255.0"), None);
    }

    #[test]
    fn hardware_addresses_are_spelled_alike() {
        let expected = Some("1a:fb:8c:f2:86:c7".to_owned());
        assert_eq!(hardware_address("1A:FB:8C:F2:86:C7"), expected);
        assert_eq!(hardware_address("1A-FB-8C-F2-86-C7"), expected);
        for text in [
            "00:00:00:00:00:00",
            "0.0.0.0",
            "1a:fb",
            "",
            "1a:fb:8c:f2:86:c",
        ] {
            assert_eq!(hardware_address(text), None, "{text}");
        }
    }
}
