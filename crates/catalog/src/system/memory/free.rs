//! `free(1)` of procps, old and new, and of busybox: columns are found by their headings.

use super::MemoryUse;
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// `-w` tells buffers and cache apart; busybox and procps before 3.3.10 do not know it.
const SCRIPT: &str = "free -b -w 2>/dev/null || exec free -b";

pub(super) const VARIANT: Variant<NoArgs, MemoryUse> = Variant {
    name: "free",
    needs: Needs::programs(&["free"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<MemoryUse>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let headings: Vec<&str> = text
        .split_ascii_whitespace()
        .take_while(|word| *word != "Mem:")
        .collect();
    let row = |label: &str| -> Option<Vec<u64>> {
        let rest = text
            .lines()
            .find_map(|line| line.trim_start().strip_prefix(label))?;
        rest.split_ascii_whitespace()
            .map(|field| field.parse().ok())
            .collect()
    };
    let memory = row("Mem:").ok_or_else(|| ParseError::shape("free printed no numbers for Mem"))?;
    let column = |name: &str| {
        let at = headings.iter().position(|heading| *heading == name)?;
        memory.get(at).copied()
    };
    let (Some(total), Some(free)) = (column("total"), column("free")) else {
        return Err(ParseError::shape("free has no columns 'total' and 'free'"));
    };
    let buffers = column("buffers");
    let cached = column("cache").or_else(|| column("cached"));
    let idle = [Some(free), buffers, cached, column("buff/cache")];
    let available = column("available")
        .unwrap_or_else(|| idle.into_iter().flatten().fold(0, u64::saturating_add))
        .min(total);
    let swap = row("Swap:").unwrap_or_default();
    let swap = |index: usize| swap.get(index).copied().unwrap_or(0);
    Ok(Parsed::whole(MemoryUse {
        total_bytes: total,
        used_bytes: total.saturating_sub(available),
        available_bytes: available,
        free_bytes: free,
        buffers_bytes: buffers,
        cached_bytes: cached,
        swap_total_bytes: swap(0),
        swap_used_bytes: swap(1),
        swap_free_bytes: swap(2),
    }))
}
