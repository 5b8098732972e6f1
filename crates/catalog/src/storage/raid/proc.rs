//! `/proc/mdstat`, see `md(4)`; it is absent where the kernel knows no arrays.

use super::{RaidArray, RaidArrayList, RaidMember};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    percent::rounded, storage::file_lines, text::figure, units::span_seconds,
};

const FILES: &[FixedPath] = &[FixedPath::new("/proc/mdstat")];

pub(super) const VARIANT: Variant<NoArgs, RaidArrayList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<RaidArrayList>, ParseError> {
    let empty = RaidArrayList { arrays: Vec::new() };
    let mut is_mdstat = false;
    let parsed = file_lines(&raw, FILES, empty, |list, line| {
        if line.starts_with("Personalities :") || line.starts_with("unused devices:") {
            is_mdstat = true;
            return Some(());
        }
        if line.starts_with(' ') {
            return about(list.arrays.last_mut()?, line.trim());
        }
        list.arrays.push(array(line)?);
        Some(())
    })?;
    if !is_mdstat && parsed.value.arrays.is_empty() {
        return Err(ParseError::shape("no line of mdstat"));
    }
    Ok(parsed)
}

/// Reads `md0 : active (auto-read-only) raid1 sdb[1](F) sda[0]`; an inactive one has no level.
fn array(line: &str) -> Option<RaidArray> {
    let (name, rest) = line.split_once(" : ")?;
    name.starts_with("md").then_some(())?;
    let mut words = rest.split_whitespace();
    let mut state = words.next()?.to_owned();
    matches!(state.as_str(), "active" | "inactive").then_some(())?;
    let mut level = None;
    let mut members = Vec::new();
    for word in words {
        if word.starts_with('(') {
            state.push(' ');
            state.push_str(word);
        } else if word.contains('[') {
            members.push(member(word)?);
        } else {
            (level.is_none() && members.is_empty()).then_some(())?;
            level = Some(word.to_owned());
        }
    }
    Some(RaidArray {
        device: format!("/dev/{name}"),
        level,
        state,
        members,
        ..RaidArray::default()
    })
}

/// Reads `sdb[1](F)`.
fn member(word: &str) -> Option<RaidMember> {
    let (name, rest) = word.split_once('[')?;
    let (number, flags) = rest.split_once(']')?;
    number.parse::<u32>().ok()?;
    let has = |flag: &str| flags.contains(flag);
    Some(RaidMember {
        device: format!("/dev/{name}"),
        is_spare: has("(S)"),
        is_faulty: has("(F)"),
        state: Some(flags.to_owned()).filter(|flags| !flags.is_empty()),
    })
}

/// Reads the lines that follow an array's own: its blocks, what is done to it, its bitmap.
fn about(array: &mut RaidArray, line: &str) -> Option<()> {
    if let Some((blocks, rest)) = line.split_once(" blocks") {
        array.size_bytes = Some(blocks.parse::<u64>().ok()?.checked_mul(1024)?);
        if let Some((slots, working)) = rest.rsplit_once("] [").and_then(|(before, _)| {
            let (_, counts) = before.rsplit_once('[')?;
            counts.split_once('/')
        }) {
            let (slots, working) = (slots.parse().ok()?, working.parse().ok()?);
            (array.slots, array.working) = (Some(slots), Some(working));
            array.is_degraded = Some(working < slots);
        }
        return Some(());
    }
    if line.starts_with("bitmap:") {
        return Some(());
    }
    const OPERATIONS: &[&str] = &["resync", "recovery", "reshape", "check", "repair"];
    let told = match line.strip_prefix('[') {
        Some(drawn) => drawn.split_once(']')?.1.trim(),
        None => line,
    };
    let (operation, rest) = told.split_once('=')?;
    let operation = operation.trim();
    OPERATIONS.contains(&operation).then_some(())?;
    let rest = rest.trim();
    if !matches!(rest, "DELAYED" | "PENDING" | "REMOTE") {
        let (percent, rest) = rest.split_once('%')?;
        array.operation_percent = Some(rounded(figure(percent.trim())?));
        let length = rest.split_once("finish=").map(|(_, rest)| rest);
        let length = length.and_then(|rest| span_seconds(rest.split(' ').next()?));
        let seconds = length.map(f64::round);
        array.operation_seconds = seconds
            .filter(|seconds| (0.0..=1e15).contains(seconds))
            .map(|seconds| seconds as u64);
    }
    array.operation = Some(operation.to_owned());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_and_what_is_inactive() {
        let mut found = array("md2 : inactive sdc1[0](S)").unwrap();
        assert_eq!((found.level.clone(), found.members.len()), (None, 1));
        about(&mut found, "resync=PENDING").unwrap();
        assert_eq!(found.operation.as_deref(), Some("resync"));
        assert_eq!(found.operation_percent, None);
        let read_only = array("md0 : active (auto-read-only) raid1 sdb[1] sda[0]").unwrap();
        assert_eq!(read_only.state, "active (auto-read-only)");
        assert_eq!(array("mdx active"), None);
    }
}
