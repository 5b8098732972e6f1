//! The activity journal: every command that was run on a server.
//!
//! Invariant: a command holds no secret (secrets travel on standard input), so neither does a row.

use catalog::Capability;
use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::params;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    profiles::{from_json, json},
};

/// How many rows are kept; older ones go.
const MOST_ROWS: i64 = 100_000;

/// A command that was run, to be written down.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are those of JournalEntry")]
pub struct NewJournalEntry {
    pub at: DateTime<Utc>,
    pub server: String,
    pub capability: Capability,
    pub query: String,
    pub variant: String,
    pub command: String,
    pub exit_code: Option<i32>,
    pub duration_ms: u32,
    pub outcome: String,
}

/// A command that was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// Counts up with every entry.
    pub id: i64,
    /// When it was started, RFC 3339 in UTC.
    pub at: String,
    /// The server's id.
    pub server: String,
    /// The capability it was allowed by.
    pub capability: Capability,
    /// The query it served.
    pub query: String,
    /// The tool that was used.
    pub variant: String,
    /// The command as it would be typed.
    pub command: String,
    /// Its exit code; `null`: a signal, a timeout, a lost connection.
    pub exit_code: Option<i32>,
    /// How long it took, in milliseconds.
    pub duration_ms: u32,
    /// `ok` or what went wrong, in a word.
    pub outcome: String,
}

impl Store {
    /// Writes an entry down.
    ///
    /// # Errors
    /// The database failed.
    pub fn append(&self, entry: &NewJournalEntry) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare(
                "INSERT INTO journal (at, server, capability, query, variant, command, exit_code,
                 duration_ms, outcome) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)",
            )?
            .execute(params![
                entry.at.to_rfc3339_opts(SecondsFormat::Millis, true),
                entry.server,
                json(&entry.capability)?,
                entry.query,
                entry.variant,
                entry.command,
                entry.exit_code,
                entry.duration_ms,
                entry.outcome,
            ])?;
            let id = db.last_insert_rowid();
            if id % 1000 == 0 {
                db.execute("DELETE FROM journal WHERE id <= ?1", [id - MOST_ROWS])?;
            }
            Ok(())
        })
    }

    /// The newest entries, newest first, at most `most`; of one server where it is named.
    ///
    /// # Errors
    /// The database failed.
    pub fn journal(
        &self,
        server: Option<&str>,
        most: u32,
    ) -> Result<Vec<JournalEntry>, StoreError> {
        self.run(|db| {
            let mut statement = db.prepare(
                "SELECT id, at, server, capability, query, variant, command, exit_code,
                 duration_ms, outcome FROM journal WHERE ?1 IS NULL OR server = ?1
                 ORDER BY id DESC LIMIT ?2",
            )?;
            let rows = statement.query_map(params![server, most], |row| {
                Ok(JournalEntry {
                    id: row.get(0)?,
                    at: row.get(1)?,
                    server: row.get(2)?,
                    capability: from_json(row, 3)?,
                    query: row.get(4)?,
                    variant: row.get(5)?,
                    command: row.get(6)?,
                    exit_code: row.get(7)?,
                    duration_ms: row.get(8)?,
                    outcome: row.get(9)?,
                })
            })?;
            rows.collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_come_first_and_old_ones_go() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let entry = |server: &str| NewJournalEntry {
            at: DateTime::UNIX_EPOCH,
            server: server.to_owned(),
            capability: Capability::SystemRead,
            query: "system.load".to_owned(),
            variant: "uptime".to_owned(),
            command: "uptime".to_owned(),
            exit_code: Some(0),
            duration_ms: 3,
            outcome: "ok".to_owned(),
        };
        store.append(&entry("a")).unwrap();
        store.append(&entry("b")).unwrap();
        let rows = store.journal(None, 10).unwrap();
        let servers: Vec<_> = rows.iter().map(|row| row.server.as_str()).collect();
        assert_eq!(servers, ["b", "a"]);
        assert_eq!(rows[0].at, "1970-01-01T00:00:00.000Z");
        assert_eq!(store.journal(Some("a"), 10).unwrap().len(), 1);

        store
            .lock()
            .execute("UPDATE journal SET id = 100999 WHERE server = 'b'", [])
            .unwrap();
        store.append(&entry("c")).unwrap();
        let left: Vec<_> = store
            .journal(None, 10)
            .unwrap()
            .into_iter()
            .map(|e| e.server)
            .collect();
        assert_eq!(left, ["c", "b"]);
    }
}
