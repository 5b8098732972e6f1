//! `resolvectl status`, `resolvectl dns` and `resolvectl domain` of `systemd-resolved`; until 239 the
//! first was `systemd-resolve --status`. None of it is translated.

use super::{NetworkDns, server};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    network::common::{family, why_no_row},
};

pub(super) const VARIANT: Variant<NoArgs, NetworkDns> = Variant {
    name: "resolvectl",
    needs: Needs::programs(&["resolvectl"]),
    source: |_| Source::Command(Command::new("resolvectl").words(&["--no-pager", "status"])),
    reads: &["resolvectl", "systemd-resolve"],
    parse,
};

/// What the values of a line are.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Servers,
    Current,
    Fallback,
    Domains,
    Other,
}

const LABELS: &[(&str, Field)] = &[
    ("DNS Servers", Field::Servers),
    ("Current DNS Server", Field::Current),
    ("Fallback DNS Servers", Field::Fallback),
    ("DNS Domain", Field::Domains),
    ("Current Scopes:", Field::Other),
    ("Protocols:", Field::Other),
    ("resolv.conf mode:", Field::Other),
    ("Default Route:", Field::Other),
    ("DefaultRoute setting:", Field::Other),
    ("LLMNR setting:", Field::Other),
    ("MulticastDNS setting:", Field::Other),
    ("DNSOverTLS setting:", Field::Other),
    ("DNSSEC setting:", Field::Other),
    ("DNSSEC supported:", Field::Other),
    ("DNSSEC NTA:", Field::Other),
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkDns>, ParseError> {
    let asks_domains = raw.typed.iter().any(|word| word == "domain");
    let short = if asks_domains {
        Field::Domains
    } else {
        Field::Servers
    };
    let mut headed = false;
    let mut interface: Option<String> = None;
    let mut field: Option<Field> = None;
    let parsed = raw.read_lines(NetworkDns::default(), |value, line| {
        if let Some((link, rest)) = heading(line) {
            headed = true;
            interface = link.map(str::to_owned);
            field = None;
            let of = interface.as_deref();
            return match rest {
                Some(rest) => take(value, short, rest, of),
                None => Some(()),
            };
        }
        headed.then_some(())?;
        let text = line.trim();
        let label = LABELS.iter().find_map(|(label, field)| {
            let rest = text.strip_prefix(label)?;
            let begins = rest.is_empty() || rest.starts_with([':', ' ']) || label.ends_with(':');
            begins.then_some((*field, rest.trim_start_matches(':')))
        });
        let (of, rest) = match (label, field) {
            (Some((of, rest)), _) => (of, rest),
            // More values stand below the first, far set in.
            (None, Some(of)) if line.starts_with("     ") && !text.contains(": ") => (of, text),
            _ => return None,
        };
        field = Some(of);
        take(value, of, rest, interface.as_deref())
    });
    if !headed {
        return Err(why_no_row(&raw, "no link of a resolver"));
    }
    Ok(parsed)
}

/// Reads `Global`, `Link 2 (eth0)`, and behind a colon what the short commands tell.
fn heading(line: &str) -> Option<(Option<&str>, Option<&str>)> {
    let (link, rest) = if let Some(rest) = line.strip_prefix("Global") {
        (None, rest)
    } else {
        let (number, rest) = line.strip_prefix("Link ")?.split_once(" (")?;
        number.parse::<u32>().ok()?;
        let (name, rest) = rest.split_once(')')?;
        (Some(name), rest)
    };
    match rest.strip_prefix(':') {
        Some(values) => Some((link, Some(values))),
        None => rest.trim().is_empty().then_some((link, None)),
    }
}

/// Takes the values of a field; all of them must be what they should be.
fn take(value: &mut NetworkDns, field: Field, text: &str, interface: Option<&str>) -> Option<()> {
    let words = text.split_ascii_whitespace();
    if field == Field::Other {
        return Some(());
    }
    if field == Field::Domains {
        let domains: Vec<_> = words.map(|word| server::domain(word, interface)).collect();
        // An address is no domain.
        domains
            .iter()
            .all(|domain| !domain.domain.ends_with(':') && family(&domain.domain).is_none())
            .then_some(())?;
        value.domains.extend(domains);
        return Some(());
    }
    let servers = words.map(|word| server::server(word, interface));
    let mut servers: Vec<_> = servers.collect::<Option<_>>()?;
    if field == Field::Current {
        // It stands among the others, which come behind it.
        for current in &mut servers {
            current.is_current = Some(true);
        }
    }
    for server in &mut servers {
        server.is_fallback = field == Field::Fallback;
    }
    if field == Field::Servers {
        // The current one of a link stands right before its servers, of which it is one.
        const MOST_CURRENT: usize = 4;
        let is_its = |known: &&super::DnsServer| {
            known.is_current.is_some() && known.interface.as_deref() == interface
        };
        let before = value.servers.iter().rev().take(MOST_CURRENT);
        let count = before.take_while(is_its).count();
        let begin = value.servers.len().saturating_sub(count);
        let current = value.servers.split_off(begin);
        for known in current {
            let same = |server: &&mut super::DnsServer| {
                (&server.address, server.port) == (&known.address, known.port)
            };
            match servers.iter_mut().find(same) {
                Some(server) => server.is_current = known.is_current,
                None => value.servers.push(known),
            }
        }
    }
    value.servers.extend(servers);
    Some(())
}
