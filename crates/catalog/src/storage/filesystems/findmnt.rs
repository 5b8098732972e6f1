//! `findmnt(8)` of util-linux, as JSON. Before 2.33 it printed its numbers as text.

use serde::Deserialize;

use super::{Filesystem, FilesystemList, FilesystemOf, Sizes, shown};
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
    reads: &[],
    parse,
};

#[derive(Deserialize)]
struct Document {
    filesystems: Vec<Mount>,
}

#[derive(Deserialize)]
struct Mount {
    /// May end in `[/folder]` where only a part of the filesystem is mounted.
    source: Option<String>,
    fstype: Option<String>,
    target: String,
    #[serde(default)]
    size: Option<Bytes>,
    #[serde(default)]
    used: Option<Bytes>,
    #[serde(default)]
    avail: Option<Bytes>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Bytes {
    Number(u64),
    Text(String),
}

impl Bytes {
    fn number(self) -> Option<u64> {
        match self {
            Bytes::Number(number) => Some(number),
            Bytes::Text(text) => text.parse().ok(),
        }
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FilesystemList>, ParseError> {
    // findmnt ends with 1 and without a word where nothing matches.
    if raw.exit_code == Some(1) && raw.stderr.is_empty() && raw.stdout.is_empty() {
        return Err(ParseError::Unavailable(
            "no filesystem is known there".to_owned(),
        ));
    }
    raw.expect_exit(&[0])?;
    let document: Document = raw.json()?;
    let listed = document.filesystems.into_iter().map(|mount| {
        let sizes = Sizes {
            size: mount.size.and_then(Bytes::number),
            used: mount.used.and_then(Bytes::number),
            available: mount.avail.and_then(Bytes::number),
        };
        let source = mount.source.unwrap_or_default();
        let source = match source.split_once('[') {
            Some((whole, _)) if source.ends_with(']') && !whole.is_empty() => whole.to_owned(),
            _ => source,
        };
        Filesystem::new(source, mount.fstype, mount.target, sizes)
    });
    Ok(Parsed::whole(FilesystemList {
        filesystems: shown::pick(listed.collect()),
    }))
}
