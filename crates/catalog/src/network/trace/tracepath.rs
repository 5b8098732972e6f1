//! `tracepath(8)` of iputils.

use super::{TraceHop, TraceResult};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    network::{
        HostToReach,
        common::{family, milliseconds, why_no_row, words},
    },
};

pub(super) const VARIANT: Variant<HostToReach, TraceResult> = Variant {
    name: "tracepath",
    needs: Needs::programs(&["tracepath"]),
    source: |args| {
        let command = Command::new("tracepath").words(&["-n", "-m", "15"]);
        Source::Command(command.value(&args.host))
    },
    reads: &["tracepath|tracepath6"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<TraceResult>, ParseError> {
    let parsed = raw.read_lines(TraceResult::default(), |value, line| {
        let words = words(line);
        let (first, rest) = words.split_first()?;
        let Some(hop) = first
            .strip_suffix(':')
            .and_then(|number| number.trim_end_matches('?').parse().ok())
        else {
            // `Resume: pmtu 1500 hops 2 back 2`, `Too many hops: pmtu 1500`
            return (line.starts_with(' ') && rest.contains(&"pmtu")).then_some(());
        };
        if rest.first() == Some(&"[LOCALHOST]") {
            return Some(());
        }
        value.hops.push(row(hop, rest)?);
        Some(())
    });
    if parsed.value.hops.is_empty() {
        return Err(why_no_row(&raw, "no hop of tracepath"));
    }
    Ok(parsed)
}

/// Reads `name (address)  0.057ms asymm 3`, or the words for no reply, which are translated.
fn row(number: u32, words: &[&str]) -> Option<TraceHop> {
    let mut hop = TraceHop::new(number);
    let time = words.iter().position(|word| {
        let figure = word
            .strip_suffix("ms")
            .or_else(|| word.strip_suffix("msreached"));
        figure.and_then(milliseconds).is_some()
    });
    let Some(time) = time else {
        hop.lost = 1;
        return (!words.is_empty()).then_some(hop);
    };
    let (host, rest) = words.split_at_checked(time)?;
    let (time, notes) = rest.split_first()?;
    hop.answer_seconds
        .push(milliseconds(time.split("ms").next()?)?);
    match host {
        [one] => hop.set_host(one),
        [name, address] => {
            let address = address.trim_matches(['(', ')']);
            family(address)?;
            hop.set_host(name);
            hop.address = Some(address.to_owned());
        }
        _ => return None,
    }
    // `asymm 3` and `pmtu 1400` are two words each.
    let mut notes = notes.iter();
    while let Some(note) = notes.next() {
        let value = if matches!(*note, "asymm" | "pmtu") {
            notes.next()
        } else {
            None
        };
        hop.notes
            .push(value.map_or_else(|| (*note).to_owned(), |value| format!("{note} {value}")));
    }
    Some(hop)
}
