//! Hidden files that are about to be made on a server, so that none stays behind when a connection
//! or the program ends in between.

use rusqlite::params;

use crate::{Store, StoreError};

/// A hidden file that may be on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Where.
    pub path: Vec<u8>,
    /// It is what a file was before another takes its place, and belongs back there when none has
    /// come; `None`: it can go.
    pub belongs_at: Option<Vec<u8>>,
}

impl Store {
    /// Notes a file before it is made.
    ///
    /// # Errors
    /// The database failed.
    pub fn note_stray(&self, server: &str, stray: &Stray) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare(
                "INSERT OR REPLACE INTO strays (server, path, belongs_at) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![server, stray.path, stray.belongs_at])?;
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
    pub fn strays(&self, server: &str) -> Result<Vec<Stray>, StoreError> {
        self.run(|db| {
            db.prepare("SELECT path, belongs_at FROM strays WHERE server = ?1")?
                .query_map(params![server], |row| {
                    Ok(Stray {
                        path: row.get(0)?,
                        belongs_at: row.get(1)?,
                    })
                })?
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
        let stray = |path: &[u8], belongs_at: Option<&[u8]>| Stray {
            path: path.to_vec(),
            belongs_at: belongs_at.map(<[u8]>::to_vec),
        };
        let aside = stray(b"/a\xff", Some(b"/c"));
        store.note_stray("web", &stray(b"/a\xff", None)).unwrap();
        store.note_stray("web", &aside).unwrap();
        store.note_stray("other", &stray(b"/b", None)).unwrap();
        assert_eq!(store.strays("web").unwrap(), [aside]);
        store.forget_stray("web", b"/a\xff").unwrap();
        assert!(store.strays("web").unwrap().is_empty());
    }
}
