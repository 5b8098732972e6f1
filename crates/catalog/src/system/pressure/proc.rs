//! `/proc/pressure`, of Linux 4.20 or newer where it is built with PSI.

use super::{PressureList, PressureOf};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    text::{self, figure},
};

const FILES: &[FixedPath] = &[
    FixedPath::new("/proc/pressure/cpu"),
    FixedPath::new("/proc/pressure/memory"),
    FixedPath::new("/proc/pressure/io"),
    FixedPath::new("/proc/pressure/irq"),
];

pub(super) const VARIANT: Variant<NoArgs, PressureList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PressureList>, ParseError> {
    let mut parsed = Parsed::whole(PressureList::default());
    for path in FILES {
        let Some(content) = raw.file(path.as_str()) else {
            continue;
        };
        let resource = path.as_str().rsplit('/').next().unwrap_or_default();
        for (index, line) in text::lines(&content) {
            match pressure(resource, line) {
                Some(pressure) => parsed.value.pressures.push(pressure),
                None => parsed.leave_unread(index, line),
            }
        }
        if let Some((index, line)) = text::cut_line(&content) {
            parsed.leave_unread(index, line);
        }
    }
    if !parsed.value.pressures.is_empty() {
        return Ok(parsed);
    }
    match parsed.unread.is_empty() {
        true => Err(ParseError::Absent(
            "the kernel has no /proc/pressure".to_owned(),
        )),
        false => Err(ParseError::shape("/proc/pressure holds other lines")),
    }
}

/// Reads `some avg10=37.45 avg60=50.59 avg300=32.60 total=237766513`, microseconds.
fn pressure(resource: &str, line: &str) -> Option<PressureOf> {
    let mut words = line.split_ascii_whitespace();
    let kind = words
        .next()
        .filter(|kind| matches!(*kind, "some" | "full"))?;
    let mut next = |name: &str| figure(words.next()?.strip_prefix(name)?.strip_prefix('=')?);
    Some(PressureOf {
        resource: resource.to_owned(),
        kind: kind.to_owned(),
        ten_seconds_percent: next("avg10")?,
        minute_percent: next("avg60")?,
        five_minutes_percent: next("avg300")?,
        total_seconds: next("total")? / 1e6,
    })
}
