//! A row of ufw's table: `"%-26s %-12s%-26s"` and what is behind it, by characters.

use super::{UfwEnd, UfwRule};

/// The least width of the first and the third column, and that of the second.
const PLACE_WIDTH: usize = 26;
const ACTION_WIDTH: usize = 12;

const ACTIONS: &[&str] = &["ALLOW", "DENY", "REJECT", "LIMIT"];

const PROTOCOLS: &[&str] = &["tcp", "udp", "ah", "esp", "gre", "ipv6", "igmp", "vrrp"];

/// Reads `[ 1] 22/tcp    ALLOW IN    Anywhere    (log) # comment`; a long first column moves the
/// others.
pub(super) fn rule(line: &str) -> Option<UfwRule> {
    let (number, line) = match line.strip_prefix('[') {
        Some(rest) => {
            let (number, rest) = rest.split_once("] ")?;
            (Some(number.trim().parse().ok()?), rest)
        }
        None => (None, line),
    };
    let (to, action, rest) = columns(line)?;
    let (verdict, direction) = match action.trim_end().split_once(' ') {
        None => (action.trim_end(), "in"),
        Some((verdict, "IN")) => (verdict, "in"),
        Some((verdict, "OUT")) => (verdict, "out"),
        Some((verdict, "FWD")) => (verdict, "forward"),
        Some(_) => return None,
    };
    // No place holds ` # `.
    let (rest, comment) = match rest.split_once(" # ") {
        Some((rest, comment)) => (rest, Some(comment)),
        None => (rest, None),
    };
    let (from, logged) = logged(rest.trim_end());
    let (to, to_protocol, to_v6) = place(to.trim_end())?;
    let (from, from_protocol, from_v6) = place(from.trim_end())?;
    Some(UfwRule {
        number,
        action: verdict.to_lowercase(),
        direction: direction.to_owned(),
        is_ipv6: to_v6 || from_v6,
        protocol: to_protocol.or(from_protocol),
        to,
        from,
        logged,
        comment: comment.map(|comment| comment.trim_end().to_owned()),
    })
}

/// The first two columns and the rest.
fn columns(line: &str) -> Option<(&str, &str, &str)> {
    let (begin, _) = split_at_char(line, PLACE_WIDTH);
    let mut at = begin.len();
    loop {
        let rest = line.get(at..)?;
        let space = rest.find(' ')?;
        at = at.checked_add(space)?.checked_add(1)?;
        let action = line.get(at..)?;
        let word = action.split(' ').next()?;
        if ACTIONS.contains(&word) {
            let (action, rest) = split_at_char(action, ACTION_WIDTH);
            return Some((line.get(..at)?, action, rest));
        }
    }
}

/// A text's first so many characters, and the others.
fn split_at_char(text: &str, count: usize) -> (&str, &str) {
    let at = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// What stands behind the last column, `(log)` or `(log-all, out)`, taken off.
fn logged(text: &str) -> (&str, Option<String>) {
    let is_known = |word: &str| matches!(word, "log" | "log-all" | "in" | "out");
    match text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("))
    {
        Some((place, words)) if words.split(", ").all(is_known) => {
            let kind = words.split(", ").find(|word| word.starts_with("log"));
            (place, kind.map(str::to_owned))
        }
        _ => (text, None),
    }
}

/// Reads `10.0.0.1 80,443/tcp (Nginx Full) on eth0`, each part of which may be missing: the place,
/// its protocol, and whether it is one of IPv6.
fn place(text: &str) -> Option<(UfwEnd, Option<String>, bool)> {
    let mut end = UfwEnd::default();
    let mut rest = text;
    if let Some((before, interface)) = text.rsplit_once(" on ")
        && !interface.contains([' ', ')'])
    {
        end.interface = Some(interface.to_owned());
        rest = before;
    }
    let mut is_ipv6 = false;
    let mut strip_v6 = |text| match str::strip_suffix(text, " (v6)") {
        Some(before) => {
            is_ipv6 = true;
            before
        }
        None => text,
    };
    rest = strip_v6(rest);
    // The application behind its ports, which `verbose` shows.
    if let Some((before, name)) = rest.split_once(" (") {
        let name = strip_v6(name.strip_suffix(')')?);
        end.application = Some(name.to_owned());
        rest = before;
    }
    let mut protocol = None;
    if let Some((before, last)) = rest.rsplit_once('/')
        && PROTOCOLS.contains(&last)
    {
        protocol = Some(last.to_owned());
        rest = before;
    }
    let (first, second) = match rest.split_once(' ') {
        Some((first, second)) if is_address(first) => (first, second),
        _ if is_address(rest) || rest == "Anywhere" => (rest, ""),
        _ => ("", rest),
    };
    if is_address(first) {
        end.address = Some(first.to_owned());
        is_ipv6 = is_ipv6 || first.contains(':');
    }
    if is_ports(second) {
        end.ports = Some(second.to_owned());
    } else if !second.is_empty() && end.application.is_none() {
        end.application = Some(second.to_owned());
    } else if !second.is_empty() || text.is_empty() {
        return None;
    }
    Some((end, protocol, is_ipv6))
}

/// `10.0.0.0/8`, `2001:db8::1`. Ports have no letters, and ranges of them no two colons in a row.
fn is_address(text: &str) -> bool {
    let address = text.split('/').next().unwrap_or(text);
    address.parse::<core::net::IpAddr>().is_ok()
}

fn is_ports(text: &str) -> bool {
    let is_port = |port: &str| port.parse::<u16>().is_ok();
    text.split(',').all(|part| match part.split_once(':') {
        Some((first, last)) => is_port(first) && is_port(last),
        None => is_port(part),
    })
}
