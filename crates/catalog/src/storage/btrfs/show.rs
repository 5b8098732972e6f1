//! `btrfs-filesystem(8) show`, which wants root. Nothing of it is translated.

use super::{BtrfsDevice, BtrfsFilesystem, BtrfsList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    units::{self, Letters},
};

pub(super) const VARIANT: Variant<NoArgs, BtrfsList> = Variant {
    name: "show",
    needs: Needs::programs(&["btrfs"]),
    source: |_| Source::Command(Command::new("btrfs").words(&["filesystem", "show", "--raw"])),
    reads: &["btrfs fi|filesystem show"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<BtrfsList>, ParseError> {
    let empty = BtrfsList {
        filesystems: Vec::new(),
    };
    let parsed = raw.read_lines(empty, |list, line| {
        if let Some(rest) = line.strip_prefix("Label: ") {
            list.filesystems.push(filesystem(rest)?);
            return Some(());
        }
        let filesystem = list.filesystems.last_mut()?;
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("Total devices ") {
            let (count, used) = rest.split_once(" FS bytes used ")?;
            filesystem.device_count = Some(count.parse().ok()?);
            filesystem.used_bytes = Some(bytes(used)?);
        } else if let Some(rest) = line.strip_prefix("devid ") {
            let device = device(rest)?;
            filesystem.is_missing_devices |= device.path.is_none();
            filesystem.devices.push(device);
        } else if line == "*** Some devices missing" {
            filesystem.is_missing_devices = true;
        } else {
            return None;
        }
        Some(())
    });
    if parsed.value.filesystems.is_empty() {
        let said = raw.error_text();
        if said.contains("not a valid btrfs") || said.contains("No such file or directory") {
            let detail = said.lines().next().unwrap_or_default().to_owned();
            return Err(ParseError::Unavailable(detail));
        }
        raw.expect_exit(&[0])?;
        if let Some(complaint) = raw.complaint() {
            return Err(complaint);
        }
        if !parsed.unread.is_empty() {
            return Err(ParseError::shape("no filesystem of btrfs"));
        }
    }
    Ok(parsed)
}

/// Reads `'pool'  uuid: ..`, or `none  uuid: ..`.
fn filesystem(rest: &str) -> Option<BtrfsFilesystem> {
    let (label, uuid) = rest.rsplit_once("  uuid: ")?;
    let quoted = label
        .strip_prefix('\'')
        .and_then(|label| label.strip_suffix('\''));
    (quoted.is_some() || label.trim() == "none").then_some(())?;
    Some(BtrfsFilesystem {
        label: quoted.map(str::to_owned),
        uuid: uuid.trim().to_owned(),
        used_bytes: None,
        device_count: None,
        is_missing_devices: false,
        devices: Vec::new(),
    })
}

/// Reads `1 size 300.00MiB used 104.00MiB path /dev/sda1`; what is missing has `MISSING` behind its
/// path, or in its place.
fn device(rest: &str) -> Option<BtrfsDevice> {
    let (id, rest) = rest.trim_start().split_once(" size ")?;
    let (size, rest) = rest.split_once(" used ")?;
    let (used, path) = rest.split_once(" path ")?;
    let path = path.trim();
    let is_missing = path.ends_with(" MISSING") || !path.starts_with('/');
    Some(BtrfsDevice {
        id: id.trim().parse().ok()?,
        path: Some(path.to_owned()).filter(|_| !is_missing),
        size_bytes: Some(bytes(size)?).filter(|_| !is_missing),
        allocated_bytes: Some(bytes(used)?).filter(|_| !is_missing),
    })
}

fn bytes(text: &str) -> Option<u64> {
    units::bytes(text, Letters::Decimal)
}
