//! Names and addresses by which a server could be found, each replaced by another that is nobody's.
//!
//! Invariant: the same name gets the same stand-in throughout a text, so that what belongs together
//! still does; what tells nothing (loopback, "any", netmasks) stays. Pure and linear in the text.

use core::net::{IpAddr, Ipv4Addr};
use std::collections::HashMap;

/// A text under other names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disguised {
    /// The text; it has as many lines as before.
    pub text: String,
    /// Each stand-in and what it stands for, in the order in which they first occur.
    pub stand_ins: Vec<(String, String)>,
}

/// A text in which the given host names, their first labels, and every IP and MAC address are
/// replaced: addresses by those of networks for benchmarks and documentation (RFC 2544, RFC 3849),
/// MAC addresses by locally administered ones, names by `stand-in-1.example`.
#[must_use]
pub fn disguise(text: &str, names: &[&str]) -> Disguised {
    let mut names: Vec<String> = names
        .iter()
        .flat_map(|name| [*name, name.split('.').next().unwrap_or_default()])
        .filter(|name| is_telling(name))
        .map(str::to_ascii_lowercase)
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    let mut cast = Cast::default();
    let mut disguised = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = split(rest, is_part_of_word);
        disguise_word(word, &names, &mut cast, &mut disguised);
        let (between, after) = split(after, |c| !is_part_of_word(c));
        disguised.push_str(between);
        rest = after;
    }
    Disguised {
        text: disguised,
        stand_ins: cast.stand_ins,
    }
}

/// A word or sentence with what the stand-ins in it stand for.
#[must_use]
pub fn undisguise(text: &str, stand_ins: &[(String, String)]) -> String {
    let mut longest_first: Vec<&(String, String)> = stand_ins.iter().collect();
    longest_first.sort_by_key(|(stand_in, _)| std::cmp::Reverse(stand_in.len()));
    let mut restored = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let found = longest_first.iter().find_map(|(stand_in, original)| {
            Some((original, rest.strip_prefix(stand_in.as_str())?))
        });
        if let Some((original, after)) = found {
            restored.push_str(original);
            rest = after;
        } else {
            restored.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    restored
}

/// Whether a name could tell a server from others.
fn is_telling(name: &str) -> bool {
    let is_common = matches!(name, "localhost" | "localdomain" | "(none)");
    name.len() > 1 && !is_common && name.parse::<IpAddr>().is_err()
}

/// What host names, addresses and their ports are made of.
fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | ':' | '-' | '_')
}

/// The longest beginning whose characters are of a kind, and what follows.
fn split(text: &str, of_kind: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !of_kind(c)).unwrap_or(text.len());
    text.split_at(end)
}

fn disguise_word(word: &str, names: &[String], cast: &mut Cast, into: &mut String) {
    // Dots and colons at the ends are the sentence's.
    let core = word.trim_end_matches(['.', ':', '-']);
    if let Some(stand_in) = cast.of_address(core) {
        into.push_str(&stand_in);
        into.push_str(word.get(core.len()..).unwrap_or_default());
    } else if let Some((address, port)) = core.rsplit_once(':')
        && port.parse::<u16>().is_ok()
        && let Some(stand_in) = cast.of_address(address)
    {
        into.push_str(&stand_in);
        into.push_str(word.get(address.len()..).unwrap_or_default());
    } else {
        disguise_names(word, names, cast, into);
    }
}

/// Replaces names that stand between characters that belong to no name.
fn disguise_names(word: &str, names: &[String], cast: &mut Cast, into: &mut String) {
    let lower = word.to_ascii_lowercase();
    let is_in_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut at = 0;
    while let Some(first) = word.get(at..).and_then(|rest| rest.chars().next()) {
        let before = word.get(..at).and_then(|before| before.chars().next_back());
        let begins = !before.is_some_and(is_in_name);
        let found = names.iter().find(|name| {
            let rest = lower.get(at..).unwrap_or_default();
            let after = rest.strip_prefix(name.as_str());
            begins && after.is_some_and(|after| !after.chars().next().is_some_and(is_in_name))
        });
        match found.and_then(|name| word.get(at..at + name.len())) {
            Some(original) => {
                into.push_str(&cast.of_name(original));
                at += original.len();
            }
            None => {
                into.push(first);
                at += first.len_utf8();
            }
        }
    }
}

/// Who stands in for whom.
#[derive(Default)]
struct Cast {
    stand_ins: Vec<(String, String)>,
    known: HashMap<String, String>,
}

impl Cast {
    /// The stand-in for an IP or MAC address; `None`: it is none, or tells nothing.
    fn of_address(&mut self, text: &str) -> Option<String> {
        match text.parse::<IpAddr>() {
            Ok(ip) if tells_nothing(ip) => None,
            Ok(IpAddr::V4(_)) => Some(self.of(text, |n| {
                let [_, _, high, low] = n.to_be_bytes();
                format!("198.18.{high}.{low}")
            })),
            Ok(IpAddr::V6(_)) => Some(self.of(text, |n| format!("2001:db8::{n:x}"))),
            Err(_) if is_mac(text) => Some(self.of(text, |n| {
                let [_, third, fourth, fifth] = n.to_be_bytes();
                format!("02:00:00:{third:02x}:{fourth:02x}:{fifth:02x}")
            })),
            Err(_) => None,
        }
    }

    fn of_name(&mut self, name: &str) -> String {
        self.of(name, |n| format!("stand-in-{n}.example"))
    }

    fn of(&mut self, original: &str, make: impl Fn(u32) -> String) -> String {
        if let Some(stand_in) = self.known.get(original) {
            return stand_in.clone();
        }
        let number = u32::try_from(self.stand_ins.len() + 1).unwrap_or(u32::MAX);
        let stand_in = make(number);
        self.stand_ins.push((stand_in.clone(), original.to_owned()));
        self.known.insert(original.to_owned(), stand_in.clone());
        stand_in
    }
}

/// Loopback, "any", broadcast, netmasks, multicast.
fn tells_nothing(ip: IpAddr) -> bool {
    let is_mask = |ip: Ipv4Addr| {
        let bits = ip.to_bits();
        bits.leading_ones() + bits.trailing_zeros() >= 32 && bits.leading_ones() >= 8
    };
    ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || matches!(ip, IpAddr::V4(ip) if ip.is_broadcast() || is_mask(ip))
}

/// Six bytes in hexadecimal with colons or hyphens; all zeros or ones tell nothing.
fn is_mac(text: &str) -> bool {
    let is_byte = |part: &str| part.len() == 2 && part.bytes().all(|c| c.is_ascii_hexdigit());
    let of =
        |separator: char| text.split(separator).count() == 6 && text.split(separator).all(is_byte);
    let tells = |c: char| !matches!(c, '0' | 'f' | 'F' | ':' | '-');
    (of(':') || of('-')) && text.contains(tells)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["web1.example.com", "WEB1"];

    #[test]
    fn names_and_addresses_stand_for_others_and_come_back() {
        let text = "web1 sshd[7]: from 192.0.2.17:2222 to [2001:db8:7::5]:22 on web1.example.com.\n\
            52:54:00:aB:34:56 192.0.2.17/24 Web1:/srv fe80::1%eth0 eth0=10.0.0.1,10.0.0.11\n";
        let disguised = disguise(text, NAMES);
        for told in [
            "web1",
            "Web1",
            "192.0.2.17",
            "2001:db8:7::5",
            "52:54:00",
            "fe80::1",
            "10.0.0.1",
        ] {
            assert!(!disguised.text.contains(told), "{told}: {}", disguised.text);
        }
        assert!(disguised.text.contains(":2222 to ["), "{}", disguised.text);
        assert_eq!(disguised.text.lines().count(), 2);
        assert_eq!(undisguise(&disguised.text, &disguised.stand_ins), text);
        let same = disguise("10.0.0.1 10.0.0.1", &[]);
        assert_eq!(same.text, "198.18.0.1 198.18.0.1");
    }

    #[test]
    fn what_tells_nothing_stays() {
        for text in [
            "127.0.0.1:631 0.0.0.0:* [::]:22 ::1 255.255.255.0 255.255.255.255 224.0.0.251",
            "12:34:56 2026-11-29T06:07:08Z 1.2.3 nginx/1.22.1 00:00:00:00:00:00 ff:ff:ff:ff:ff:ff",
            "web10 web1-old web1_x subweb1 localhost :: é web",
        ] {
            assert_eq!(disguise(text, NAMES).text, text);
        }
    }

    #[test]
    fn stand_ins_of_a_text_that_has_them_already_are_no_trap() {
        let text = "198.18.0.2 198.18.0.1 stand-in-1.example";
        let disguised = disguise(text, &["stand-in-1.example"]);
        assert_eq!(undisguise(&disguised.text, &disguised.stand_ins), text);
    }
}
