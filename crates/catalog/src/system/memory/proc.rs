//! `/proc/meminfo`, see `proc_meminfo(5)`.

use std::collections::BTreeMap;

use super::MemoryUse;
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const MEMINFO: FixedPath = FixedPath::new("/proc/meminfo");

pub(super) const VARIANT: Variant<NoArgs, MemoryUse> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(&[MEMINFO]),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<MemoryUse>, ParseError> {
    let text = raw.required_file(MEMINFO.as_str())?;
    let rows: BTreeMap<&str, u64> = text.lines().filter_map(row).collect();
    let row = |name: &str| rows.get(name).copied();
    let required = |name: &str| {
        row(name).ok_or_else(|| ParseError::shape(format!("/proc/meminfo has no {name}")))
    };
    let total = required("MemTotal")?;
    let free = required("MemFree")?;
    let buffers = row("Buffers").unwrap_or(0);
    let cached = row("Cached")
        .unwrap_or(0)
        .saturating_add(row("SReclaimable").unwrap_or(0));
    let available = row("MemAvailable")
        .unwrap_or_else(|| free.saturating_add(buffers).saturating_add(cached))
        .min(total);
    let swap_total = row("SwapTotal").unwrap_or(0);
    let swap_free = row("SwapFree").unwrap_or(0);
    Ok(Parsed::whole(MemoryUse {
        total_bytes: total,
        used_bytes: total.saturating_sub(available),
        available_bytes: available,
        free_bytes: free,
        buffers_bytes: Some(buffers),
        cached_bytes: Some(cached),
        swap_total_bytes: swap_total,
        swap_used_bytes: swap_total.saturating_sub(swap_free),
        swap_free_bytes: swap_free,
    }))
}

/// Reads `MemTotal:  24603532 kB` into its name and bytes.
fn row(line: &str) -> Option<(&str, u64)> {
    let (name, rest) = line.split_once(':')?;
    let kibibytes: u64 = rest.split_ascii_whitespace().next()?.parse().ok()?;
    Some((name, kibibytes.saturating_mul(1024)))
}
