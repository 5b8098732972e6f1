//! `mount(8)` without arguments, of util-linux and of busybox.

use super::{StorageMount, StorageMountList, split_options};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, StorageMountList> = Variant {
    name: "mount",
    needs: Needs::programs(&["mount"]),
    source: |_| Source::Command(Command::new("mount")),
    reads: &["mount"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<StorageMountList>, ParseError> {
    raw.expect_exit(&[0])?;
    let parsed = raw.read_lines(StorageMountList { mounts: Vec::new() }, |list, line| {
        list.mounts.push(mount(line)?);
        Some(())
    });
    if parsed.value.mounts.is_empty() {
        // A type of which nothing is mounted leaves nothing to print.
        if parsed.unread.is_empty() && raw.typed_option('t', "types") {
            return Ok(parsed);
        }
        raw.expect_output()?;
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no line of mount")));
    }
    Ok(parsed)
}

/// Reads `source on place type kind (options) [label]`. Nothing is escaped in it: a line in which a
/// mark stands twice could be read in two ways, and is left unread.
fn mount(line: &str) -> Option<StorageMount> {
    let line = match line.rsplit_once(") [") {
        Some((before, label)) if label.ends_with(']') => {
            line.get(..before.len().checked_add(1)?)?
        }
        _ => line,
    };
    let (before, options) = line.strip_suffix(')')?.rsplit_once(" (")?;
    let once = |text: &str, mark: &str| text.matches(mark).count() == 1;
    let (before, kind) = before.rsplit_once(" type ")?;
    (!kind.contains(' ') && once(before, " on /")).then_some(())?;
    let (source, place) = before.split_once(" on ")?;
    place.starts_with('/').then_some(())?;
    Some(
        StorageMount {
            source: Some(source.to_owned()),
            r#type: Some(kind.to_owned()),
            mount_point: place.to_owned(),
            ..StorageMount::default()
        }
        .with_options(split_options(options)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_two_things_is_neither() {
        let read = |line| mount(line).map(|mount| mount.mount_point);
        assert_eq!(
            read("/dev/sda1 on /mnt/a type b type ext4 (rw) [x (y)]").as_deref(),
            Some("/mnt/a type b")
        );
        assert_eq!(read("a on /b on /c type ext4 (rw)"), None);
        assert_eq!(read("mount: /x: permission denied"), None);
    }
}
