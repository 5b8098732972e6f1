//! `date(1)`: in the own script seconds, and the zone that a link or a file names; people's own as
//! far as the form shows the zone.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::ClockState;
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const SCRIPT: &str = "date -u +%s; readlink /etc/localtime || cat /etc/timezone 2>/dev/null || :";

pub(super) const VARIANT: Variant<NoArgs, ClockState> = Variant {
    name: "date",
    needs: Needs::programs(&["date"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["date"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ClockState>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let own = raw.typed.is_empty();
    let in_seconds = own || raw.typed.iter().any(|word| word == "+%s");
    let mut has_moment = false;
    let parsed = raw.read_lines(ClockState::default(), |clock, line| {
        let line = line.trim();
        if has_moment {
            own.then_some(())?;
            let zone = line.split_once("zoneinfo/").map_or(line, |(_, zone)| zone);
            clock.timezone = Some(zone.to_owned()).filter(|zone| !zone.contains(' '));
            return clock.timezone.as_ref().map(|_| ());
        }
        clock.now = match in_seconds {
            true => seconds(line),
            false => moment(line),
        };
        if clock.now.is_none() {
            looks_like_a_moment(line).then_some(())?;
            clock.now_shown = Some(line.to_owned());
        }
        has_moment = true;
        Some(())
    });
    if !has_moment {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("date printed no moment")));
    }
    Ok(parsed)
}

/// Seconds since 1970.
fn seconds(line: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(line.parse().ok()?, 0)
}

/// A moment whose form tells its zone: ISO 8601 or RFC 3339, RFC 2822, and what
/// `date` prints by itself where the zone is UTC.
fn moment(line: &str) -> Option<DateTime<Utc>> {
    let with_zone = || {
        DateTime::parse_from_rfc3339(line)
            .or_else(|_| DateTime::parse_from_rfc2822(line))
            .or_else(|_| DateTime::parse_from_str(line, "%Y-%m-%d %H:%M:%S%:z"))
            .or_else(|_| DateTime::parse_from_str(line, "%Y-%m-%dT%H:%M:%S%z"))
            .ok()
    };
    let in_utc = || {
        let forms = [
            "%a %b %e %H:%M:%S UTC %Y",
            "%a %b %e %I:%M:%S %p UTC %Y",
            "%a %b %e %H:%M:%S GMT %Y",
        ];
        let mut moments = forms
            .iter()
            .filter_map(|form| NaiveDateTime::parse_from_str(line, form).ok());
        moments.next()
    };
    with_zone()
        .map(|moment| moment.to_utc())
        .or_else(|| in_utc().map(|moment| moment.and_utc()))
}

/// Whether it holds a time of day: a date in another language, or in another zone.
fn looks_like_a_moment(line: &str) -> bool {
    line.len() <= 80
        && line
            .split([' ', 'T'])
            .filter(|word| word.len() >= 8 && word.matches(':').count() == 2)
            .any(|word| {
                word.bytes()
                    .take(8)
                    .all(|byte| byte.is_ascii_digit() || byte == b':')
            })
}
