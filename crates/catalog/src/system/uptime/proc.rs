//! `/proc/uptime` and the boot time in `/proc/stat`, see `proc_uptime(5)` and `proc_stat(5)`.

use chrono::DateTime;

use super::TimeUp;
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    text::figure,
};

const FILES: &[FixedPath] = &[FixedPath::new("/proc/uptime"), FixedPath::new("/proc/stat")];

pub(super) const VARIANT: Variant<NoArgs, TimeUp> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<TimeUp>, ParseError> {
    let text = raw.required_file("/proc/uptime")?;
    let seconds = text.split_ascii_whitespace().next().and_then(figure);
    let seconds = seconds.ok_or_else(|| ParseError::shape("/proc/uptime holds no figure"))?;
    let stat = raw.file("/proc/stat").unwrap_or_default();
    let booted = stat.lines().find_map(|line| line.strip_prefix("btime "));
    let booted = booted.and_then(|seconds| seconds.trim().parse().ok());
    Ok(Parsed::whole(TimeUp {
        booted_at: booted.and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
        booted_shown: None,
        uptime_seconds: Some(seconds),
    }))
}
