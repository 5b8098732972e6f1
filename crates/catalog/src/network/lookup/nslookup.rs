//! `nslookup(1)` of bind, and of busybox in its two forms.

use super::{LookupQuestion, LookupRecord, LookupResult, why_none};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    network::{IpFamily, common::family},
};

pub(super) const VARIANT: Variant<LookupQuestion, LookupResult> = Variant {
    name: "nslookup",
    needs: Needs::programs(&["nslookup"]),
    source: |args| Source::Command(args.added_to(Command::new("nslookup"))),
    reads: &["nslookup"],
    parse,
};

/// What stands between a name and what is said of it, and the type that it means.
const SENTENCES: &[(&str, &str)] = &[
    ("canonical name = ", "CNAME"),
    ("mail exchanger = ", "MX"),
    ("nameserver = ", "NS"),
    ("text = ", "TXT"),
    ("service = ", "SRV"),
    ("rdata_257 = ", "CAA"),
    ("internet address = ", "A"),
    ("has AAAA address ", "AAAA"),
    ("name = ", "PTR"),
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LookupResult>, ParseError> {
    let mut name: Option<String> = None;
    let mut answered = false;
    let parsed = raw.read_lines(LookupResult::default(), |value, line| {
        if let Some(server) = line.strip_prefix("Server:") {
            value.server = Some(server.trim().to_owned());
        } else if let Some(text) = line.strip_prefix("Name:") {
            name = Some(text.trim().to_owned());
        } else if let Some(text) = line.strip_prefix("Address") {
            // `Address: 192.0.2.80`, of old busybox `Address 1: 192.0.2.80 www.example`.
            let (number, text) = text.split_once(':')?;
            (number.is_empty() || number.trim().parse::<u32>().is_ok()).then_some(())?;
            let address = text.split_ascii_whitespace().next()?;
            match &name {
                Some(name) => {
                    let kind = match family(address)? {
                        IpFamily::Ipv4 => "A",
                        IpFamily::Ipv6 => "AAAA",
                    };
                    value.records.push(LookupRecord::new(name, kind, address));
                }
                // The server's own, with its port behind `#` or a colon.
                None => answered = true,
            }
        } else if line.starts_with("Non-authoritative answer:") {
            value.is_authoritative = Some(false);
        } else if line.starts_with("Authoritative answers can be found from:") {
            name = None;
        } else if let Some(reason) = line.strip_prefix("** server can't find ") {
            let (_, status) = reason.rsplit_once(": ")?;
            value.status = Some(status.trim().to_owned());
        } else if line.starts_with("*** Can't find ") && line.trim_end().ends_with("No answer") {
            value.status = Some("NOERROR".to_owned());
        } else {
            value.records.push(sentence(line)?);
        }
        Some(())
    });
    let nothing = parsed.value.status.is_none() && parsed.value.records.is_empty();
    if nothing && (!answered || !parsed.unread.is_empty() || raw.exit_code != Some(0)) {
        return Err(why_none(&raw, "no answer of nslookup"));
    }
    Ok(parsed)
}

/// Reads `alias.example<tab>canonical name = www.example.`
fn sentence(line: &str) -> Option<LookupRecord> {
    let (name, said) = line.split_once(['\t', ' '])?;
    let said = said.trim_start();
    let (data, kind) = SENTENCES
        .iter()
        .find_map(|(between, kind)| Some((said.strip_prefix(between)?, kind)))?;
    (!name.is_empty()).then(|| LookupRecord::new(name, kind, data))
}
