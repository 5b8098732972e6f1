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

/// `52:54:00:12:34:56`
const MAC_LENGTH: usize = 17;

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
    // Dots, colons and hyphens at the ends are the sentence's.
    let core = word.trim_end_matches(['.', ':', '-']);
    if is_mac(core) {
        into.push_str(&cast.of_mac(core));
        into.push_str(word.get(core.len()..).unwrap_or_default());
        return;
    }
    let lower = word.to_ascii_lowercase();
    let (mut at, mut plain) = (0, 0);
    while let Some(first) = word.get(at..).and_then(|rest| rest.chars().next()) {
        if let Some(end) = name_at(word, &lower, at, names) {
            disguise_addresses(word.get(plain..at).unwrap_or_default(), cast, into);
            into.push_str(&cast.of_name(word.get(at..end).unwrap_or_default()));
            (at, plain) = (end, end);
        } else {
            at += first.len_utf8();
        }
    }
    disguise_addresses(word.get(plain..).unwrap_or_default(), cast, into);
}

/// Where a known name ends that begins here, with the domain behind it.
fn name_at(word: &str, lower: &str, at: usize, names: &[String]) -> Option<usize> {
    let is_of_label = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let before = word.get(..at)?.chars().next_back();
    if before.is_some_and(is_of_label) {
        return None;
    }
    let rest = lower.get(at..)?;
    let name = names.iter().find(|name| {
        let after = rest.strip_prefix(name.as_str());
        after.is_some_and(|after| !after.chars().next().is_some_and(is_of_label))
    })?;
    let mut end = at + name.len();
    while let Some(label) = word.get(end..).and_then(|rest| rest.strip_prefix('.')) {
        let (label, _) = split(label, is_of_label);
        if label.is_empty() {
            break;
        }
        end += 1 + label.len();
    }
    Some(end)
}

/// Replaces addresses wherever they stand in what holds no name: `addr:192.0.2.7`, `[2001:db8::7]:22`.
fn disguise_addresses(text: &str, cast: &mut Cast, into: &mut String) {
    let is_of_address = |c: char| c.is_ascii_hexdigit() || c == ':' || c == '.';
    let mut rest = text;
    while !rest.is_empty() {
        let (run, after) = split(rest, is_of_address);
        disguise_run(run, cast, into);
        let (between, after) = split(after, |c| !is_of_address(c));
        into.push_str(between);
        rest = after;
    }
}

/// Replaces addresses in a run of hexadecimal digits, colons and dots.
fn disguise_run(run: &str, cast: &mut Cast, into: &mut String) {
    let core = run.trim_end_matches('.');
    let end = run.get(core.len()..).unwrap_or_default();
    let tail = core
        .len()
        .checked_sub(MAC_LENGTH)
        .and_then(|at| core.split_at_checked(at));
    if let Some(stand_in) = cast.of_ip(core) {
        into.push_str(&stand_in);
    } else if let Some((before, tail)) = tail.filter(|(_, tail)| is_mac(tail)) {
        into.push_str(before);
        into.push_str(&cast.of_mac(tail));
    } else if let Some((address, port)) = core.rsplit_once(':')
        && let Some(stand_in) = cast.of_ip(address)
    {
        into.push_str(&stand_in);
        into.push(':');
        into.push_str(port);
    } else {
        for (index, part) in core.split(':').enumerate() {
            if index > 0 {
                into.push(':');
            }
            let bare = part.trim_matches('.');
            match cast.of_ip(bare) {
                Some(stand_in) => into.push_str(&part.replace(bare, &stand_in)),
                None => into.push_str(part),
            }
        }
    }
    into.push_str(end);
}

/// Who stands in for whom.
#[derive(Default)]
struct Cast {
    stand_ins: Vec<(String, String)>,
    known: HashMap<String, String>,
}

impl Cast {
    /// The stand-in for an IP address; `None`: it is none, or tells nothing.
    fn of_ip(&mut self, text: &str) -> Option<String> {
        match text.parse::<IpAddr>().ok()? {
            ip if tells_nothing(ip) => None,
            IpAddr::V4(_) => Some(self.of(text, |n| {
                let [_, _, high, low] = n.to_be_bytes();
                format!("198.18.{high}.{low}")
            })),
            IpAddr::V6(_) => Some(self.of(text, |n| format!("2001:db8::{n:x}"))),
        }
    }

    fn of_mac(&mut self, text: &str) -> String {
        self.of(text, |n| {
            let [_, third, fourth, fifth] = n.to_be_bytes();
            format!("02:00:00:{third:02x}:{fourth:02x}:{fifth:02x}")
        })
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
            52:54:00:aB:34:56 192.0.2.17/24 Web1:/srv fe80::1%eth0 eth0=10.0.0.1,10.0.0.11\n\
            addr:10.0.0.1 10.0.0.11-10.0.0.12 tcp:10.0.0.1:80->10.0.0.12:8 web1.corp.test:22 x@web1 mac:52:54:00:12:34:56\n";
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
        assert_eq!(disguised.text.lines().count(), 3);
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
