//! `uptime(1)` of procps, of coreutils and of busybox.

use super::{LoadAverages, line::UptimeLine};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, LoadAverages> = Variant {
    name: "uptime",
    needs: Needs::programs(&["uptime"]),
    source: |_| Source::Command(Command::new("uptime")),
    reads: &["uptime"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LoadAverages>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let Parsed { value, unread } = raw.read_lines(None, |averages, line| {
        if averages.is_some() {
            return None;
        }
        *averages = Some(UptimeLine::read(line)?);
        Some(())
    });
    let line = value.ok_or_else(|| {
        raw.complaint()
            .unwrap_or_else(|| ParseError::shape("uptime printed no load averages"))
    })?;
    let [one, five, fifteen] = line.load;
    Ok(Parsed {
        value: LoadAverages {
            one,
            five,
            fifteen,
            runnable: None,
            processes: None,
            uptime_seconds: line.up_seconds,
        },
        unread,
    })
}
