//! The activity journal: all that was started on a server, before it was started, and how it ended.
//!
//! Invariant: a line is only ever added, and its hash covers it and all before it. No line holds a
//! secret: they travel on standard input, and what else looks like one is removed by who writes.

mod begun;
mod chain;
mod entry;
mod find;

use catalog::Capability;
use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Store, StoreError};
pub use begun::BegunFile;
pub use chain::{Breach, ChainEnd, Verified};
pub use entry::JournalEntry;
pub use find::JournalFilter;

/// How many lines are kept whatever the setting says; older ones go.
pub const MOST_JOURNAL_LINES: i64 = 500_000;
/// After so many lines it is looked whether old ones are to go.
const LOOK_EVERY: i64 = 1000;

/// Who asked for something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Asker {
    /// The program itself: the first look, what is tidied up.
    #[default]
    Program,
    /// A person, in the page.
    Ui,
    /// Somebody who uses the HTTP API without the page.
    Api,
    /// The command line.
    Cli,
    /// The AI agent.
    Agent,
}

/// What kind of thing was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Deed {
    /// A connection, from the login to its end.
    Connection,
    /// A command.
    Command,
    /// A change of files.
    FileChange,
    /// A shell.
    Terminal,
    /// A port that is forwarded.
    ForwardedPort,
}

/// What is about to be started.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are those of JournalEntry")]
pub struct Begins {
    pub at: DateTime<Utc>,
    pub server: String,
    pub asker: Asker,
    pub capability: Capability,
    pub deed: Deed,
    pub what: String,
    pub tool: String,
    pub command: String,
}

/// How it ended.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are those of JournalEntry")]
pub struct Ended {
    pub entry: i64,
    pub at: DateTime<Utc>,
    pub duration_ms: u64,
    pub exit_code: Option<i32>,
    pub bytes: Option<u64>,
    pub outcome: String,
}

/// A line to be added.
#[derive(Clone, Debug)]
pub enum JournalLine {
    /// Something begins.
    Begins(Begins),
    /// Something has ended.
    Ended(Ended),
}

impl Begins {
    /// The text that is kept, and covered by the hash.
    fn record(&self) -> String {
        json!({
            "at": time(&self.at),
            "server": self.server,
            "asker": self.asker,
            "capability": self.capability,
            "deed": self.deed,
            "what": self.what,
            "tool": self.tool,
            "command": self.command,
        })
        .to_string()
    }
}

impl JournalLine {
    fn record(&self) -> String {
        match self {
            Self::Begins(begins) => begins.record(),
            Self::Ended(ended) => json!({
                "entry": ended.entry,
                "at": time(&ended.at),
                "durationMs": ended.duration_ms,
                "exitCode": ended.exit_code,
                "bytes": ended.bytes,
                "outcome": ended.outcome,
            })
            .to_string(),
        }
    }
}

fn time(at: &DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Adds lines with these texts, all or none; gives the number of each.
fn append_records(
    db: &Connection,
    records: impl Iterator<Item = String>,
) -> rusqlite::Result<Vec<i64>> {
    // Another program of the same user may add lines too.
    let adding = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    let mut end = chain::end(&adding)?;
    let mut ids = Vec::new();
    let before = end.id;
    let mut insert =
        adding.prepare_cached("INSERT INTO journal (id, record, hash) VALUES (?1, ?2, ?3)")?;
    for record in records {
        end = end.followed_by(record.as_bytes());
        insert.execute(params![end.id, record, end.hash])?;
        ids.push(end.id);
    }
    drop(insert);
    if before / LOOK_EVERY != end.id / LOOK_EVERY {
        chain::forget_until(&adding, end.id - MOST_JOURNAL_LINES)?;
    }
    adding.commit()?;
    Ok(ids)
}

impl Store {
    /// Adds lines, in their order; gives the number of each.
    ///
    /// # Errors
    /// The database failed; then none is added.
    pub fn append(&self, lines: &[JournalLine]) -> Result<Vec<i64>, StoreError> {
        self.run(|db| append_records(db, lines.iter().map(JournalLine::record)))
    }

    /// Forgets the lines that are older than this; what is left is still one chain.
    ///
    /// # Errors
    /// The database failed.
    pub fn forget_journal_before(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        let at = at.to_rfc3339_opts(SecondsFormat::Millis, true);
        self.run(|db| {
            let forgetting = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
            let oldest_kept: Option<i64> = forgetting
                .query_row(
                    "SELECT id FROM journal WHERE at >= ?1 ORDER BY id LIMIT 1",
                    [at],
                    |row| row.get(0),
                )
                .optional()?;
            let last = match oldest_kept {
                Some(id) => id - 1,
                None => chain::end(&forgetting)?.id,
            };
            chain::forget_until(&forgetting, last)?;
            forgetting.commit()
        })
    }
}

#[cfg(test)]
mod tests;
