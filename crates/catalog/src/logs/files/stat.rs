//! `find(1)` and `stat(1)` of busybox: a line for each file, so a name with a line feed in it is not
//! understood.

use super::{LogFileList, find};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

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
    "-exec",
    "stat",
    "-c",
    "%s %Y %n",
    "{}",
    "+",
];

pub(super) const VARIANT: Variant<NoArgs, LogFileList> = Variant {
    name: "stat",
    needs: Needs::programs(&["find", "stat"]),
    source: |_| Source::Command(Command::new("find").words(WORDS)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LogFileList>, ParseError> {
    find::read(raw, b'\n')
}
