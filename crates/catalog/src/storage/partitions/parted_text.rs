//! `parted(8)` as people read it, in any language; sizes are as exact as their digits.

use super::{DiskPartition, PartitionTableList, PartitionedDisk};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::{
        is_own,
        table::{Column, cells, columns_of},
    },
    units::{self, Letters},
};

pub(super) const VARIANT: Variant<NoArgs, PartitionTableList> = Variant {
    name: "parted_text",
    needs: Needs::programs(&["parted"]),
    source: |_| Source::Command(Command::new("parted").words(&["-s", "-l"])),
    reads: &["parted"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PartitionTableList>, ParseError> {
    let mut model: Option<String> = None;
    let mut columns: Option<Vec<Column<'static>>> = None;
    let empty = PartitionTableList { disks: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        if let Some(columns) = &columns
            && let Some(disk) = list.disks.last_mut()
            && let Some(partition) = partition(line, columns, disk)
        {
            disk.partitions.extend(partition);
            return Some(());
        }
        let Some((before, value)) = line.trim().rsplit_once([':', '：']) else {
            let disk = list.disks.last()?;
            columns = Some(header(line, disk)?);
            return Some(());
        };
        let value = value.trim();
        if let Some(at) = before.find("/dev/") {
            let device = before.get(at..)?.trim();
            list.disks.push(PartitionedDisk {
                device: device.to_owned(),
                size_bytes: Some(bytes(value)?),
                model: model.take(),
                ..PartitionedDisk::default()
            });
            columns = None;
            return Some(());
        }
        if let Some((name, _transport)) = value.rsplit_once(" (")
            && value.ends_with(')')
        {
            model = Some(name.to_owned());
            return Some(());
        }
        let disk = list.disks.last_mut()?;
        if let Some((logical, _)) = value.split_once("B/") {
            disk.sector_bytes = Some(logical.parse().ok()?);
        } else {
            match value {
                "msdos" => disk.table = Some("dos".to_owned()),
                "gpt" | "loop" | "mac" | "bsd" | "sun" | "dvh" | "pc98" | "amiga" | "aix" => {
                    disk.table = Some(value.to_owned());
                }
                // No table that is known, and the disk's flags, of which mostly there are none.
                _ => {}
            }
        }
        Some(())
    });
    if parsed.value.disks.is_empty() {
        raw.expect_exit(&[0])?;
        let is_silent = raw.stdout.is_empty() && raw.stderr.is_empty();
        if is_silent && is_own(&raw) {
            return Ok(parsed);
        }
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no disk as parted prints it")));
    }
    Ok(parsed)
}

/// The columns, between whose names stand two blanks at least; of a table of this kind there are so
/// many: number, start, end and size, then what is told below.
fn header(line: &str, disk: &PartitionedDisk) -> Option<Vec<Column<'static>>> {
    let mut columns: Vec<Column<'static>> = Vec::new();
    for column in columns_of(line) {
        let column = column.without_name();
        match columns.last_mut() {
            Some(last) if last.end.saturating_add(1) == column.start => last.end = column.end,
            _ => columns.push(column),
        }
    }
    let has_digit = line.bytes().any(|byte| byte.is_ascii_digit());
    let expected = match disk.table.as_deref()? {
        "gpt" | "dos" => 7,
        "loop" => 6,
        _ => return None,
    };
    (columns.len() == expected && !has_digit).then_some(columns)
}

/// Reads a row; `Some(None)`: room that is free.
fn partition(
    line: &str,
    columns: &[Column<'_>],
    disk: &PartitionedDisk,
) -> Option<Option<DiskPartition>> {
    let cells: Vec<&str> = cells(line, columns)?.into_iter().map(str::trim).collect();
    let [number, start, _end, size, rest @ ..] = cells.as_slice() else {
        return None;
    };
    let (start, size) = (bytes(start)?, bytes(size)?);
    if number.is_empty() {
        return Some(None);
    }
    let (kind, content, name, flags) = match (disk.table.as_deref(), rest) {
        (Some("dos"), [kind, content, flags]) => (*kind, *content, "", *flags),
        (Some("gpt"), [content, name, flags]) => ("", *content, *name, *flags),
        (_, [content, flags]) => ("", *content, "", *flags),
        _ => return None,
    };
    let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Some(Some(DiskPartition {
        number: Some(number.parse().ok()?),
        start_bytes: Some(start),
        size_bytes: Some(size),
        type_name: said(kind),
        name: said(name),
        content: said(content),
        bootable: flag(flags, disk),
        ..DiskPartition::default()
    }))
}

/// Flags are translated too: where one is not known in English, none of them tells anything.
fn flag(flags: &str, disk: &PartitionedDisk) -> Option<bool> {
    let is_table = disk.table.as_deref() != Some("loop");
    let is_known = flags.split(", ").all(|flag| {
        flag.is_empty()
            || flag
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    });
    let has_boot = flags.split(", ").any(|flag| flag == "boot");
    (is_table && is_known && (has_boot || flags.is_empty())).then_some(has_boot)
}

fn bytes(text: &str) -> Option<u64> {
    let has_unit = text.ends_with('B');
    has_unit.then(|| units::bytes(text, Letters::Decimal))?
}
