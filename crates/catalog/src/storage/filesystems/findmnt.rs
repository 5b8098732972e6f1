//! `findmnt(8)` of util-linux, as JSON, and in all the forms that people ask for.

use super::{
    super::{findmnt_table, is_own},
    Filesystem, FilesystemList, FilesystemOf, Sizes, shown,
};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

/// A share whose server is gone would hold up the whole list. After five seconds the list is made
/// again without sizes, for which nothing is asked but the kernel's table.
const SCRIPT: &str = r#"timeout -s KILL 5 findmnt --json --list --bytes --output SOURCE,FSTYPE,TARGET,SIZE,USED,AVAIL "$@"
code=$?
[ "$code" -eq 137 ] || exit "$code"
exec findmnt --json --list --output SOURCE,FSTYPE,TARGET "$@""#;

pub(super) const VARIANT: Variant<FilesystemOf, FilesystemList> = Variant {
    name: "findmnt",
    needs: Needs::programs(&["findmnt", "timeout"]),
    source: |args| {
        let command = Command::script(SCRIPT);
        Source::Command(match &args.path {
            Some(path) => command.word("--target").value(path),
            None => command,
        })
    },
    reads: &["findmnt"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FilesystemList>, ParseError> {
    let is_own = is_own(&raw);
    let Some(Parsed { value, unread }) = findmnt_table::read(&raw)? else {
        return Err(ParseError::Unavailable(
            "no filesystem is known there".to_owned(),
        ));
    };
    let has_sizes = value.has(&["SIZE", "USED", "AVAIL"]) && value.has(&["TARGET"]);
    if !(is_own || has_sizes) {
        return Err(ParseError::shape("no sizes are among its columns"));
    }
    let listed = value.rows.iter().filter_map(|row| {
        let sizes = Sizes {
            size: value.size(row, "SIZE"),
            used: value.size(row, "USED"),
            available: value.size(row, "AVAIL"),
        };
        let source = value.text(row, "SOURCE").unwrap_or_default();
        let (source, _) = findmnt_table::without_folder(&source);
        let kind = value.owned(row, "FSTYPE");
        let target = value.owned(row, "TARGET")?;
        Some(Filesystem::new(source.to_owned(), kind, target, sizes))
    });
    let listed: Vec<Filesystem> = listed.collect();
    if listed.is_empty() {
        return Err(ParseError::shape("no filesystem has a place"));
    }
    let filesystems = if is_own { shown::pick(listed) } else { listed };
    Ok(Parsed {
        value: FilesystemList { filesystems },
        unread,
    })
}
