//! The names of the secrets that are in this computer's keychain, so that they can be forgotten with
//! the server that they are for. The secrets themselves are not here.

use rusqlite::params;

use crate::{Store, StoreError};

impl Store {
    /// Notes that a server uses the secret of this name.
    ///
    /// # Errors
    /// The database failed.
    pub fn note_kept_secret(&self, server: &str, name: &str) -> Result<(), StoreError> {
        self.run(|db| {
            db.execute(
                "INSERT OR IGNORE INTO kept_secrets (server, name) VALUES (?1, ?2)",
                params![server, name],
            )
            .map(|_| ())
        })
    }

    /// How many secrets a server has in the keychain.
    ///
    /// # Errors
    /// The database failed.
    pub fn kept_secrets(&self, server: &str) -> Result<u32, StoreError> {
        self.run(|db| {
            db.query_row(
                "SELECT count(*) FROM kept_secrets WHERE server = ?1",
                [server],
                |row| row.get(0),
            )
        })
    }

    /// Forgets the name of a secret that is gone, for all servers.
    ///
    /// # Errors
    /// The database failed.
    pub fn forget_kept_secret(&self, name: &str) -> Result<(), StoreError> {
        self.run(|db| {
            db.execute("DELETE FROM kept_secrets WHERE name = ?1", [name])
                .map(|_| ())
        })
    }

    /// Forgets the names of a server. Gives those that no other server uses, which can go.
    ///
    /// # Errors
    /// The database failed.
    pub fn forget_kept_secrets_of(&self, server: &str) -> Result<Vec<String>, StoreError> {
        self.run(|db| {
            let alone = db
                .prepare(
                    "SELECT name FROM kept_secrets AS mine WHERE server = ?1 AND NOT EXISTS
                     (SELECT 1 FROM kept_secrets WHERE name = mine.name AND server <> ?1)",
                )?
                .query_map([server], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            db.execute("DELETE FROM kept_secrets WHERE server = ?1", [server])?;
            Ok(alone)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_another_server_uses_stays_when_one_of_them_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.note_kept_secret("web", "bastion").unwrap();
        store.note_kept_secret("web", "bastion").unwrap();
        store.note_kept_secret("web", "web").unwrap();
        store.note_kept_secret("db", "bastion").unwrap();
        assert_eq!(store.kept_secrets("web").unwrap(), 2);
        assert_eq!(store.forget_kept_secrets_of("web").unwrap(), ["web"]);
        assert_eq!(store.kept_secrets("web").unwrap(), 0);
        assert_eq!(store.forget_kept_secrets_of("db").unwrap(), ["bastion"]);
        store.note_kept_secret("web", "web").unwrap();
        store.forget_kept_secret("web").unwrap();
        assert_eq!(store.kept_secrets("web").unwrap(), 0);
    }
}
