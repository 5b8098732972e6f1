//! `findmnt(8)` of util-linux: its list as JSON, and all the forms that people ask for.

use super::{StorageMount, StorageMountList, split_options};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    storage::findmnt_table,
};

pub(super) const VARIANT: Variant<NoArgs, StorageMountList> = Variant {
    name: "findmnt",
    needs: Needs::programs(&["findmnt"]),
    source: |_| {
        let words = [
            "--json",
            "--list",
            "--output",
            "SOURCE,FSTYPE,TARGET,OPTIONS",
        ];
        Source::Command(Command::new("findmnt").words(&words))
    },
    reads: &["findmnt"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<StorageMountList>, ParseError> {
    if raw.typed_option('s', "fstab") {
        return Err(ParseError::shape("fstab is no list of what is mounted"));
    }
    let Some(Parsed { value, unread }) = findmnt_table::read(&raw)? else {
        return Ok(Parsed::whole(StorageMountList { mounts: Vec::new() }));
    };
    if !value.has(&["TARGET"]) || value.has(&["ACTION"]) {
        return Err(ParseError::shape("the places are not among its columns"));
    }
    let mounts = value.rows.iter().filter_map(|row| {
        let source = value.owned(row, "SOURCE");
        let (source, folder) = match source.as_deref().map(findmnt_table::without_folder) {
            Some((source, folder)) => (Some(source.to_owned()), folder.map(str::to_owned)),
            None => (None, None),
        };
        let root = value.owned(row, "FSROOT").filter(|root| root != "/");
        let options = value.text(row, "OPTIONS").unwrap_or_default();
        let mount = StorageMount {
            source,
            folder: folder.or(root),
            r#type: value.owned(row, "FSTYPE"),
            mount_point: value.owned(row, "TARGET")?,
            ..StorageMount::default()
        };
        Some(mount.with_options(split_options(&options)))
    });
    let mounts: Vec<StorageMount> = mounts.collect();
    if mounts.is_empty() && !value.rows.is_empty() {
        return Err(ParseError::shape("no row has a place"));
    }
    Ok(Parsed {
        value: StorageMountList { mounts },
        unread,
    })
}
