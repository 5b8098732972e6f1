//! Finding entries in the journal, and its lines as they lie.
//!
//! Invariant: words that are looked for are values of a statement, never a part of it.

use rusqlite::{Row, params};

use super::{Deed, JournalEntry, chain::hex};
use crate::{Store, StoreError};

/// Which entries are looked for; the default: all.
#[derive(Clone, Debug, Default)]
pub struct JournalFilter {
    /// Of this server alone.
    pub server: Option<String>,
    /// Begun at this time or later, RFC 3339 in UTC.
    pub since: Option<String>,
    /// Begun before this time.
    pub until: Option<String>,
    /// Of this kind alone.
    pub deed: Option<Deed>,
    /// Only what may have changed something: all but what a `.read` capability allowed.
    pub changes: bool,
    /// Words that all stand somewhere in the entry, in any case; empty: none.
    pub words: String,
    /// With a smaller number alone: the next page after an entry.
    pub before: Option<i64>,
}

/// A word that is looked for is at most this long, and there are at most so many.
const WORD_CHARACTERS: usize = 100;
const MOST_WORDS: usize = 8;

const FIND: &str = "
    SELECT journal.id, journal.record, journal.hash,
           (SELECT ends.record FROM journal AS ends WHERE ends.entry = journal.id)
    FROM journal
    WHERE journal.entry IS NULL
      AND (?1 IS NULL OR journal.server = ?1)
      AND (?2 IS NULL OR journal.at >= ?2)
      AND (?3 IS NULL OR journal.at < ?3)
      AND (?4 IS NULL OR journal.record ->> '$.deed' = ?4)
      AND (NOT ?5 OR journal.record ->> '$.capability' NOT LIKE '%.read')
      AND (?6 IS NULL OR journal.id < ?6)
      AND NOT EXISTS (SELECT 1 FROM json_each(?7) AS word
                      WHERE journal.record NOT LIKE word.value ESCAPE '\\')
    ORDER BY journal.id DESC LIMIT ?8";

impl JournalFilter {
    /// The words as patterns of `LIKE`, a list in JSON. They are looked for in JSON texts.
    fn patterns(&self) -> String {
        let words: Vec<String> = self
            .words
            .split_whitespace()
            .take(MOST_WORDS)
            .map(|word| {
                let word: String = word.chars().take(WORD_CHARACTERS).collect();
                let in_json = serde_json::Value::from(word).to_string();
                let in_json = in_json.trim_matches('"');
                let mut pattern = String::from("%");
                for character in in_json.chars() {
                    if matches!(character, '%' | '_' | '\\') {
                        pattern.push('\\');
                    }
                    pattern.push(character);
                }
                pattern.push('%');
                pattern
            })
            .collect();
        serde_json::Value::from(words).to_string()
    }
}

impl Store {
    /// The entries that fit, newest first, at most `most`.
    ///
    /// # Errors
    /// The database failed, or a line was changed so that it cannot be read.
    pub fn journal(
        &self,
        filter: &JournalFilter,
        most: u32,
    ) -> Result<Vec<JournalEntry>, StoreError> {
        let deed = filter.deed.and_then(|deed| {
            let name = serde_json::to_value(deed).ok()?;
            name.as_str().map(str::to_owned)
        });
        self.run(|db| {
            let mut statement = db.prepare_cached(FIND)?;
            let rows = statement.query_map(
                params![
                    filter.server,
                    filter.since,
                    filter.until,
                    deed,
                    filter.changes,
                    filter.before,
                    filter.patterns(),
                    most,
                ],
                entry,
            )?;
            rows.collect()
        })
    }

    /// The lines after this number, oldest first, at most `most`, as they are kept: a number, a hash in
    /// hexadecimal, and the text that it covers.
    ///
    /// # Errors
    /// The database failed.
    pub fn journal_lines(
        &self,
        after: i64,
        most: u32,
    ) -> Result<Vec<(i64, String, String)>, StoreError> {
        self.run(|db| {
            let mut statement = db.prepare_cached(
                "SELECT id, hash, record FROM journal WHERE id > ?1 ORDER BY id LIMIT ?2",
            )?;
            let rows = statement.query_map(params![after, most], |row| {
                let hash: Vec<u8> = row.get(1)?;
                Ok((row.get(0)?, hex(&hash), row.get(2)?))
            })?;
            rows.collect()
        })
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<JournalEntry> {
    let (begins, hash): (String, Vec<u8>) = (row.get(1)?, row.get(2)?);
    let ended: Option<String> = row.get(3)?;
    JournalEntry::of(row.get(0)?, &begins, &hash, ended.as_deref()).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error))
    })
}
