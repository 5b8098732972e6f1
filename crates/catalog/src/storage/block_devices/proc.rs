//! `/proc/partitions`: the names and sizes of what the kernel knows.

use super::{BlockDevice, BlockDeviceList};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    storage::file_lines,
};

const FILES: &[FixedPath] = &[FixedPath::new("/proc/partitions")];

pub(super) const VARIANT: Variant<NoArgs, BlockDeviceList> = Variant {
    name: "proc",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<BlockDeviceList>, ParseError> {
    let empty = BlockDeviceList {
        devices: Vec::new(),
    };
    let mut is_headed = false;
    let parsed = file_lines(&raw, FILES, empty, |list, line| {
        if !is_headed {
            is_headed = line.starts_with("major ");
            return is_headed.then_some(());
        }
        list.devices.push(device(line)?);
        Some(())
    })?;
    if !is_headed {
        return Err(ParseError::shape("/proc/partitions has no header"));
    }
    Ok(parsed)
}

/// Reads `major minor kibibytes name`.
fn device(line: &str) -> Option<BlockDevice> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let [major, minor, kibibytes, name] = words.as_slice() else {
        return None;
    };
    let (major, minor): (u32, u32) = (major.parse().ok()?, minor.parse().ok()?);
    Some(BlockDevice {
        name: (*name).to_owned(),
        size_bytes: Some(kibibytes.parse::<u64>().ok()?.checked_mul(1024)?),
        number: Some(format!("{major}:{minor}")),
        ..BlockDevice::default()
    })
}
