//! `/proc/loadavg` and `/proc/uptime`, see `proc_loadavg(5)` and `proc_uptime(5)`.

use super::LoadAverages;
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    text::figure,
};

const FILES: &[FixedPath] = &[
    FixedPath::new("/proc/loadavg"),
    FixedPath::new("/proc/uptime"),
];

pub(super) const VARIANT: Variant<NoArgs, LoadAverages> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LoadAverages>, ParseError> {
    let text = raw.required_file("/proc/loadavg")?;
    let fields: Vec<&str> = text.split_ascii_whitespace().collect();
    let [one, five, fifteen, tasks, ..] = fields.as_slice() else {
        return Err(ParseError::shape(
            "/proc/loadavg has fewer than four fields",
        ));
    };
    let number = |field: &str| {
        figure(field)
            .ok_or_else(|| ParseError::shape("/proc/loadavg holds something other than numbers"))
    };
    let (runnable, processes) = tasks.split_once('/').unwrap_or_default();
    let uptime = raw.file("/proc/uptime");
    Ok(Parsed::whole(LoadAverages {
        one: number(one)?,
        five: number(five)?,
        fifteen: number(fifteen)?,
        runnable: runnable.parse().ok(),
        processes: processes.parse().ok(),
        uptime_seconds: uptime.and_then(|text| figure(text.split_ascii_whitespace().next()?)),
    }))
}
