//! What asking language models came to: counts by day, model and query, and the debug log.
//!
//! Invariant: counts alone are kept; what was asked and replied is written only into the debug log,
//! and only where the caller was told to.

use std::{
    fs,
    io::{self, Write as _},
};

use rusqlite::params;

use crate::{
    Provider, Store, StoreError, file,
    profiles::{from_json, json},
};

/// The debug log is begun anew when it is this long.
const LONGEST_LOG: u64 = 32 * 1024 * 1024;

/// One question to a model, to be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelUse {
    /// The day in UTC, `2026-11-29`.
    pub day: String,
    /// Who runs the model.
    pub provider: Provider,
    /// Its name.
    pub model: String,
    /// The query whose output was read.
    pub query: String,
    /// What it came to.
    pub used: ModelUsed,
}

/// What questions to a model came to, summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ModelUsed {
    /// How often the model was asked.
    pub asked: u64,
    /// How often a reply that was there already served.
    pub cache_hits: u64,
    /// Of those asked, how many were understood.
    pub understood: u64,
    /// HTTP requests; a reply that is refused costs a second one.
    pub requests: u64,
    /// Tokens of the requests.
    pub prompt_tokens: u64,
    /// Tokens of the replies.
    pub completion_tokens: u64,
    /// All the time it took together, in milliseconds.
    pub took_ms: u64,
    /// The longest, in milliseconds.
    pub longest_ms: u64,
}

impl Store {
    /// Counts a question.
    ///
    /// # Errors
    /// The database failed.
    pub fn count_model_use(&self, new: &ModelUse) -> Result<(), StoreError> {
        let used = new.used;
        self.run(|db| {
            db.prepare(
                "INSERT INTO model_usage VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)
                 ON CONFLICT (day, provider, model, query) DO UPDATE SET
                 asked = asked + excluded.asked, cache_hits = cache_hits + excluded.cache_hits,
                 understood = understood + excluded.understood,
                 requests = requests + excluded.requests,
                 prompt_tokens = prompt_tokens + excluded.prompt_tokens,
                 completion_tokens = completion_tokens + excluded.completion_tokens,
                 took_ms = took_ms + excluded.took_ms,
                 longest_ms = max(longest_ms, excluded.longest_ms)",
            )?
            .execute(params![
                new.day,
                json(&new.provider)?,
                new.model,
                new.query,
                whole(used.asked),
                whole(used.cache_hits),
                whole(used.understood),
                whole(used.requests),
                whole(used.prompt_tokens),
                whole(used.completion_tokens),
                whole(used.took_ms),
                whole(used.longest_ms),
            ])
            .map(|_| ())
        })
    }

    /// The counts since a day in UTC (`2026-11-29`; empty: since ever), summed by provider, model
    /// and query, in that order.
    ///
    /// # Errors
    /// The database failed.
    pub fn model_uses(&self, since: &str) -> Result<Vec<ModelUse>, StoreError> {
        self.run(|db| {
            let mut statement = db.prepare(
                "SELECT min(day), provider, model, query, sum(asked), sum(cache_hits),
                 sum(understood), sum(requests), sum(prompt_tokens), sum(completion_tokens),
                 sum(took_ms), max(longest_ms) FROM model_usage WHERE day >= ?1
                 GROUP BY provider, model, query ORDER BY provider, model, query",
            )?;
            let count = |row: &rusqlite::Row<'_>, column: usize| {
                let count: i64 = row.get(column)?;
                Ok::<u64, rusqlite::Error>(u64::try_from(count).unwrap_or(0))
            };
            let rows = statement.query_map([since], |row| {
                Ok(ModelUse {
                    day: row.get(0)?,
                    provider: from_json(row, 1)?,
                    model: row.get(2)?,
                    query: row.get(3)?,
                    used: ModelUsed {
                        asked: count(row, 4)?,
                        cache_hits: count(row, 5)?,
                        understood: count(row, 6)?,
                        requests: count(row, 7)?,
                        prompt_tokens: count(row, 8)?,
                        completion_tokens: count(row, 9)?,
                        took_ms: count(row, 10)?,
                        longest_ms: count(row, 11)?,
                    },
                })
            })?;
            rows.collect()
        })
    }

    /// Adds a line to the debug log of language models, `model-debug.jsonl` in the data folder.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn append_model_log(&self, line: &str) -> io::Result<()> {
        let path = self.path.with_file_name("model-debug.jsonl");
        if fs::metadata(&path).is_ok_and(|found| found.len() > LONGEST_LOG) {
            fs::remove_file(&path)?;
        }
        let folder = path.parent().unwrap_or(&path);
        file::prepare(folder, &path)?;
        let mut log = fs::OpenOptions::new().append(true).open(&path)?;
        log.write_all(format!("{line}\n").as_bytes())
    }
}

/// As `SQLite` keeps it.
fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_are_summed_and_the_log_is_the_owners() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let on = |day: &str, longest_ms: u64| ModelUse {
            day: day.to_owned(),
            provider: Provider::OpenAi,
            model: "gpt-5".to_owned(),
            query: "system.load".to_owned(),
            used: ModelUsed {
                asked: 1,
                prompt_tokens: 10,
                longest_ms,
                ..ModelUsed::default()
            },
        };
        for new in [
            on("2026-01-01", 900),
            on("2026-01-02", 5),
            on("2026-01-02", 7),
        ] {
            store.count_model_use(&new).unwrap();
        }
        let all = store.model_uses("").unwrap();
        assert_eq!((all[0].used.asked, all[0].used.longest_ms), (3, 900));
        let late = store.model_uses("2026-01-02").unwrap();
        assert_eq!(
            (late[0].used.prompt_tokens, late[0].used.longest_ms),
            (20, 7)
        );
        store.append_model_log("{}").unwrap();
        store.append_model_log("{}").unwrap();
        let log = folder.path().join("model-debug.jsonl");
        assert_eq!(fs::read_to_string(&log).unwrap(), "{}\n{}\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&log).unwrap().permissions().mode() & 0o077, 0);
        }
    }
}
