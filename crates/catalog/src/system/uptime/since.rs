//! `uptime -s` and `uptime -p` of procps.

use super::TimeUp;
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
    units::span_seconds,
};

pub(super) const VARIANT: Variant<NoArgs, TimeUp> = Variant {
    name: "since",
    needs: Needs::programs(&["uptime"]),
    source: |_| Source::Command(Command::new("env").words(&["TZ=UTC0", "uptime", "-s"])),
    reads: &["uptime"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<TimeUp>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let own = raw.typed.is_empty();
    let parsed = raw.read_lines(TimeUp::default(), |answer, line| {
        if let Some(span) = line.strip_prefix("up ") {
            answer.uptime_seconds = Some(span_seconds(span)?);
            return Some(());
        }
        let (date, clock) = line.trim().split_once(' ')?;
        let booted = time::with_year(date, clock)?;
        match own {
            true => answer.booted_at = Some(booted),
            false => answer.booted_shown = Some(line.trim().to_owned()),
        }
        Some(())
    });
    if parsed.value == TimeUp::default() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("uptime printed neither a moment nor a time")));
    }
    Ok(parsed)
}
