//! `logs.new_entries`: the journal's entries as they are written, after the newest ones there are.

mod journalctl;

use super::{JournalEntry, JournalOf};
use crate::{Capability, Feed, FeedVariant};

/// New entries of the journal.
pub struct NewEntries;

impl Feed for NewEntries {
    const ID: &'static str = "logs.new_entries";
    const TITLE: &'static str = "New entries of the journal";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = JournalOf;
    type Record = JournalEntry;
    const VARIANTS: &'static [FeedVariant<JournalOf, JournalEntry>] = &[journalctl::VARIANT];
}
