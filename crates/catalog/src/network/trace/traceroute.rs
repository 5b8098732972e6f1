//! `traceroute(8)` of Linux, inetutils and busybox.

use super::{TraceHop, TraceResult};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    network::{
        HostToReach,
        common::{family, milliseconds, why_no_row, words},
    },
};

pub(super) const VARIANT: Variant<HostToReach, TraceResult> = Variant {
    name: "traceroute",
    needs: Needs::programs(&["traceroute"]),
    source: |args| {
        let command = Command::new("traceroute").words(&["-n", "-q", "1", "-w", "1", "-m", "20"]);
        Source::Command(command.value(&args.host))
    },
    reads: &["traceroute|traceroute6|inetutils-traceroute|tcptraceroute"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<TraceResult>, ParseError> {
    let mut begun = false;
    let parsed = raw.read_lines(TraceResult::default(), |value, line| {
        if let Some(rest) = line.strip_prefix("traceroute to ") {
            begun = true;
            let (host, rest) = rest.split_once(" (")?;
            let (address, _) = rest.split_once(')')?;
            value.host = Some(host.to_owned());
            value.address = Some(address.to_owned());
            return Some(());
        }
        begun.then_some(())?;
        value.hops.extend(hops(line)?);
        Some(())
    });
    // Where no packet could be sent there is but the title, and a word on standard error.
    if parsed.value.hops.is_empty() && (!begun || raw.exit_code != Some(0)) {
        return Err(why_no_row(&raw, "no hop of traceroute"));
    }
    Ok(parsed)
}

/// Reads `2  name (address)  0.2 ms  0.3 ms * other (address)  0.4 ms !H`: after its number of each
/// host what it answered.
fn hops(line: &str) -> Option<Vec<TraceHop>> {
    let words = words(line);
    let (number, mut rest) = words.split_first()?;
    let hop: u32 = number.parse().ok()?;
    let mut hops = vec![TraceHop::new(hop)];
    while let [word, behind @ ..] = rest {
        rest = behind;
        let current = hops.last_mut()?;
        if *word == "*" {
            current.lost = current.lost.saturating_add(1);
        } else if let ("ms", Some(_)) = (*word, current.answer_seconds.last()) {
            // The unit of the figure before it.
        } else if let (None, Some(seconds)) = (
            family(word),
            milliseconds(word.strip_suffix("ms").unwrap_or(word)),
        ) {
            (word.ends_with("ms") || rest.first() == Some(&"ms")).then_some(())?;
            current.answer_seconds.push(seconds);
        } else if word.starts_with('!') {
            current.notes.push((*word).to_owned());
        } else if let Some(address) = word
            .strip_prefix('(')
            .and_then(|word| word.strip_suffix(')'))
        {
            family(address)?;
            current.address = Some(address.to_owned());
        } else if word.starts_with('[') && word.ends_with(']') {
            // The number of an autonomous system.
        } else {
            let is_new = current.name.is_some() || current.address.is_some();
            if is_new {
                hops.push(TraceHop::new(hop));
            }
            hops.last_mut()?.set_host(word);
        }
    }
    // A figure needs a host, and a hop something at all.
    let last = hops.last()?;
    let said = last.lost > 0 || !last.answer_seconds.is_empty() || last.address.is_some();
    said.then_some(hops)
}
