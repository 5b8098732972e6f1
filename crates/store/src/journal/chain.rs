//! The chain of hashes through the journal.
//!
//! Invariant: a line's hash is SHA-256 of the hash before it (32 bytes, zeros before the first), the
//! line's number (8 bytes, the highest first), by which an end names its beginning, and its text. Where old lines were forgotten, the last one's number and hash are kept.

use rusqlite::{Connection, OptionalExtension, params};
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Store, StoreError};

/// A place in the chain: a line's number and hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) id: i64,
    pub(super) hash: [u8; 32],
}

impl Place {
    /// The next place, of a line with this text.
    pub(super) fn followed_by(&self, record: &[u8]) -> Self {
        let id = self.id + 1;
        let mut hasher = Sha256::new();
        hasher.update(self.hash);
        hasher.update(id.to_be_bytes());
        hasher.update(record);
        Self {
            id,
            hash: hasher.finalize().into(),
        }
    }
}

/// The place that the next line follows.
pub(super) fn end(db: &Connection) -> rusqlite::Result<Place> {
    let last = db
        .prepare_cached("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1")?
        .query_row([], place)
        .optional()?;
    match last {
        Some(last) => Ok(last),
        None => start(db),
    }
}

/// The last line that was forgotten, or was written before the chain was kept.
fn start(db: &Connection) -> rusqlite::Result<Place> {
    db.query_row("SELECT id, hash FROM journal_start", [], place)
}

fn place(row: &rusqlite::Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place {
        id: row.get(0)?,
        hash: row.get(1)?,
    })
}

/// Forgets the lines up to this one, and what is told of them later.
pub(super) fn forget_until(db: &Connection, last: i64) -> rusqlite::Result<()> {
    let kept = db
        .query_row("SELECT id, hash FROM journal WHERE id = ?1", [last], place)
        .optional()?;
    let Some(kept) = kept.filter(|kept| kept.id > 0) else {
        return Ok(());
    };
    if kept.id <= start(db)?.id {
        return Ok(());
    }
    db.execute(
        "UPDATE journal_start SET id = ?1, hash = ?2",
        params![kept.id, kept.hash],
    )?;
    db.execute("DELETE FROM journal WHERE id <= ?1", [last])?;
    Ok(())
}

/// Where the journal does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Breach {
    /// The line is not what was written, or one before it is not.
    Changed {
        /// Its number.
        line: i64,
    },
    /// Lines are missing.
    Missing {
        /// The first that is.
        line: i64,
    },
    /// No line has the hash that was looked for.
    NotThere,
}

/// The end of the chain: note it elsewhere, and a later check can tell that all up to it is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChainEnd {
    /// The last line's number; 0: there is none.
    pub line: i64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// What a check of the whole journal found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verified {
    /// How many lines hold.
    pub lines: u64,
    /// How many were written before the chain was kept, and cannot be checked.
    pub unchained: u64,
    /// Lines up to this one were forgotten, as the setting says; 0: none.
    pub forgotten_until: i64,
    /// The end of the chain, as far as it holds.
    pub end: ChainEnd,
    /// The first place where it does not hold; `null`: it holds.
    pub breach: Option<Breach>,
}

impl Store {
    /// Checks every line against the chain; with `noted`, also that the line with this hash is there.
    ///
    /// # Errors
    /// The database failed.
    pub fn verify_journal(&self, noted: Option<&str>) -> Result<Verified, StoreError> {
        self.run(|db| {
            // Lines may be added or forgotten meanwhile: what is looked at is of one moment.
            let db = &db.unchecked_transaction()?;
            let start = start(db)?;
            let has_begun_anew = start.hash != [0; 32];
            let noted = noted.map(str::to_ascii_lowercase);
            let is_start = has_begun_anew && noted == Some(hex(&start.hash));
            let mut found = noted.is_none() || is_start;
            let (mut at, mut lines, mut unchained) = (start.clone(), 0, 0);
            let mut breach = None;
            let mut reading = db.prepare("SELECT id, record, hash FROM journal ORDER BY id")?;
            let mut rows = reading.query([])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                if id <= start.id {
                    // What was forgotten is not there; before the first hash there were no others.
                    if has_begun_anew {
                        breach = Some(Breach::Changed { line: id });
                        break;
                    }
                    unchained += 1;
                    continue;
                }
                let next = at.followed_by(row.get_ref(1)?.as_bytes()?);
                if id != next.id {
                    breach = Some(Breach::Missing { line: next.id });
                    break;
                }
                if row.get_ref(2)?.as_blob()? != next.hash {
                    breach = Some(Breach::Changed { line: id });
                    break;
                }
                found |= noted.as_ref() == Some(&hex(&next.hash));
                lines += 1;
                at = next;
            }
            // The database counts the lines too.
            let newest: i64 = db
                .query_row(
                    "SELECT seq FROM sqlite_sequence WHERE name = 'journal'",
                    [],
                    |row| row.get(0),
                )
                .optional()?
                .unwrap_or(0);
            if breach.is_none() && newest > at.id {
                breach = Some(Breach::Missing { line: at.id + 1 });
            }
            if breach.is_none() && !found {
                breach = Some(Breach::NotThere);
            }
            Ok(Verified {
                lines,
                unchained,
                forgotten_until: if unchained > 0 { 0 } else { start.id },
                end: ChainEnd {
                    line: at.id,
                    hash: hex(&at.hash),
                },
                breach,
            })
        })
    }
}

/// The bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        })
}
