//! `tail -F` of GNU and of busybox, which goes on with the file that takes the name. A line may be
//! anything, so each is a record.

use super::NewLogLine;
use crate::{
    Command, FeedVariant, Heard, Needs,
    logs::{LogFileEnd, syslog},
};

pub(super) const VARIANT: FeedVariant<LogFileEnd, NewLogLine> = FeedVariant {
    name: "tail",
    needs: Needs::programs(&["tail"]),
    source: |args| {
        let command = Command::new("tail").word("-n").value(&args.lines);
        command.word("-F").operand(&args.path)
    },
    reads: &["tail"],
    read: |line| {
        Heard::Record(NewLogLine {
            text: line.to_owned(),
            syslog: syslog::line_of(line),
        })
    },
};
