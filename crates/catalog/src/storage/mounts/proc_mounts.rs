//! `/proc/mounts` and `/etc/mtab`, in the form of `fstab(5)`.

use super::{StorageMount, StorageMountList, split_options};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::{escapes::unescaped, file_lines},
};

const FILES: &[FixedPath] = &[
    FixedPath::new("/proc/self/mounts"),
    FixedPath::new("/proc/mounts"),
    FixedPath::new("/etc/mtab"),
];

pub(super) const VARIANT: Variant<NoArgs, StorageMountList> = Variant {
    name: "proc_mounts",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<StorageMountList>, ParseError> {
    let empty = StorageMountList { mounts: Vec::new() };
    let parsed = file_lines(&raw, FILES, empty, |list, line| {
        list.mounts.push(mount(line)?);
        Some(())
    })?;
    if parsed.value.mounts.is_empty() {
        return Err(ParseError::shape("no line of /proc/mounts"));
    }
    Ok(parsed)
}

/// Reads `source place type options 0 0`.
fn mount(line: &str) -> Option<StorageMount> {
    let words: Vec<&str> = line
        .split([' ', '\t'])
        .filter(|word| !word.is_empty())
        .collect();
    let (source, place, kind, options) = match words.as_slice() {
        [source, place, kind, options, dump, pass]
            if dump.parse::<u32>().is_ok() && pass.parse::<u32>().is_ok() =>
        {
            (source, place, kind, options)
        }
        _ => return None,
    };
    place.starts_with('/').then_some(())?;
    Some(
        StorageMount {
            source: Some(unescaped(source)),
            r#type: Some(unescaped(kind)),
            mount_point: unescaped(place),
            ..StorageMount::default()
        }
        .with_options(split_options(&unescaped(options))),
    )
}
