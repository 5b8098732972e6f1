//! `blkid(8)` of util-linux and of busybox: what is on the devices that hold something it knows. Who
//! is not root is told what root was told last.

use super::{BlockDevice, BlockDeviceList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, BlockDeviceList> = Variant {
    name: "blkid",
    // As root it would write what it found to its cache; `-c /dev/null` keeps it from that. busybox
    // does not know the option.
    needs: Needs::programs(&["blkid"]),
    source: |_| Source::Command(Command::new("blkid").words(&["-c", "/dev/null"])),
    reads: &["blkid"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<BlockDeviceList>, ParseError> {
    let empty = BlockDeviceList {
        devices: Vec::new(),
    };
    // It ends with 2 where it knows nothing.
    if matches!(raw.exit_code, Some(0 | 2)) && raw.stdout.is_empty() && raw.stderr.is_empty() {
        return Ok(Parsed::whole(empty));
    }
    raw.expect_exit(&[0])?;
    let mut is_open = false;
    let parsed = raw.read_lines(empty, |list, line| {
        // `-o export`: a property a line, beginning with the device's name.
        if let Some(name) = line.strip_prefix("DEVNAME=") {
            list.devices.push(named(name));
            is_open = true;
            return Some(());
        }
        if line.starts_with("/dev/") {
            list.devices.push(device(line)?);
            is_open = false;
            return Some(());
        }
        let (key, value) = line.split_once('=')?;
        let is_key = !key.is_empty()
            && key
                .bytes()
                .all(|byte| !byte.is_ascii_lowercase() && byte > b' ');
        (is_open && is_key).then_some(())?;
        set(list.devices.last_mut()?, key, &value.replace('\\', ""));
        Some(())
    });
    if parsed.value.devices.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no line of blkid")));
    }
    Ok(parsed)
}

fn named(name: &str) -> BlockDevice {
    BlockDevice {
        name: name.to_owned(),
        ..BlockDevice::default()
    }
}

/// Reads `/dev/sda1: LABEL="root fs" UUID=".." TYPE="ext4"`; a quote within a value stands behind a
/// backslash.
fn device(line: &str) -> Option<BlockDevice> {
    let (name, mut rest) = line.split_once(": ")?;
    let mut device = named(name);
    rest = rest.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"")?;
        (!key.is_empty() && !key.contains([' ', '"'])).then_some(())?;
        let mut value = String::new();
        let mut chars = after.char_indices();
        loop {
            match chars.next()? {
                (_, '\\') => value.push(chars.next()?.1),
                (at, '"') => {
                    rest = after.get(at.checked_add(1)?..)?.trim_start();
                    break;
                }
                (_, c) => value.push(c),
            }
        }
        set(&mut device, key, &value);
    }
    Some(device)
}

fn set(device: &mut BlockDevice, key: &str, value: &str) {
    let field = match key {
        "TYPE" => &mut device.content,
        "LABEL" => &mut device.label,
        "UUID" => &mut device.uuid,
        "PARTLABEL" | "PART_ENTRY_NAME" => &mut device.partition_label,
        "PARTUUID" | "PART_ENTRY_UUID" => &mut device.partition_uuid,
        _ => return,
    };
    *field = Some(value.to_owned());
}
