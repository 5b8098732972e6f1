//! `/proc/diskstats`, see `iostats` in the kernel's documentation, with `/proc/uptime` for the exact
//! moment. Its sectors have 512 bytes whatever the disk's have.

use super::{DiskIo, DiskIoList};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    storage::file_lines, text::figure,
};

const FILES: &[FixedPath] = &[
    FixedPath::new("/proc/diskstats"),
    FixedPath::new("/proc/uptime"),
];

pub(super) const VARIANT: Variant<NoArgs, DiskIoList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DiskIoList>, ParseError> {
    let uptime = raw.file("/proc/uptime");
    let list = DiskIoList {
        devices: Vec::new(),
        uptime_seconds: uptime.and_then(|text| figure(text.split_ascii_whitespace().next()?)),
    };
    let files = FILES.get(..1).unwrap_or_default();
    let parsed = file_lines(&raw, files, list, |list, line| {
        list.devices.push(device(line)?);
        Some(())
    })?;
    if parsed.value.devices.is_empty() && !parsed.unread.is_empty() {
        return Err(ParseError::shape("no line of diskstats"));
    }
    Ok(parsed)
}

/// Reads `major minor name reads merged sectors ms writes merged sectors ms running ms weighted` and
/// what newer kernels add.
fn device(line: &str) -> Option<DiskIo> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let [_major, _minor, name, counters @ ..] = words.as_slice() else {
        return None;
    };
    let counters: Vec<u64> = counters
        .iter()
        .map(|word| word.parse().ok())
        .collect::<Option<_>>()?;
    let [
        reads,
        _,
        sectors_read,
        _,
        writes,
        _,
        sectors_written,
        _,
        _,
        busy,
        ..,
    ] = counters.as_slice()
    else {
        return None;
    };
    Some(DiskIo {
        name: (*name).to_owned(),
        read_bytes: Some(sectors_read.checked_mul(512)?),
        written_bytes: Some(sectors_written.checked_mul(512)?),
        reads: Some(*reads),
        writes: Some(*writes),
        busy_milliseconds: Some(*busy),
        ..DiskIo::default()
    })
}
