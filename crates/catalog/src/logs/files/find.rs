//! `find(1)` of GNU: size, moment and path of each file, ended by NUL, so that a name may hold
//! anything.

use super::{LogFile, LogFileList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::{NoArgs, exact},
    time,
};

const WORDS: &[&str] = &[
    "/var/log",
    "-maxdepth",
    "5",
    "-xdev",
    "-path",
    "/var/log/journal",
    "-prune",
    "-o",
    "-type",
    "f",
    "-printf",
    r"%s %T@ %p\0",
];

pub(super) const VARIANT: Variant<NoArgs, LogFileList> = Variant {
    name: "find",
    needs: Needs::programs(&["find"]),
    source: |_| Source::Command(Command::new("find").words(WORDS)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LogFileList>, ParseError> {
    read(raw, 0)
}

/// Reads records that end with this byte. The command ends with 1 where it may not look into a
/// folder.
pub(super) fn read(raw: RawOutput<'_>, end: u8) -> Result<Parsed<LogFileList>, ParseError> {
    let mut parsed = Parsed::whole(LogFileList {
        files: Vec::new(),
        others_hidden: raw.error_text().contains("Permission denied"),
    });
    for (index, record) in raw.stdout.split_inclusive(|byte| *byte == end).enumerate() {
        match record.strip_suffix(&[end]).and_then(file) {
            Some(file) => parsed.value.files.push(file),
            None => parsed.leave_unread(index, &String::from_utf8_lossy(record)),
        }
    }
    if parsed.value.files.is_empty() {
        raw.expect_exit(&[0])?;
        if !parsed.unread.is_empty() {
            return Err(ParseError::shape("no size, moment and path"));
        }
    }
    parsed.value.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(parsed)
}

/// Reads `size seconds path`.
fn file(record: &[u8]) -> Option<LogFile> {
    let mut parts = record.splitn(3, |byte| *byte == b' ');
    let mut text = || std::str::from_utf8(parts.next()?).ok();
    let (size, moment) = (text()?.parse().ok()?, text()?);
    // GNU prints ten decimals, the last of them always 0.
    let moment = moment.get(..moment.len().min(20)).unwrap_or(moment);
    let path = parts.next().filter(|path| path.starts_with(b"/"))?;
    Some(LogFile {
        path: exact::text(path).into_owned(),
        size_bytes: size,
        modified: Some(time::of_epoch(moment)?),
    })
}
