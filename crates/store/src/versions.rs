//! What files held before they were saved, where a person wants that kept.
//!
//! Invariant: of each file and in all there is a bound; the oldest go. What is forgotten is
//! overwritten in the database file.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

/// Versions of one file.
const MOST_OF_A_FILE: i64 = 50;
/// Bytes of all together.
const MOST_BYTES: i64 = 256 << 20;

/// A version that is kept, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptVersion {
    /// Its number; a later one is higher.
    pub id: i64,
    /// When another took its place, seconds since 1970 in UTC.
    pub kept_at: i64,
    /// Its size.
    pub size_bytes: u64,
}

impl Store {
    /// Keeps what a file holds; once, where it is the one that was kept last.
    ///
    /// # Errors
    /// The database failed.
    pub fn keep_version(
        &self,
        server: &str,
        path: &[u8],
        content: &[u8],
        at: i64,
    ) -> Result<(), StoreError> {
        self.run(|db| {
            let newest: Option<Vec<u8>> = db
                .prepare(
                    "SELECT content FROM file_versions WHERE server = ?1 AND path = ?2
                     ORDER BY id DESC LIMIT 1",
                )?
                .query_row(params![server, path], |row| row.get(0))
                .optional()?;
            if newest.as_deref() == Some(content) {
                return Ok(());
            }
            let transaction = db.unchecked_transaction()?;
            transaction.execute(
                "INSERT INTO file_versions (server, path, kept_at, content)
                 VALUES (?1, ?2, ?3, ?4)",
                params![server, path, at, content],
            )?;
            transaction.execute(
                "DELETE FROM file_versions WHERE id IN (
                   SELECT id FROM file_versions WHERE server = ?1 AND path = ?2
                   ORDER BY id DESC LIMIT -1 OFFSET ?3)",
                params![server, path, MOST_OF_A_FILE],
            )?;
            transaction.execute(
                "DELETE FROM file_versions WHERE id IN (
                   SELECT id FROM (
                     SELECT id, sum(length(content)) OVER (ORDER BY id DESC) AS bytes
                     FROM file_versions)
                   WHERE bytes > ?1)",
                params![MOST_BYTES],
            )?;
            transaction.commit()
        })
    }

    /// What is kept of a file, newest first.
    ///
    /// # Errors
    /// The database failed.
    pub fn versions(&self, server: &str, path: &[u8]) -> Result<Vec<KeptVersion>, StoreError> {
        self.run(|db| {
            db.prepare(
                "SELECT id, kept_at, length(content) FROM file_versions
                 WHERE server = ?1 AND path = ?2 ORDER BY id DESC",
            )?
            .query_map(params![server, path], |row| {
                Ok(KeptVersion {
                    id: row.get(0)?,
                    kept_at: row.get(1)?,
                    size_bytes: row.get::<_, i64>(2)?.unsigned_abs(),
                })
            })?
            .collect()
        })
    }

    /// What a kept version of a file holds; `None`: it is not kept any more.
    ///
    /// # Errors
    /// The database failed.
    pub fn version_content(
        &self,
        server: &str,
        path: &[u8],
        id: i64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.run(|db| {
            db.prepare(
                "SELECT content FROM file_versions WHERE server = ?1 AND path = ?2 AND id = ?3",
            )?
            .query_row(params![server, path, id], |row| row.get(0))
            .optional()
        })
    }

    /// Forgets what is kept of a file; `None`: of all files of the server.
    ///
    /// # Errors
    /// The database failed.
    pub fn forget_versions(&self, server: &str, path: Option<&[u8]>) -> Result<(), StoreError> {
        self.run(|db| {
            db.execute(
                "DELETE FROM file_versions WHERE server = ?1 AND (?2 IS NULL OR path = ?2)",
                params![server, path],
            )?;
            // The log beside the database holds it too, until it is written back.
            db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(folder: &std::path::Path, words: &[u8]) -> bool {
        std::fs::read_dir(folder).unwrap().any(|entry| {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(words.len()).any(|part| part == words)
        })
    }

    #[test]
    fn what_was_kept_is_there_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for (at, content) in ["first words", "first words", "other words"]
            .iter()
            .enumerate()
        {
            let at = i64::try_from(at).unwrap();
            store
                .keep_version("web", b"/a\xff", content.as_bytes(), at)
                .unwrap();
        }
        store.keep_version("web", b"/b", b"", 9).unwrap();
        let kept = store.versions("web", b"/a\xff").unwrap();
        let told: Vec<_> = kept
            .iter()
            .map(|kept| (kept.kept_at, kept.size_bytes))
            .collect();
        assert_eq!(told, [(2, 11), (0, 11)]);
        let last = kept.last().unwrap().id;
        let content = store.version_content("web", b"/a\xff", last).unwrap();
        assert_eq!(content.unwrap(), b"first words");
        assert_eq!(store.version_content("web", b"/b", last).unwrap(), None);
        assert!(holds(folder.path(), b"first words"));
        store.forget_versions("web", Some(b"/a\xff")).unwrap();
        assert!(!holds(folder.path(), b"first words"));
        assert_eq!(store.versions("web", b"/b").unwrap().len(), 1);
        store.forget_versions("web", None).unwrap();
        assert!(store.versions("web", b"/b").unwrap().is_empty());
    }

    #[test]
    fn the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for at in 0..MOST_OF_A_FILE + 3 {
            let content = at.to_string();
            store
                .keep_version("web", b"/a", content.as_bytes(), at)
                .unwrap();
        }
        let kept = store.versions("web", b"/a").unwrap();
        assert_eq!(kept.len(), 50);
        assert_eq!(kept.last().unwrap().kept_at, 3);
        let large = vec![7; 100 << 20];
        for path in [b"/b", b"/c", b"/d"] {
            store.keep_version("web", path, &large, 99).unwrap();
        }
        assert!(store.versions("web", b"/b").unwrap().is_empty());
        assert_eq!(store.versions("web", b"/d").unwrap().len(), 1);
    }
}
