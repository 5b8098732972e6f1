//! `uptime(1)` of procps and of busybox.

use super::LoadAverages;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text::figure,
};

pub(super) const VARIANT: Variant<NoArgs, LoadAverages> = Variant {
    name: "uptime",
    needs: Needs::programs(&["uptime"]),
    source: |_| Source::Command(Command::new("uptime")),
    reads: &[],
    parse,
};

/// Reads `... load average: 0.15, 0.10, 0.09`; the time up is written for people, in too many
/// forms to be exact, and is left out.
fn parse(raw: RawOutput<'_>) -> Result<Parsed<LoadAverages>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let averages = text
        .lines()
        .find_map(|line| line.split_once("load average"))
        .and_then(|(_, rest)| rest.split_once(':'))
        .ok_or_else(|| ParseError::shape("uptime printed no load averages"))?
        .1;
    let mut numbers = averages.split(',').map(|field| figure(field.trim()));
    let mut next = || {
        numbers
            .next()
            .flatten()
            .ok_or_else(|| ParseError::shape("uptime printed fewer than three averages"))
    };
    Ok(Parsed::whole(LoadAverages {
        one: next()?,
        five: next()?,
        fifteen: next()?,
        runnable: None,
        processes: None,
        uptime_seconds: None,
    }))
}
