//! `host(1)` of bind: sentences, and with `-a` and `-v` the form of `dig`.

use super::{LookupQuestion, LookupRecord, LookupResult, dig, why_none};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

pub(super) const VARIANT: Variant<LookupQuestion, LookupResult> = Variant {
    name: "host",
    needs: Needs::programs(&["host"]),
    source: |args| {
        let command = Command::new("host").words(&["-W", "1"]);
        Source::Command(args.added_to(command))
    },
    reads: &["host"],
    parse,
};

/// What stands between a name and what is said of it, and the type that it means.
const SENTENCES: &[(&str, &str)] = &[
    (" has address ", "A"),
    (" has IPv6 address ", "AAAA"),
    (" is an alias for ", "CNAME"),
    (" mail is handled by ", "MX"),
    (" domain name pointer ", "PTR"),
    (" descriptive text ", "TXT"),
    (" name server ", "NS"),
    (" has SOA record ", "SOA"),
    (" has SRV record ", "SRV"),
    (" has CAA record ", "CAA"),
    (" has HTTP service bindings ", "HTTPS"),
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LookupResult>, ParseError> {
    let mut state = dig::State::default();
    let mut said_something = false;
    let parsed = raw.read_lines(LookupResult::default(), |value, line| {
        if let Some(server) = line.strip_prefix("Address: ") {
            value.server = server.split('#').next().map(str::to_owned);
            return Some(());
        }
        const FRAME: &[&str] = &[
            "Using domain server:",
            "Name: ",
            "Aliases:",
            "Trying \"",
            "Received ",
        ];
        if FRAME.iter().any(|beginning| line.starts_with(beginning)) {
            return Some(());
        }
        // `Host nothing.example not found: 3(NXDOMAIN)`
        if let Some((_, reason)) = line
            .split_once(" not found: ")
            .filter(|_| line.starts_with("Host "))
        {
            let (_, status) = reason.trim_end().strip_suffix(')')?.split_once('(')?;
            value.status = Some(status.to_owned());
            return Some(());
        }
        // `www.example has no MX record`
        if line.contains(" has no ") && line.trim_end().ends_with(" record") {
            said_something = true;
            return Some(());
        }
        let sentence = SENTENCES.iter().find_map(|(between, kind)| {
            let (name, data) = line.split_once(between)?;
            (!name.contains(' ')).then(|| LookupRecord::new(name, kind, data))
        });
        match sentence {
            Some(record) => value.records.push(record),
            None => dig::read(value, line, &mut state)?,
        }
        Some(())
    });
    if parsed.value.status.is_none() && parsed.value.records.is_empty() && !said_something {
        return Err(why_none(&raw, "no answer of host"));
    }
    Ok(parsed)
}
