//! `fdisk -l` and `sfdisk -l` of util-linux in any language, and `fdisk -l` of busybox.
//!
//! Words are not relied on: a disk's line ends in its bytes and its sectors, and a partition's start,
//! end and sectors must agree with each other.

use super::{DiskPartition, PartitionTableList, PartitionedDisk, number_of};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, PartitionTableList> = Variant {
    name: "fdisk",
    needs: Needs::programs(&["fdisk"]),
    source: |_| Source::Command(Command::new("fdisk").word("-l")),
    reads: &["fdisk", "sfdisk"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<PartitionTableList>, ParseError> {
    let empty = PartitionTableList { disks: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        if line.starts_with('/') {
            let disk = list.disks.last_mut()?;
            let partition = partition(line, disk)?;
            disk.partitions.push(partition);
            return Some(());
        }
        if let Some(disk) = disk(line) {
            list.disks.push(disk);
            return Some(());
        }
        let disk = list.disks.last_mut()?;
        about(disk, line)
    });
    if parsed.value.disks.is_empty() {
        if raw.error_text().contains("No such file or directory") {
            return Err(ParseError::Unavailable("there is no such disk".to_owned()));
        }
        raw.expect_exit(&[0])?;
        if let Some(complaint) = raw.complaint() {
            return Err(complaint);
        }
        // A machine without a disk, of which busybox says nothing.
        if parsed.unread.is_empty() && raw.typed.len() < 3 {
            return Ok(parsed);
        }
        return Err(ParseError::shape("no line of a disk"));
    }
    Ok(parsed)
}

/// Reads `Disk /dev/sda: 600 MiB, 629145600 bytes, 1228800 sectors` in any language.
fn disk(line: &str) -> Option<PartitionedDisk> {
    let (_, rest) = line.split_at_checked(line.find("/dev/")?)?;
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | '：'))?;
    let (device, rest) = rest.split_at_checked(end)?;
    let mut runs = rest
        .rsplit(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(str::parse::<u64>);
    let (sectors, bytes) = (runs.next()?.ok()?, runs.next()?.ok()?);
    let sector = bytes.checked_div(sectors)?;
    let is_exact = sector.checked_mul(sectors) == Some(bytes);
    let is_sector = (512..=65_536).contains(&sector) && sector.is_power_of_two();
    (is_exact && is_sector).then_some(())?;
    Some(PartitionedDisk {
        device: device.to_owned(),
        size_bytes: Some(bytes),
        sector_bytes: u32::try_from(sector).ok(),
        ..PartitionedDisk::default()
    })
}

/// Takes what is said of the disk between its line and its partitions, and the header of these.
fn about(disk: &mut PartitionedDisk, line: &str) -> Option<()> {
    let Some((before, value)) = line.rsplit_once([':', '：']) else {
        // `76 cylinders, 255 heads, 63 sectors/track`, and the columns' names: no digit is in these.
        let has_digit = line.bytes().any(|byte| byte.is_ascii_digit());
        let is_before = disk.partitions.is_empty();
        let is_header = is_before && !has_digit && line.split_whitespace().nth(2).is_some();
        return (is_header || line.ends_with("sectors/track")).then_some(());
    };
    let value = value.trim();
    let is_guid = value.len() == 36 && value.matches('-').count() == 4;
    let is_number = value.strip_prefix("0x").is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    if is_guid || is_number {
        disk.table_id = Some(value.to_owned());
    } else if matches!(value, "gpt" | "dos" | "bsd" | "sgi" | "sun") {
        disk.table = Some(value.to_owned());
    } else if before == "Disk model" {
        disk.model = Some(value.to_owned());
    }
    Some(())
}

/// Reads `device [*] start end sectors size [id] type`; busybox has the old geometry before it.
fn partition(line: &str, disk: &PartitionedDisk) -> Option<DiskPartition> {
    let mut rest = line;
    let mut word = || {
        let trimmed = rest.trim_start();
        let end = trimmed.find(' ').unwrap_or(trimmed.len());
        let (word, after) = trimmed.split_at_checked(end)?;
        rest = after;
        Some(word).filter(|word| !word.is_empty())
    };
    let device = word()?;
    let mut next = word()?;
    let is_bootable = next == "*";
    if is_bootable {
        next = word()?;
    }
    let has_geometry = next.contains(',');
    while next.contains(',') {
        next = word()?;
    }
    let start: u64 = next.parse().ok()?;
    let end: u64 = word()?.parse().ok()?;
    let sectors: u64 = word()?.parse().ok()?;
    let counted = end.checked_sub(start)?.checked_add(1)?;
    (counted == sectors && device.starts_with(&disk.device)).then_some(())?;
    let _size = word()?;
    let is_dos = has_geometry || disk.table.as_deref() == Some("dos");
    let type_id = if is_dos {
        let id = word()?;
        u8::from_str_radix(id, 16).ok()?;
        Some(id.to_owned())
    } else {
        None
    };
    let sector = disk.sector_bytes.map(u64::from);
    Some(DiskPartition {
        number: number_of(device),
        device: Some(device.to_owned()),
        start_bytes: sector.and_then(|sector| start.checked_mul(sector)),
        size_bytes: sector.and_then(|sector| sectors.checked_mul(sector)),
        type_id,
        type_name: Some(rest.trim().to_owned()).filter(|name| !name.is_empty()),
        bootable: is_dos.then_some(is_bootable),
        ..DiskPartition::default()
    })
}
