//! A host that is asked over the network: its name or its address, and nothing that a program could
//! read as an option, a path or a second word.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BadArgument, InterfaceName, check, check_no_option};
use crate::command::{NeverAnOption, Word};

const WHAT: &str = "host";

/// A host: a name by RFC 1123 (labels of up to 63 letters, digits and inner `-`, at most 253 bytes, one
/// dot at the end allowed), with `_` too, as containers and the records of mail have it, an IPv4 address, or an IPv6 address with its interface where it has one
/// (`fe80::1%eth0`). What looks like a shortened IPv4 address (`127.1`) is neither. By default
/// `127.0.0.1`, the server itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String", extend("pattern" = "^[A-Za-z0-9:_][A-Za-z0-9.:%_@-]*$"))]
pub struct HostName(String);

impl HostName {
    /// The name or address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is an address, not a name.
    #[must_use]
    pub fn is_address(&self) -> bool {
        is_address(&self.0)
    }
}

impl Default for HostName {
    fn default() -> Self {
        Self(Ipv4Addr::LOCALHOST.to_string())
    }
}

impl TryFrom<String> for HostName {
    type Error = BadArgument;

    fn try_from(text: String) -> Result<Self, BadArgument> {
        let refuse = |reason: &str| BadArgument {
            what: WHAT,
            reason: reason.to_owned(),
        };
        check(WHAT, &text, 254, |c| {
            c.is_ascii_alphanumeric() || ".:%_@-".contains(c)
        })?;
        check_no_option(WHAT, &text)?;
        if is_address(&text) {
            return Ok(Self(text));
        }
        let name = text.strip_suffix('.').unwrap_or(&text);
        if name.len() > 253 {
            return Err(refuse("it is longer than 253 bytes"));
        }
        if !name.split('.').all(is_label) {
            return Err(refuse("it is neither a host's name nor an address"));
        }
        // The C library takes `127.1` and `0x7f.1` for addresses.
        if name.rsplit('.').next().is_some_and(is_number) {
            return Err(refuse("it ends in a number and is no IPv4 address"));
        }
        Ok(Self(text))
    }
}

fn is_address(text: &str) -> bool {
    match text.split_once('%') {
        Some((address, interface)) => {
            address.parse::<Ipv6Addr>().is_ok()
                && InterfaceName::try_from(interface.to_owned()).is_ok()
        }
        None => text.parse::<IpAddr>().is_ok(),
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_number(label: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let hexadecimal = label
        .strip_prefix("0x")
        .or_else(|| label.strip_prefix("0X"));
    digits(label) || hexadecimal.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Word for HostName {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

/// A label begins with a letter, a digit or `_`, an address with a hexadecimal digit or a colon.
impl NeverAnOption for HostName {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_and_addresses_pass() {
        for host in [
            "localhost",
            "web-1.example.org",
            "example.org.",
            "3com.example",
            "_dmarc.example.org",
            "shop_db_1",
            "127.0.0.1",
            "::1",
            "2001:db8::10",
            "fe80::1%eth0",
            "fe80::1%eth0.100",
            "::ffff:192.0.2.1",
        ] {
            let accepted = HostName::try_from(host.to_owned());
            assert_eq!(accepted.unwrap().as_str(), host);
        }
        HostName::try_from(format!("{}.org", "a".repeat(63))).unwrap();
        assert!(HostName::default().is_address());
    }

    #[test]
    fn what_is_no_host_is_refused() {
        let long = format!("{}org", "a.".repeat(126));
        let label = format!("{}.org", "a".repeat(64));
        for text in [
            "",
            ".",
            "-f",
            "--help",
            "-",
            "a b",
            "a;reboot",
            "$(id)",
            "a\nb",
            "a\0b",
            "a/b",
            "../x",
            "a..b",
            ".a",
            "a-.org",
            "-a.org",
            "a.-b",
            "user@host",
            "host:22",
            "[::1]",
            "::1%",
            "::1%-x",
            "::1%a/b",
            "127.0.0.1%eth0",
            "127.1",
            "256.0.0.1",
            "0x7f.1",
            "1",
            "0x7f000001",
            "bücher.example",
            "a\u{202e}b",
            "a*",
            "%eth0",
            "@127.0.0.1",
            "+trace",
            &long,
            &label,
        ] {
            assert!(HostName::try_from(text.to_owned()).is_err(), "{text:?}");
        }
    }

    proptest! {
        /// What passes is one word that no shell and no program reads as anything but a host.
        #[test]
        fn accepted_hosts_are_harmless(text in r"\PC{0,16}|[-a-z0-9.:%_@]{1,16}|[-:a-f0-9]{2,12}%[-a-z0-9.@_]{1,6}") {
            if let Ok(host) = HostName::try_from(text) {
                let text = host.as_str();
                prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b".:%_@-".contains(&b)), "{text}");
                prop_assert!(text.starts_with(|c: char| c.is_ascii_alphanumeric() || ":_".contains(c)), "{text}");
                prop_assert!(host.is_address() || !text.contains([':', '%', '@']), "{text}");
            }
        }
    }
}
