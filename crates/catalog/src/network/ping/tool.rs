//! `ping(8)` of iputils, inetutils and busybox. Its words may be translated; the order of its figures
//! is not.

use super::{PingReply, PingResult};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    network::{
        HostToReach,
        common::{milliseconds, why_no_row, words},
    },
};

pub(super) const VARIANT: Variant<HostToReach, PingResult> = Variant {
    name: "tool",
    needs: Needs::programs(&["ping"]),
    source: |args| {
        let command = Command::new("ping").words(&["-c", "3"]);
        Source::Command(command.value(&args.host))
    },
    reads: &["ping|ping4|ping6"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PingResult>, ParseError> {
    let mut in_summary = false;
    let mut begun = false;
    let parsed = raw.read_lines(PingResult::default(), |value, line| {
        if let Some(rest) = line.strip_prefix("PING ") {
            begun = true;
            let (host, rest) = rest.split_once(['(', ' '])?;
            value.host = Some(host.to_owned());
            let (address, _) = rest.trim_start_matches('(').split_once(')')?;
            // A name may stand before the address.
            let address = address.rsplit(['(', ' ']).next()?;
            value.address = Some(address.to_owned());
            return Some(());
        }
        if line.starts_with("--- ") && line.trim_end().ends_with(" ---") {
            in_summary = true;
            return Some(());
        }
        if !in_summary {
            // `-f` draws a dot for each packet.
            if begun && line.bytes().all(|byte| matches!(byte, b'.' | b' ' | b'E')) {
                return Some(());
            }
            value.replies.push(reply(line)?);
            return Some(());
        }
        // How many packets were under way at once.
        if line.starts_with("pipe ") {
            return Some(());
        }
        if line.contains('%') {
            counts(value, line)
        } else {
            times(value, line)
        }
    });
    if !begun && !in_summary && parsed.value.replies.is_empty() {
        return Err(why_none(&raw));
    }
    Ok(parsed)
}

/// A name that is not known is no answer, in each tool's words.
fn why_none(raw: &RawOutput<'_>) -> ParseError {
    const UNKNOWN: &[&str] = &[
        "bad address",
        "Name or service not known",
        "unknown host",
        "No address associated",
    ];
    let said = raw.error_text();
    match said
        .lines()
        .find(|line| UNKNOWN.iter().any(|phrase| line.contains(phrase)))
    {
        Some(line) => ParseError::Unavailable(line.trim().chars().take(400).collect()),
        None => why_no_row(raw, "no ping"),
    }
}

/// Reads `64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.055 ms`, and lines that say of a packet
/// why there is no answer.
pub(in crate::network) fn reply(line: &str) -> Option<PingReply> {
    let words = words(line);
    let value = |keys: &[&str]| {
        words.iter().find_map(|word| {
            let (key, value) = word.split_once('=')?;
            keys.contains(&key).then_some(value)
        })
    };
    let sequence = value(&["icmp_seq", "seq"])?.parse().ok()?;
    // The time's name is translated, its place at the end and its unit are not.
    let seconds = words.windows(2).rev().find_map(|pair| match pair {
        [time, unit] if unit.starts_with("ms") => {
            let (_, figure) = time.split_once(['=', '<'])?;
            milliseconds(figure.trim_start_matches(['=', '<']))
        }
        _ => None,
    });
    let ttl = value(&["ttl"]).and_then(|ttl| ttl.parse().ok());
    let complaint = (seconds.is_none() && ttl.is_none()).then(|| line.trim().to_owned());
    Some(PingReply {
        sequence,
        ttl,
        seconds,
        complaint,
    })
}

/// Reads `3 packets transmitted, 2 received, +1 errors, 33.3333% packet loss, time 2002ms`.
fn counts(value: &mut PingResult, line: &str) -> Option<()> {
    let mut parts = line.split(", ");
    let mut number = || {
        let part = parts.next()?.trim();
        part.split(' ').find_map(|word| word.parse::<u64>().ok())
    };
    let (transmitted, received) = (number()?, number()?);
    for part in parts {
        let figure = part.trim().split_ascii_whitespace().next()?;
        if let Some(percent) = figure.strip_suffix('%') {
            value.loss_percent = crate::text::figure(&percent.replace(',', "."));
        } else if let Some(more) = figure.strip_prefix('+') {
            let more = more.parse().ok();
            if part.contains("dup") {
                value.duplicates = more;
            } else if part.contains("err") {
                value.errors = more;
            }
        } else if part.contains("dup") {
            value.duplicates = figure.parse().ok();
        }
    }
    (value.transmitted, value.received) = (Some(transmitted), Some(received));
    Some(())
}

/// Reads `rtt min/avg/max/mdev = 0.055/0.069/0.097/0.019 ms`; busybox tells no deviation.
fn times(value: &mut PingResult, line: &str) -> Option<()> {
    let (_, figures) = line.split_once(" = ")?;
    let (figures, _) = figures.split_once(" ms")?;
    let figures: Vec<f64> = figures
        .split('/')
        .map(milliseconds)
        .collect::<Option<_>>()?;
    let [least, average, most, deviation @ ..] = figures.as_slice() else {
        return None;
    };
    value.least_seconds = Some(*least);
    value.average_seconds = Some(*average);
    value.most_seconds = Some(*most);
    value.deviation_seconds = deviation.first().copied();
    Some(())
}
