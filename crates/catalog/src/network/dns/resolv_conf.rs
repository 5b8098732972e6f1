//! `/etc/resolv.conf`, see `resolv.conf(5)`.

use super::{NetworkDns, server};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text,
};

const PATH: &str = "/etc/resolv.conf";

const FILES: &[FixedPath] = &[FixedPath::new(PATH)];

pub(super) const VARIANT: Variant<NoArgs, NetworkDns> = Variant {
    name: "resolv_conf",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkDns>, ParseError> {
    let content = raw.required_file(PATH)?;
    let mut parsed = Parsed::whole(NetworkDns::default());
    let mut is_of_kind = false;
    // People's files often lack the last line feed: what is there counts.
    for (index, line) in content.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            is_of_kind = true;
            continue;
        }
        if text::is_noise(line) || setting(&mut parsed.value, line).is_none() {
            parsed.leave_unread(index, line);
        } else {
            is_of_kind = true;
        }
    }
    if !is_of_kind && !parsed.unread.is_empty() {
        return Err(ParseError::shape("no setting of a resolver"));
    }
    Ok(parsed)
}

fn setting(value: &mut NetworkDns, line: &str) -> Option<()> {
    let mut words = line.split_ascii_whitespace();
    let key = words.next()?;
    match key {
        "nameserver" => value.servers.push(server::server(words.next()?, None)?),
        // Of several the last one counts.
        "search" | "domain" => {
            value.domains = words.map(|word| server::domain(word, None)).collect();
        }
        "options" => value.options.extend(words.map(str::to_owned)),
        "sortlist" | "lookup" | "family" => {}
        _ => return None,
    }
    Some(())
}
