//! `df(1)` in POSIX form with types and kibibytes, of GNU and of busybox; `-a` so that it does not
//! choose by a rule of its own.

use super::{
    super::df_table::{self, Asked, DfRow},
    Filesystem, FilesystemList, FilesystemOf, Sizes, shown,
};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, storage::is_own};

pub(super) const VARIANT: Variant<FilesystemOf, FilesystemList> = Variant {
    name: "df",
    needs: Needs::programs(&["df"]),
    source: |args| {
        let command = Command::new("df").words(&["-a", "-P", "-T", "-k"]);
        Source::Command(match &args.path {
            Some(path) => command.operand(path),
            None => command,
        })
    },
    reads: &["df"],
    parse,
};

/// A person sees every row that was printed; of the catalog's own list those that are shown.
fn parse(raw: RawOutput<'_>) -> Result<Parsed<FilesystemList>, ParseError> {
    let Parsed { value, unread } = df_table::read(&raw, Asked::Sizes)?;
    if value.is_empty() {
        if raw.error_text().contains("No such file or directory") {
            let detail = "no filesystem is known there";
            return Err(ParseError::Unavailable(detail.to_owned()));
        }
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no row with the figures of a filesystem")));
    }
    let listed: Vec<Filesystem> = value.into_iter().map(filesystem).collect();
    let filesystems = if is_own(&raw) {
        shown::pick(listed)
    } else {
        listed
    };
    Ok(Parsed {
        value: FilesystemList { filesystems },
        unread,
    })
}

fn filesystem(row: DfRow) -> Filesystem {
    let sizes = Sizes {
        size: row.size,
        used: row.used,
        available: row.available,
    };
    Filesystem::new(row.source, row.kind, row.target, sizes)
}
