//! `pvdisplay(8)`, `vgdisplay(8)` and `lvdisplay(8)`: a block for each, a line for each property.
//! Nothing of it is translated.

use super::{LvmLogicalVolume, LvmPhysicalVolume, LvmReport, LvmVolumeGroup};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    text::figure,
    units::{self, Letters},
};

/// `--units k` for whole kibibytes: for people they are rounded.
const SCRIPT: &str =
    "for show in pvdisplay vgdisplay lvdisplay; do \"$show\" --units k || exit; done";

pub(super) const VARIANT: Variant<NoArgs, LvmReport> = Variant {
    name: "display",
    needs: Needs::programs(&["pvdisplay", "vgdisplay", "lvdisplay"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["pvdisplay", "vgdisplay", "lvdisplay"],
    parse,
};

/// What the block at hand is of.
#[derive(Clone, Copy)]
enum Block {
    Physical { extent: Option<u64> },
    Group,
    Logical,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LvmReport>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut block: Option<Block> = None;
    let parsed = raw.read_lines(LvmReport::default(), |report, line| {
        let line = line.trim();
        if line.starts_with("--- ") && line.ends_with(" ---") {
            block = match line.trim_matches(['-', ' ']) {
                "Physical volume" | "NEW Physical volume" => {
                    report.physical_volumes.push(LvmPhysicalVolume::default());
                    Some(Block::Physical { extent: None })
                }
                "Volume group" => {
                    report.groups.push(LvmVolumeGroup::default());
                    Some(Block::Group)
                }
                "Logical volume" => {
                    report.logical_volumes.push(LvmLogicalVolume::default());
                    Some(Block::Logical)
                }
                _ => None,
            };
            return block.map(|_| ());
        }
        match block.as_mut()? {
            Block::Physical { extent } => {
                physical(report.physical_volumes.last_mut()?, extent, line)
            }
            Block::Group => group(report.groups.last_mut()?, line),
            Block::Logical => logical(report.logical_volumes.last_mut()?, line),
        }
    });
    let mut parsed = parsed;
    let report = &mut parsed.value;
    // A block that was cut before its name is none.
    report
        .physical_volumes
        .retain(|volume| !volume.device.is_empty());
    report.groups.retain(|group| !group.name.is_empty());
    report
        .logical_volumes
        .retain(|volume| !volume.name.is_empty());
    let is_empty = *report == LvmReport::default();
    let is_silent = raw.stdout.is_empty() && raw.stderr.is_empty();
    if is_empty && !is_silent {
        return Err(raw.complaint().unwrap_or_else(|| {
            ParseError::shape("no block of pvdisplay, vgdisplay or lvdisplay")
        }));
    }
    Ok(parsed)
}

/// The value of a line that begins with this key and a blank.
fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let rest = line.strip_prefix(key)?;
    rest.starts_with(' ').then(|| rest.trim())
}

fn bytes(text: &str) -> Option<u64> {
    units::bytes(text.trim_start_matches('<'), Letters::Decimal)
}

/// A share, `64.69%`.
fn share(text: &str) -> Option<f64> {
    figure(&text.strip_suffix('%')?.replace(',', "."))
}

fn owned(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// What can be used is counted in extents; what is over is not usable.
fn physical(volume: &mut LvmPhysicalVolume, extent: &mut Option<u64>, line: &str) -> Option<()> {
    let extents = |text: &str, extent: Option<u64>| text.parse::<u64>().ok()?.checked_mul(extent?);
    if let Some(name) = value(line, "PV Name") {
        name.clone_into(&mut volume.device);
    } else if let Some(name) = value(line, "VG Name") {
        volume.group = owned(name);
    } else if let Some(size) = value(line, "PV Size") {
        volume.size_bytes = Some(bytes(size.split(" / ").next()?)?);
    } else if let Some(size) = value(line, "PE Size") {
        *extent = bytes(size).filter(|size| *size > 0);
    } else if let Some(count) = value(line, "Total PE") {
        volume.size_bytes = extents(count, *extent).or(volume.size_bytes);
    } else if let Some(count) = value(line, "Free PE") {
        volume.free_bytes = extents(count, *extent);
    } else if let Some(uuid) = value(line, "PV UUID") {
        volume.uuid = owned(uuid);
    } else {
        let is_known = ["Allocatable", "Allocated PE", "VG Name"]
            .iter()
            .any(|key| line.starts_with(key));
        return is_known.then_some(());
    }
    Some(())
}

fn group(group: &mut LvmVolumeGroup, line: &str) -> Option<()> {
    const KNOWN: &[&str] = &[
        "System ID",
        "Format",
        "Metadata ",
        "VG Access",
        "VG Status",
        "MAX LV",
        "Open LV",
        "Max PV",
        "Act PV",
        "PE Size",
        "Total PE",
        "Alloc PE",
    ];
    if let Some(name) = value(line, "VG Name") {
        name.clone_into(&mut group.name);
    } else if let Some(size) = value(line, "VG Size") {
        group.size_bytes = Some(bytes(size)?);
    } else if let Some(free) = value(line, "Free  PE / Size") {
        group.free_bytes = Some(bytes(free.split_once(" / ")?.1)?);
    } else if let Some(count) = value(line, "Cur PV") {
        group.physical_volumes = Some(count.parse().ok()?);
    } else if let Some(count) = value(line, "Cur LV") {
        group.logical_volumes = Some(count.parse().ok()?);
    } else if let Some(uuid) = value(line, "VG UUID") {
        group.uuid = owned(uuid);
    } else {
        return KNOWN.iter().any(|key| line.starts_with(key)).then_some(());
    }
    Some(())
}

fn logical(volume: &mut LvmLogicalVolume, line: &str) -> Option<()> {
    const KNOWN: &[&str] = &[
        "LV Path",
        "LV Write Access",
        "LV Creation host",
        "LV Pool ",
        "LV Status",
        "# open",
        "Current LE",
        "Segments",
        "Allocation",
        "Read ahead",
        "- currently",
        "Block device",
        "COW-table LE",
        "Snapshot chunk",
        "Mirrored volumes",
        "LV snapshot status",
    ];
    if let Some(name) = value(line, "LV Name") {
        // Before 2.02.87 its path stood here.
        name.rsplit('/').next()?.clone_into(&mut volume.name);
    } else if let Some(name) = value(line, "VG Name") {
        volume.group = owned(name);
    } else if let Some(uuid) = value(line, "LV UUID") {
        volume.uuid = owned(uuid);
    } else if let Some(size) = value(line, "LV Size").or_else(|| value(line, "COW-table size")) {
        // A snapshot's own size is that of its table.
        volume.size_bytes = Some(bytes(size)?);
    } else if let Some(pool) = value(line, "LV Pool name") {
        volume.pool = owned(pool);
    } else if let Some((_, origin)) = line.split_once(" destination for ") {
        volume.origin = owned(origin);
    } else if let Some(used) = value(line, "Allocated pool data")
        .or_else(|| value(line, "Mapped size"))
        .or_else(|| value(line, "Allocated to snapshot"))
    {
        volume.data_percent = Some(share(used)?);
    } else if let Some(used) = value(line, "Allocated metadata") {
        volume.metadata_percent = Some(share(used)?);
    } else {
        // The snapshots of an origin stand alone on their lines: `snap [active]`.
        let is_snapshot = line.ends_with("[active]") || line.ends_with("[INACTIVE]");
        let is_known = KNOWN.iter().any(|key| line.starts_with(key));
        return (is_snapshot || is_known).then_some(());
    }
    Some(())
}
