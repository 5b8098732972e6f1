//! Hidden files that are about to be made on a server, so that none stays behind when a connection
//! or the program ends in between.

use rusqlite::params;

use crate::{Store, StoreError};

impl Store {
    /// Notes a file before it is made.
    ///
    /// # Errors
    /// The database failed.
    pub fn note_stray(&self, server: &str, path: &[u8]) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare("INSERT OR REPLACE INTO strays (server, path) VALUES (?1, ?2)")?
                .execute(params![server, path])?;
            Ok(())
        })
    }

    /// Forgets a file that is gone, or in its place.
    ///
    /// # Errors
    /// The database failed.
    pub fn forget_stray(&self, server: &str, path: &[u8]) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare("DELETE FROM strays WHERE server = ?1 AND path = ?2")?
                .execute(params![server, path])?;
            Ok(())
        })
    }

    /// The noted files of a server.
    ///
    /// # Errors
    /// The database failed.
    pub fn strays(&self, server: &str) -> Result<Vec<Vec<u8>>, StoreError> {
        self.run(|db| {
            db.prepare("SELECT path FROM strays WHERE server = ?1")?
                .query_map(params![server], |row| row.get(0))?
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noted_file_is_there_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.note_stray("web", b"/a\xff").unwrap();
        store.note_stray("web", b"/a\xff").unwrap();
        store.note_stray("other", b"/b").unwrap();
        assert_eq!(store.strays("web").unwrap(), [b"/a\xff".to_vec()]);
        store.forget_stray("web", b"/a\xff").unwrap();
        assert!(store.strays("web").unwrap().is_empty());
    }
}
