//! Patterns with `*` and `?`, and lists of them with `!`, as ssh matches them.

use std::net::IpAddr;

/// A pattern of a list that is longer matches nothing, as in ssh.
const LONGEST: usize = 1023;

/// Whether the whole text fits the pattern, where `*` is any text and `?` any one byte. Takes time
/// in proportion to the product of both lengths at most, whatever the pattern.
pub(crate) fn fits(text: &str, pattern: &str) -> bool {
    let (text, pattern) = (text.as_bytes(), pattern.as_bytes());
    let (mut at, mut wanted) = (0, 0);
    // Where to go on when what follows the last `*` does not fit.
    let mut retry: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(at) {
        match pattern.get(wanted) {
            Some(b'*') => {
                wanted += 1;
                retry = Some((at, wanted));
            }
            Some(pattern) if *pattern == b'?' || pattern == byte => {
                at += 1;
                wanted += 1;
            }
            _ => {
                let Some((from, after)) = retry else {
                    return false;
                };
                at = from + 1;
                wanted = after;
                retry = Some((at, wanted));
            }
        }
    }
    pattern.iter().skip(wanted).all(|byte| *byte == b'*')
}

/// What a list of patterns says about a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A pattern fits, and none with `!` does.
    Yes,
    /// No pattern fits.
    No,
    /// A pattern with `!` fits.
    Denied,
}

/// A list of patterns separated by commas.
pub(crate) fn fits_list(text: &str, list: &str) -> Verdict {
    let mut verdict = Verdict::No;
    // A comma at the very end does not begin one more pattern.
    for pattern in list.strip_suffix(',').unwrap_or(list).split(',') {
        let (pattern, negated) = match pattern.strip_prefix('!') {
            Some(pattern) => (pattern, true),
            None => (pattern, false),
        };
        if pattern.len() >= LONGEST {
            return Verdict::No;
        }
        if list.is_empty() || !fits(text, pattern) {
            continue;
        }
        if negated {
            return Verdict::Denied;
        }
        verdict = Verdict::Yes;
    }
    verdict
}

/// A list of patterns of host names: without regard to case.
pub(crate) fn fits_hosts(host: &str, list: &str) -> bool {
    let verdict = fits_list(&host.to_ascii_lowercase(), &list.to_ascii_lowercase());
    verdict == Verdict::Yes
}

/// Whether one of the addresses lies in the list of networks, `10.0.0.0/8,!10.1.0.0/16`; `None`:
/// the list has something else in it.
pub(crate) fn within_networks(addresses: &[IpAddr], list: &str) -> Option<bool> {
    let networks: Vec<(bool, IpAddr, u32)> = list.split(',').map(network).collect::<Option<_>>()?;
    let verdict = |address: &IpAddr| {
        let within = |negated: bool| {
            networks
                .iter()
                .any(|(not, base, bits)| *not == negated && lies_in(*address, *base, *bits))
        };
        within(false) && !within(true)
    };
    Some(addresses.iter().any(verdict))
}

fn network(text: &str) -> Option<(bool, IpAddr, u32)> {
    let (text, negated) = match text.strip_prefix('!') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (base, bits) = match text.split_once('/') {
        Some((base, bits)) => (base, Some(bits.parse::<u32>().ok()?)),
        None => (text, None),
    };
    let base: IpAddr = base.parse().ok()?;
    let most = if base.is_ipv4() { 32 } else { 128 };
    let bits = bits.unwrap_or(most);
    (bits <= most).then_some((negated, base, bits))
}

fn lies_in(address: IpAddr, base: IpAddr, bits: u32) -> bool {
    match (address, base) {
        (IpAddr::V4(address), IpAddr::V4(base)) => {
            let differing = address.to_bits() ^ base.to_bits();
            differing.checked_shr(32 - bits).unwrap_or(0) == 0
        }
        (IpAddr::V6(address), IpAddr::V6(base)) => {
            let differing = address.to_bits() ^ base.to_bits();
            differing.checked_shr(128 - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_fit_as_in_ssh() {
        for (text, pattern) in [
            ("", ""),
            ("", "*"),
            ("abc", "a*c"),
            ("abc", "?b?"),
            ("abcbc", "a*bc"),
            ("abc", "**"),
            ("abc", "*?c"),
        ] {
            assert!(fits(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [
            ("abc", "ab"),
            ("ab", "abc"),
            ("", "?"),
            ("abc", "a?"),
            ("abc", "*d"),
        ] {
            assert!(!fits(text, pattern), "{text} {pattern}");
        }
    }

    #[test]
    fn a_pattern_made_to_take_for_ever_does_not() {
        let pattern = "*a".repeat(500);
        assert!(!fits(
            &"a".repeat(4000).replace("aaaa", "aaab"),
            &format!("{pattern}c")
        ));
    }

    #[test]
    fn a_denial_in_a_list_wins() {
        assert_eq!(fits_list("web", "w*,!web"), Verdict::Denied);
        assert_eq!(fits_list("wob", "w*,!web"), Verdict::Yes);
        assert_eq!(fits_list("db", "w*,!web"), Verdict::No);
        assert_eq!(fits_list("", ""), Verdict::No);
        assert!(fits_hosts("WEB", "Web"));
    }

    #[test]
    fn networks_hold_their_addresses() {
        let here = ["10.1.2.3".parse().unwrap(), "fd00::1".parse().unwrap()];
        assert_eq!(within_networks(&here, "10.0.0.0/8"), Some(true));
        assert_eq!(
            within_networks(&here, "10.0.0.0/8,!10.1.0.0/16"),
            Some(false)
        );
        assert_eq!(within_networks(&here, "fd00::/8"), Some(true));
        assert_eq!(within_networks(&here, "0.0.0.0/0"), Some(true));
        assert_eq!(within_networks(&here, "192.168.0.0/16"), Some(false));
        assert_eq!(within_networks(&here, "10.0.0.0/33"), None);
        assert_eq!(within_networks(&here, "example.org"), None);
    }
}
