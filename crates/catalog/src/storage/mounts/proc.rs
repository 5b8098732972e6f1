//! `/proc/self/mountinfo`, see `proc_pid_mountinfo(5)`.

use super::{StorageMount, StorageMountList, split_options};
use crate::{
    FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    storage::{escapes::unescaped, file_lines},
};

const FILES: &[FixedPath] = &[FixedPath::new("/proc/self/mountinfo")];

pub(super) const VARIANT: Variant<NoArgs, StorageMountList> = Variant {
    name: "proc",
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
        return Err(ParseError::shape("no line of mountinfo"));
    }
    Ok(parsed)
}

/// Reads `id parent major:minor folder place options tags.. - type source options`.
fn mount(line: &str) -> Option<StorageMount> {
    let (before, after) = line.split_once(" - ")?;
    let mut words = before.split(' ');
    let (id, parent, device) = (words.next()?, words.next()?, words.next()?);
    let is_number = |text: &str| text.parse::<u64>().is_ok();
    let (major, minor) = device.split_once(':')?;
    [id, parent, major, minor]
        .into_iter()
        .all(is_number)
        .then_some(())?;
    let (folder, place, own) = (words.next()?, words.next()?, words.next()?);
    let mut words = after.split(' ');
    let (kind, source, of_filesystem) = (words.next()?, words.next()?, words.next()?);
    place.starts_with('/').then_some(())?;
    let mut options = split_options(own);
    // It can be written to where both the place and the filesystem allow it.
    let of_filesystem = split_options(of_filesystem);
    if of_filesystem.iter().any(|option| option == "ro") {
        for option in options.iter_mut().filter(|option| *option == "rw") {
            "ro".clone_into(option);
        }
    }
    for option in of_filesystem {
        let is_access = matches!(option.as_str(), "rw" | "ro");
        if !is_access && !options.contains(&option) {
            options.push(unescaped(&option));
        }
    }
    Some(
        StorageMount {
            source: Some(unescaped(source)).filter(|source| !source.is_empty()),
            folder: Some(unescaped(folder)).filter(|folder| folder != "/"),
            r#type: Some(unescaped(kind)),
            mount_point: unescaped(place),
            ..StorageMount::default()
        }
        .with_options(options),
    )
}
