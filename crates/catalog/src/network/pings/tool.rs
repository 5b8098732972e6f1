//! `ping(8)` of iputils, busybox and inetutils, as it goes on. iputils alone can be asked to tell when
//! an answer is late, so the script asks first whose it is. All of them send a packet a second.

use chrono::{DateTime, Utc};

use super::{PingOutcome, PingRecord};
use crate::{
    Command, FeedVariant, Heard, Needs,
    network::{
        HostToReach,
        common::{family, words},
        ping::tool::reply,
    },
};

/// By names is not asked: a name server that is slow would hold up the lines.
const SCRIPT: &str = "case $(ping -V 2>&1) in \
                      *iputils*) exec ping -n -O -D \"$1\" ;; \
                      *) exec ping \"$1\" ;; esac";

pub(super) const VARIANT: FeedVariant<HostToReach, PingRecord> = FeedVariant {
    name: "tool",
    needs: Needs::programs(&["ping"]),
    source: |args| Command::script(SCRIPT).value(&args.host),
    reads: &["ping|ping4|ping6"],
    read,
};

fn read(line: &str) -> Heard<PingRecord> {
    if is_frame(line) {
        return Heard::Nothing;
    }
    Heard::from_option(record(line))
}

/// The title, and what stands at the end.
fn is_frame(line: &str) -> bool {
    let is_summary = line.contains('%') && line.matches(", ").count() >= 2;
    let is_times = line.trim_end().ends_with(" ms") && line.contains(" = ") && line.contains('/');
    line.starts_with("PING ")
        || line.starts_with("pipe ")
        || (line.starts_with("--- ") && line.trim_end().ends_with(" ---"))
        || is_summary
        || is_times
}

/// Reads a line about one packet; its words may be translated, their order is not.
fn record(line: &str) -> Option<PingRecord> {
    let (at, line) = match line.strip_prefix('[') {
        Some(stamped) => {
            let (stamp, rest) = stamped.split_once("] ")?;
            (Some(moment(stamp)?), rest)
        }
        None => (None, line),
    };
    let words = words(line);
    // `64 bytes from web (192.0.2.1): ..`, `From 192.0.2.10 icmp_seq=1 ..`
    let address = words.iter().find_map(|word| {
        let word = word.trim_end_matches([':', ',']);
        let word = word.trim_start_matches('(').trim_end_matches([')', ':']);
        family(word).map(|_| word.to_owned())
    });
    let Some(told) = reply(line) else {
        // inetutils: `92 bytes from 192.0.2.10: Destination Host Unreachable`
        let (head, complaint) = line.split_once(": ")?;
        (head.contains(" bytes from ") && !complaint.contains('=')).then_some(())?;
        return Some(PingRecord {
            at,
            sequence: None,
            outcome: PingOutcome::Undeliverable,
            address: Some(address?),
            ttl: None,
            seconds: None,
            complaint: Some(complaint.trim().to_owned()),
        });
    };
    let outcome = match (&told.complaint, &address) {
        (Some(_), Some(_)) => PingOutcome::Undeliverable,
        (Some(_), None) => PingOutcome::Waiting,
        (None, _) if line.trim_end().ends_with("DUP!)") => PingOutcome::AnsweredAgain,
        (None, _) => PingOutcome::Answered,
    };
    Some(PingRecord {
        at,
        sequence: Some(told.sequence),
        outcome,
        address,
        ttl: told.ttl,
        seconds: told.seconds,
        complaint: told.complaint,
    })
}

/// Reads `1795916133.635888`, seconds since 1970 with six digits of a second's parts.
fn moment(stamp: &str) -> Option<DateTime<Utc>> {
    let (seconds, micros) = stamp.split_once('.')?;
    (micros.len() == 6).then_some(())?;
    let micros: u32 = micros.parse().ok()?;
    DateTime::from_timestamp(seconds.parse().ok()?, micros.checked_mul(1000)?)
}
