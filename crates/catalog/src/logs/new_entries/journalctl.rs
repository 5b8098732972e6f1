//! `journalctl --follow` as JSON, one object an entry.

use crate::{Command, FeedVariant, Heard, Init, Needs, logs};
use logs::{JournalEntry, JournalOf, journal};

pub(super) const VARIANT: FeedVariant<JournalOf, JournalEntry> = FeedVariant {
    name: "journalctl",
    needs: Needs::under(Init::Systemd, &["journalctl"]),
    source: |args| {
        let command = Command::new("journalctl").word("--follow");
        args.on(command.words(journal::WORDS))
    },
    reads: &["journalctl"],
    read: |line| match journal::remark(line) {
        true => Heard::Nothing,
        false => Heard::from_option(journal::entry(line)),
    },
};
