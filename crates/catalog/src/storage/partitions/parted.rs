//! `parted(8)` in its form for programs (`-m`); sizes for people are as exact as their digits.

use super::{DiskPartition, PartitionTableList, PartitionedDisk};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::is_own,
    units::{self, Letters},
};

pub(super) const VARIANT: Variant<NoArgs, PartitionTableList> = Variant {
    name: "parted",
    needs: Needs::programs(&["parted"]),
    source: |_| Source::Command(Command::new("parted").words(&["-m", "-s", "-l"])),
    reads: &["parted"],
    parse,
};

/// A disk without a table that it knows makes parted end with 1, and is listed all the same.
fn parse(raw: RawOutput<'_>) -> Result<Parsed<PartitionTableList>, ParseError> {
    let mut is_begun = false;
    let empty = PartitionTableList { disks: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        let line = line.trim();
        if line == "BYT;" {
            is_begun = true;
            return Some(());
        }
        let fields = fields(line.strip_suffix(';')?);
        if is_begun {
            list.disks.push(disk(&fields)?);
            is_begun = false;
            return Some(());
        }
        let disk = list.disks.last_mut()?;
        disk.partitions
            .extend(partition(&fields, disk.sector_bytes)?);
        Some(())
    });
    if parsed.value.disks.is_empty() {
        raw.expect_exit(&[0])?;
        // A machine without a disk.
        if parsed.unread.is_empty() && is_own(&raw) && raw.stderr.is_empty() {
            return Ok(parsed);
        }
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no disk in the form of parted -m")));
    }
    Ok(parsed)
}

/// The fields between colons; a backslash makes a colon a field's own.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (c, fields.last_mut()) {
            (':', _) => fields.push(String::new()),
            ('\\', Some(field)) => field.extend(chars.next()),
            (c, Some(field)) => field.push(c),
            (_, None) => {}
        }
    }
    fields
}

/// Reads `path:size:transport:logical:physical:table:model:flags`.
fn disk(fields: &[String]) -> Option<PartitionedDisk> {
    let [
        device,
        size,
        _transport,
        logical,
        _physical,
        table,
        model,
        ..,
    ] = fields
    else {
        return None;
    };
    let sector = logical.parse().ok()?;
    device.starts_with('/').then_some(())?;
    Some(PartitionedDisk {
        device: device.clone(),
        size_bytes: Some(bytes(size, Some(sector))?),
        model: Some(model.clone()).filter(|model| !model.is_empty()),
        table: match table.as_str() {
            "unknown" => None,
            "msdos" => Some("dos".to_owned()),
            table => Some(table.to_owned()),
        },
        sector_bytes: Some(sector),
        ..PartitionedDisk::default()
    })
}

/// Reads `number:start:end:size:content:name:flags`; `Some(None)`: room that is free.
fn partition(fields: &[String], sector: Option<u32>) -> Option<Option<DiskPartition>> {
    if let [_, _, _, _, free] = fields
        && free == "free"
    {
        return Some(None);
    }
    let [number, start, _end, size, content, name, flags] = fields else {
        return None;
    };
    let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    Some(Some(DiskPartition {
        number: Some(number.parse().ok()?),
        start_bytes: Some(bytes(start, sector)?),
        size_bytes: Some(bytes(size, sector)?),
        name: said(name),
        content: said(content),
        bootable: Some(flags.split(", ").any(|flag| flag == "boot")),
        ..DiskPartition::default()
    }))
}

/// A size: `1049kB`, `0.10GiB`, `2048s`.
fn bytes(text: &str, sector: Option<u32>) -> Option<u64> {
    match text.strip_suffix('s') {
        Some(sectors) => sectors.parse::<u64>().ok()?.checked_mul(sector?.into()),
        None => units::bytes(text, Letters::Decimal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_and_colons() {
        assert_eq!(bytes("2048s", Some(512)), Some(1_048_576));
        assert_eq!(bytes("0.10GiB", None), Some(107_374_182));
        assert_eq!(fields(r"1:a\:b:"), ["1", "a:b", ""]);
    }
}
