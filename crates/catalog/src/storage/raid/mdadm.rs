//! `mdadm(8) --detail`, which wants root.

use super::{RaidArray, RaidArrayList, RaidMember};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text::figure,
};

/// Partitions of arrays (`md0p1`) are no arrays.
const SCRIPT: &str = r#"for d in /dev/md[0-9]*; do case $d in *p[0-9]*) continue;; esac; [ -b "$d" ] && set -- "$@" "$d"; done; [ "$#" -eq 0 ] || exec mdadm --detail "$@""#;

pub(super) const VARIANT: Variant<NoArgs, RaidArrayList> = Variant {
    name: "mdadm",
    needs: Needs::programs(&["mdadm"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["mdadm"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<RaidArrayList>, ParseError> {
    let mut is_table = false;
    let empty = RaidArrayList { arrays: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        if let Some(device) = line.strip_suffix(':').filter(|line| line.starts_with('/')) {
            is_table = false;
            list.arrays.push(RaidArray {
                device: device.to_owned(),
                ..RaidArray::default()
            });
            return Some(());
        }
        let array = list.arrays.last_mut()?;
        if line
            .split_whitespace()
            .eq(["Number", "Major", "Minor", "RaidDevice", "State"])
        {
            is_table = true;
            return Some(());
        }
        if is_table {
            array.members.extend(member(line)?);
            return Some(());
        }
        let (key, value) = line.split_once(" : ")?;
        about(array, key.trim(), value.trim())
    });
    if parsed.value.arrays.is_empty() {
        let said = raw.error_text();
        let no_array = [
            "does not appear to be an md device",
            "No such file or directory",
        ];
        if let Some(line) = said
            .lines()
            .find(|line| no_array.iter().any(|words| line.contains(words)))
        {
            return Err(ParseError::Unavailable(line.to_owned()));
        }
        raw.expect_exit(&[0])?;
        if raw.typed.len() < 2 && raw.stdout.is_empty() && raw.stderr.is_empty() {
            return Ok(parsed);
        }
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no array in the form of mdadm --detail")));
    }
    Ok(parsed)
}

/// Takes one of the lines `key : value`.
fn about(array: &mut RaidArray, key: &str, value: &str) -> Option<()> {
    match key {
        "Raid Level" => array.level = Some(value.to_owned()),
        "Array Size" => {
            let kibibytes = value.split(' ').next()?.parse::<u64>().ok()?;
            array.size_bytes = Some(kibibytes.checked_mul(1024)?);
        }
        "Raid Devices" => array.slots = Some(value.parse().ok()?),
        "Active Devices" => array.working = Some(value.parse().ok()?),
        "State" => {
            value.clone_into(&mut array.state);
            let has = |word: &str| value.split(", ").any(|found| found == word);
            array.is_degraded = Some(has("degraded") || has("FAILED"));
            let operations = [
                ("resyncing", "resync"),
                ("recovering", "recovery"),
                ("reshaping", "reshape"),
                ("checking", "check"),
            ];
            let found = operations.iter().find(|(word, _)| has(word));
            array.operation = found.map(|(_, operation)| (*operation).to_owned());
        }
        "UUID" => array.uuid = Some(value.to_owned()),
        key if key.ends_with(" Status") => {
            // `Rebuild Status : 1% complete`
            array.operation_percent = value.split_once('%').and_then(|(share, _)| figure(share));
        }
        _ => {}
    }
    Some(())
}

/// Reads `number major minor slot state.. device`; `Some(None)`: nothing is in that slot.
fn member(line: &str) -> Option<Option<RaidMember>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (numbers, rest) = words.split_at_checked(4)?;
    let is_number = |word: &&str| *word == "-" || word.parse::<u32>().is_ok();
    numbers.iter().all(is_number).then_some(())?;
    let (last, state) = rest.split_last()?;
    if !last.starts_with('/') {
        return (*last == "removed" && state.is_empty()).then_some(None);
    }
    Some(Some(RaidMember {
        device: (*last).to_owned(),
        is_spare: state.first() == Some(&"spare"),
        is_faulty: state.contains(&"faulty"),
        state: Some(state.join(" ")).filter(|state| !state.is_empty()),
    }))
}
