//! The rows of `findmnt(8)` in all its forms.

use super::table::{self, Form, Table};
use crate::{ParseError, Parsed, RawOutput};

const FORM: Form = Form {
    known: &[
        "TARGET",
        "SOURCE",
        "SOURCES",
        "FSTYPE",
        "OPTIONS",
        "FS-OPTIONS",
        "VFS-OPTIONS",
        "SIZE",
        "USED",
        "AVAIL",
        "USE%",
        "UUID",
        "LABEL",
        "PROPAGATION",
        "FSROOT",
        "ID",
        "MAJ:MIN",
    ],
    right: &[
        "SIZE",
        "USED",
        "AVAIL",
        "USE%",
        "FREQ",
        "PASSNO",
        "ID",
        "PARENT",
        "TID",
        "INO.TOTAL",
        "INO.USED",
        "INO.AVAIL",
        "INO.USE%",
    ],
    tree: "TARGET",
    is_raw: false,
};

/// The table; `None`: nothing matches, which findmnt says by printing nothing (and ends with 1, mostly).
pub(super) fn read(raw: &RawOutput<'_>) -> Result<Option<Parsed<Table>>, ParseError> {
    let is_silent = raw.stderr.is_empty() && raw.stdout.is_empty();
    if matches!(raw.exit_code, Some(0 | 1)) && is_silent {
        return Ok(None);
    }
    raw.expect_exit(&[0])?;
    table::read(raw, &FORM).map(Some)
}

/// A source and, where only a part of the filesystem is mounted, the folder in it: findmnt writes
/// `/dev/sda1[/folder]`.
pub(super) fn without_folder(source: &str) -> (&str, Option<&str>) {
    match source.split_once('[') {
        Some((whole, folder)) if !whole.is_empty() => match folder.strip_suffix(']') {
            Some(folder) => (whole, Some(folder)),
            None => (source, None),
        },
        _ => (source, None),
    }
}
