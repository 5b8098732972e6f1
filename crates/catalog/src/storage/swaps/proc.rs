//! `/proc/swaps`; it is absent where the kernel cannot swap.

use super::{SwapArea, SwapList};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::{escapes::unescaped, file_lines},
};

const FILES: &[FixedPath] = &[FixedPath::new("/proc/swaps")];

pub(super) const VARIANT: Variant<NoArgs, SwapList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SwapList>, ParseError> {
    let mut is_headed = false;
    let empty = SwapList { swaps: Vec::new() };
    let parsed = file_lines(&raw, FILES, empty, |list, line| {
        if !is_headed {
            is_headed = line.starts_with("Filename");
            return is_headed.then_some(());
        }
        list.swaps.push(area(line)?);
        Some(())
    })?;
    if !is_headed {
        return Err(ParseError::shape("/proc/swaps has no header"));
    }
    Ok(parsed)
}

/// Reads `path type kibibytes used priority`; `swapon -s` leaves the blanks in a path as they are.
pub(super) fn area(line: &str) -> Option<SwapArea> {
    let mut rest = line.trim_end();
    let mut last = || {
        let (before, word) = rest.rsplit_once([' ', '\t'])?;
        rest = before.trim_end();
        Some(word)
    };
    let (priority, used, size, kind) = (last()?, last()?, last()?, last()?);
    let path = rest;
    (!path.is_empty()).then_some(())?;
    let bytes = |kibibytes: &str| kibibytes.parse::<u64>().ok()?.checked_mul(1024);
    Some(SwapArea {
        path: unescaped(path),
        kind: Some(kind.to_owned()),
        size_bytes: Some(bytes(size)?),
        used_bytes: Some(bytes(used)?),
        priority: Some(priority.parse().ok()?),
        label: None,
        uuid: None,
    })
}
