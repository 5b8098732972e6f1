//! `df(1)` in POSIX form with types and kibibytes, of GNU and of busybox; `-a` so that it does not
//! choose by a rule of its own.

use super::{Filesystem, FilesystemList, FilesystemOf, Sizes, shown};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

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
    reads: &[],
    parse,
};

/// Reads all the rows there are. One mount that cannot be asked makes df end with 1 and a word on
/// standard error; the others count all the same.
fn parse(raw: RawOutput<'_>) -> Result<Parsed<FilesystemList>, ParseError> {
    let text = raw.text();
    let mut parsed = Parsed::whole(FilesystemList {
        filesystems: Vec::new(),
    });
    let mut listed = Vec::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        match row(line) {
            Some(filesystem) => listed.push(filesystem),
            None => parsed.leave_unread(index, line),
        }
    }
    if listed.is_empty() {
        if raw.error_text().contains("No such file or directory") {
            let detail = "no filesystem is known there";
            return Err(ParseError::Unavailable(detail.to_owned()));
        }
        raw.expect_exit(&[0])?;
    }
    parsed.value.filesystems = shown::pick(listed);
    Ok(parsed)
}

/// Reads `source type blocks used available capacity% place`. Source and place may hold spaces, so
/// the row is found by its three numbers and its capacity.
fn row(line: &str) -> Option<Filesystem> {
    let words = words(line);
    let numbers = words.windows(5).skip(1).find(|words| {
        let [_, (_, size), (_, used), (_, available), (_, capacity)] = words else {
            return false;
        };
        let percent = capacity.strip_suffix('%').unwrap_or(capacity);
        [*size, *used, *available, percent]
            .into_iter()
            .all(is_count)
    })?;
    let [
        (type_start, kind),
        (_, size),
        (_, used),
        (_, available),
        (capacity_start, capacity),
    ] = numbers
    else {
        return None;
    };
    let source = line.get(..*type_start)?.trim();
    let place = line
        .get(capacity_start.checked_add(capacity.len())?..)?
        .trim_start();
    if source.is_empty() || !place.starts_with('/') {
        return None;
    }
    let bytes = |kibibytes: &str| Some(kibibytes.parse::<u64>().ok()?.saturating_mul(1024));
    let sizes = Sizes {
        size: bytes(size),
        used: bytes(used),
        available: bytes(available),
    };
    let kind = Some((*kind).to_owned()).filter(|kind| kind != "-");
    Some(Filesystem::new(
        source.to_owned(),
        kind,
        place.to_owned(),
        sizes,
    ))
}

/// A number, or the `-` that stands where there is none.
fn is_count(word: &str) -> bool {
    word == "-" || (!word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The words of a line with the byte each begins at.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut begin: usize = 0;
    for piece in line.split(' ') {
        if !piece.is_empty() {
            words.push((begin, piece));
        }
        begin = begin.saturating_add(piece.len()).saturating_add(1);
    }
    words
}
