//! What a fixture must not tell of the server it came from: its name, its people, its addresses.
//!
//! Invariant: the same name or address becomes the same one in all texts of one scrubber, columns
//! stay where they were as far as there is room, and lines stay lines. Nothing leads back.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{addresses::Addresses, bytes::end_of};

/// How many of one kind were replaced, each wherever it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Replaced {
    /// The kind, for people: "host names", "MAC addresses".
    pub kind: String,
    /// How many different ones there were, at least one.
    pub count: u32,
}

/// Replaces names and addresses by those that are kept for documentation.
#[derive(Debug, Default)]
pub struct Scrubber {
    hosts: BTreeMap<String, String>,
    users: BTreeMap<String, String>,
    domains: Vec<String>,
    /// The names of ours that stand in some text now.
    used: BTreeSet<String>,
    addresses: Addresses,
    /// Whether the text is `/proc/net/route`: elsewhere, eight digits between tabs are a number.
    is_route_table: bool,
}

/// Names that every system has: replaced, they would say something else.
const ORDINARY: &[&str] = &[
    "root",
    "localhost",
    "localdomain",
    "daemon",
    "bin",
    "sys",
    "nobody",
    "mail",
    "www-data",
    "lost",
    "linuxbrew",
    "admin",
    "user",
    "debian",
    "ubuntu",
    "fedora",
    "alpine",
    "linux",
    "server",
];

impl Scrubber {
    /// One that knows these host names, with their domains or without, and these users.
    #[must_use]
    pub fn new<'a>(
        hosts: impl IntoIterator<Item = &'a str>,
        users: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut scrubber = Self::default();
        for host in hosts {
            let (name, domain) = host.split_once('.').unwrap_or((host, ""));
            let is_address = host.parse::<core::net::IpAddr>().is_ok();
            if is_name(name) && !is_address {
                let next = format!("host{}", scrubber.hosts.len() + 1);
                scrubber
                    .hosts
                    .entry(name.to_ascii_lowercase())
                    .or_insert(next);
                if domain.contains('.') {
                    scrubber.domains.push(domain.to_ascii_lowercase());
                }
            }
        }
        for user in users {
            scrubber.add_user(user);
        }
        scrubber
    }

    /// Learns the users whose home folders a text names. All texts should be learnt from before the
    /// first is scrubbed.
    pub fn learn(&mut self, text: &str) {
        for (place, home) in text.match_indices("/home/") {
            let from = place.saturating_add(home.len());
            let end = end_of(text, from, |byte| is_of_name(byte) && byte != b'.');
            self.add_user(text.get(from..end).unwrap_or_default());
        }
    }

    fn add_user(&mut self, user: &str) {
        if is_name(user) && !self.hosts.contains_key(user) {
            let next = format!("user{}", self.users.len() + 1);
            self.users.entry(user.to_owned()).or_insert(next);
        }
    }

    /// The text with all of them replaced.
    pub fn scrub(&mut self, text: &str) -> String {
        self.is_route_table = text.contains("Iface\tDestination");
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_word = |byte| is_of_name(byte) || byte == b':';
            let end = end_of(rest, 0, is_word).max(first.len_utf8());
            let Some((word, behind)) = rest.split_at_checked(end) else {
                break;
            };
            let is_word = rest.bytes().next().is_some_and(is_word);
            let replaced = is_word.then(|| self.word(word, &shown, behind)).flatten();
            rest = behind;
            match replaced {
                None => shown.push_str(word),
                Some(replaced) => {
                    shown.push_str(&replaced);
                    let blanks = end_of(behind, 0, |byte| byte == b' ');
                    // Where columns are held apart by blanks, the next one stays in its place.
                    if blanks >= 2 {
                        let kept = (word.len() + blanks).saturating_sub(replaced.len()).max(1);
                        shown.extend(std::iter::repeat_n(' ', kept));
                        rest = behind.get(blanks..).unwrap_or_default();
                    }
                }
            }
        }
        shown
    }

    /// What was replaced so far.
    #[must_use]
    pub fn replaced(&self) -> Vec<Replaced> {
        let used = |names: &BTreeMap<String, String>| {
            names
                .values()
                .filter(|name| self.used.contains(*name))
                .count()
        };
        let names = [
            ("host names", used(&self.hosts)),
            ("user names", used(&self.users)),
        ];
        let all = names.into_iter().chain(self.addresses.counts());
        let replaced = |(kind, count): (&str, usize)| Replaced {
            kind: kind.to_owned(),
            count: u32::try_from(count).unwrap_or(u32::MAX),
        };
        all.map(replaced)
            .filter(|replaced| replaced.count > 0)
            .collect()
    }

    /// What takes the place of a word of letters, figures, `.`, `-`, `_` and `:`.
    fn word(&mut self, word: &str, before: &str, behind: &str) -> Option<String> {
        if word
            .bytes()
            .any(|byte| byte.is_ascii_digit() || byte == b':')
            && let Some(replaced) = self.address(word, before, behind)
        {
            return Some(replaced);
        }
        let mut changed = false;
        let mut parts: Vec<String> = Vec::new();
        for part in word.split(':') {
            let replaced = self.v4(part).or_else(|| self.name(part));
            changed |= replaced.is_some();
            parts.push(replaced.unwrap_or_else(|| part.to_owned()));
        }
        changed.then(|| parts.join(":"))
    }

    fn address(&mut self, word: &str, before: &str, behind: &str) -> Option<String> {
        if let Some(replaced) = self
            .mac(word)
            .or_else(|| self.hexadecimal(word, before, behind))
        {
            return Some(replaced);
        }
        // `1::` ends many a line of fields without values.
        let is_address = word.split(':').any(|group| group.len() > 2);
        if is_address && let Ok(address) = word.parse::<core::net::Ipv6Addr>() {
            let replaced = self.addresses.v6(address);
            return (replaced != address).then(|| replaced.to_string());
        }
        None
    }

    /// Also at the end of a sentence.
    fn v4(&mut self, word: &str) -> Option<String> {
        let bare = word.trim_end_matches(['.', '-']);
        let address = bare.parse::<core::net::Ipv4Addr>().ok()?;
        let replaced = self.addresses.v4(address);
        (replaced != address)
            .then(|| format!("{replaced}{}", word.get(bare.len()..).unwrap_or_default()))
    }

    fn mac(&mut self, word: &str) -> Option<String> {
        let sign = word.chars().nth(2).filter(|c| matches!(c, ':' | '-'))?;
        let mut bytes = [0; 6];
        let mut pairs = word.split(sign);
        for byte in &mut bytes {
            let pair = pairs.next().filter(|pair| pair.len() == 2)?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        if pairs.next().is_some() {
            return None;
        }
        let replaced = self.addresses.mac(bytes);
        let is_capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
        let pair = |byte: &u8| {
            if is_capital {
                format!("{byte:02X}")
            } else {
                format!("{byte:02x}")
            }
        };
        let pairs: Vec<String> = replaced.iter().map(pair).collect();
        (replaced != bytes).then(|| pairs.join(&sign.to_string()))
    }

    /// Addresses as `/proc/net/route` and `/proc/net/ipv6_route` write them.
    fn hexadecimal(&mut self, word: &str, before: &str, behind: &str) -> Option<String> {
        if self.is_route_table
            && word.len() == 8
            && before.ends_with('\t')
            && behind.starts_with('\t')
        {
            let bits = u32::from_str_radix(word, 16).ok()?;
            let [d, c, b, a] = bits.to_be_bytes();
            let [a, b, c, d] = self.addresses.v4([a, b, c, d].into()).octets();
            return Some(format!("{:08X}", u32::from_be_bytes([d, c, b, a])));
        }
        let is_long = word.len() == 32
            && behind.as_bytes().get(3) == Some(&b' ')
            && behind.as_bytes().get(4) != Some(&b' ');
        if !is_long {
            return None;
        }
        let address = u128::from_str_radix(word, 16).ok()?;
        Some(format!(
            "{:032x}",
            self.addresses.v6(address.into()).to_bits()
        ))
    }

    /// A host with its domain or without, a user; the full stop of a sentence or of DNS stays.
    fn name(&mut self, word: &str) -> Option<String> {
        let bare = word.trim_end_matches('.');
        let replaced = self.host(&bare.to_ascii_lowercase());
        let replaced = replaced.or_else(|| self.users.get(bare).cloned())?;
        let name = replaced.split('.').next().unwrap_or_default();
        self.used.insert(name.to_owned());
        Some(replaced + word.get(bare.len()..)?)
    }

    fn host(&mut self, name: &str) -> Option<String> {
        if self.domains.iter().any(|domain| domain == name) {
            return Some("example.com".to_owned());
        }
        let (first, domain) = name.split_once('.').unwrap_or((name, ""));
        let is_inside = |known: &String| {
            let before = domain.strip_suffix(known.as_str());
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        if self.domains.iter().any(is_inside) {
            let next = format!("host{}", self.hosts.len() + 1);
            self.hosts.entry(first.to_owned()).or_insert(next);
        }
        let host = self.hosts.get(first)?;
        Some(match domain {
            "" => host.clone(),
            _ => format!("{host}.example.com"),
        })
    }
}

/// Whether a name tells anything: it is long enough not to be a word of a table.
fn is_name(name: &str) -> bool {
    name.len() >= 3
        && name.bytes().all(is_of_name)
        && !ORDINARY.contains(&name)
        && !name.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_become_those_of_documentation() {
        let mut scrubber = Scrubber::new(["db7.corp.acme.net", "10.1.2.3"], ["ann", "root"]);
        let text = "Nov 29 06:00:00 db7 sshd[1]: ann from 10.1.2.9 port 22, db8.corp.acme.net. 10.1.2.3:80\n\
            bob:x:1000:1000::/home/bob:/bin/sh\n\
            2: eth0 link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff\n\
            inet 127.0.0.1/8 inet6 fe80::5054:ff:fe12:3456/64 inet6 2a01:4f8::2/64 inet6 ::1/128\n";
        scrubber.learn(text);
        let expected = "Nov 29 06:00:00 host1 sshd[1]: user1 from 192.0.2.9 port 22, host2.example.com. 192.0.2.3:80\n\
            user2:x:1000:1000::/home/user2:/bin/sh\n\
            2: eth0 link/ether 00:00:5e:00:53:00 brd ff:ff:ff:ff:ff:ff\n\
            inet 127.0.0.1/8 inet6 fe80::1/64 inet6 2001:db8:0:1::2/64 inet6 ::1/128\n";
        assert_eq!(scrubber.scrub(text), expected);
        let counts: Vec<(String, u32)> = scrubber
            .replaced()
            .into_iter()
            .map(|one| (one.kind, one.count))
            .collect();
        let of = |kind: &str, count| (kind.to_owned(), count);
        assert_eq!(
            counts,
            [
                of("host names", 2),
                of("user names", 2),
                of("IPv4 networks", 1),
                of("IPv6 interfaces", 2),
                of("MAC addresses", 1)
            ]
        );
    }

    #[test]
    fn columns_stay_and_versions_too() {
        let mut scrubber = Scrubber::new(["db7"], []);
        let text = "IP address       HW type\n10.11.12.13      0x1\n172.16.100.200   0x1\nlibc 2.36.0-9 at 12:30:45 std::abc 1::\n";
        let expected = "IP address       HW type\n192.0.2.13       0x1\n198.51.100.200   0x1\nlibc 2.36.0-9 at 12:30:45 std::abc 1::\n";
        assert_eq!(scrubber.scrub(text), expected);
    }

    #[test]
    fn routes_of_the_kernel() {
        let mut scrubber = Scrubber::default();
        assert_eq!(
            scrubber.scrub("Iface\tDestination\tGateway\neth0\t00000000\t0102010A\t0003\t"),
            "Iface\tDestination\tGateway\neth0\t00000000\t010200C0\t0003\t"
        );
        let long = "2a0104f8000000000000000000000000 40 00000000000000000000000000000000 00 ";
        let expected = "20010db8000000010000000000000000 40 00000000000000000000000000000000 00 ";
        assert_eq!(scrubber.scrub(long), expected);
    }
}
