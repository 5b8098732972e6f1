//! What is kept on this computer: connection profiles, preferences, snippets, the activity journal
//! and, where a person wants that, earlier versions of files in a database, recordings beside it.
//!
//! Invariant: only the owner can read the files; no secret ever has a column, a field or a type here.

mod file;
mod file_jobs;
mod journal;
mod kept_secrets;
mod model_preferences;
mod model_usage;
mod preferences;
mod profile;
mod profiles;
mod recordings;
mod snippets;
mod strays;
mod terminal_preferences;
mod versions;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::Connection;

pub use journal::{
    Asker, Begins, BegunFile, Breach, ChainEnd, Deed, Ended, JournalEntry, JournalFilter,
    JournalLine, MOST_JOURNAL_LINES, Verified,
};
pub use model_preferences::{ModelPreferences, Price, Provider};
pub use model_usage::{ModelUse, ModelUsed};
pub use preferences::{Preferences, Theme};
pub use profile::{Auth, Color, Kind, ModelConsent, NewProfile, Profile, THIS_COMPUTER};
pub use recordings::RecordingFile;
pub use snippets::{Snippet, Snippets};
pub use strays::Stray;
pub use terminal_preferences::{Bell, CursorStyle, ImportedScheme, Renderer, TerminalPreferences};
pub use versions::KeptVersion;

/// The open database. Calls block for well under a millisecond; async callers put them on a
/// blocking thread where they come in numbers.
pub struct Store {
    connection: Mutex<Connection>,
    path: PathBuf,
}

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder or the file cannot be made or opened.
    #[error("cannot open {path}")]
    Open {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// `SQLite` refused.
    #[error("the database {path} failed")]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The file was written by a newer HeadlessOS.
    #[error("{path} was written by a newer HeadlessOS (layout {found}, this one knows {known})")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its layout number.
        found: i64,
        /// The newest layout this program knows.
        known: i64,
    },
}

/// The layouts, oldest first; the file's `user_version` counts those it has been through.
const MIGRATIONS: &[&str] = &[
    "CREATE TABLE profiles (
       id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
       host TEXT, port INTEGER, user TEXT NOT NULL, auth TEXT NOT NULL, color TEXT NOT NULL,
       capabilities TEXT NOT NULL) STRICT;
     CREATE TABLE preferences (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL) STRICT;
     CREATE TABLE journal (
       id INTEGER PRIMARY KEY, at TEXT NOT NULL, server TEXT NOT NULL, capability TEXT NOT NULL,
       query TEXT NOT NULL, variant TEXT NOT NULL, command TEXT NOT NULL, exit_code INTEGER,
       duration_ms INTEGER NOT NULL, outcome TEXT NOT NULL) STRICT;",
    "CREATE TABLE snippets (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL) STRICT;",
    "CREATE TABLE strays (
       server TEXT NOT NULL, path BLOB NOT NULL, PRIMARY KEY (server, path)) STRICT;",
    "CREATE TABLE file_jobs (id INTEGER PRIMARY KEY, job TEXT NOT NULL) STRICT;",
    "CREATE TABLE file_versions (
       id INTEGER PRIMARY KEY, server TEXT NOT NULL, path BLOB NOT NULL,
       kept_at INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
     CREATE INDEX file_versions_of ON file_versions (server, path);",
    "ALTER TABLE strays ADD COLUMN belongs_at BLOB;",
    "ALTER TABLE profiles ADD COLUMN model_consent TEXT NOT NULL DEFAULT '\"ask\"';
     CREATE TABLE model_usage (
       day TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, query TEXT NOT NULL,
       asked INTEGER NOT NULL, cache_hits INTEGER NOT NULL, understood INTEGER NOT NULL,
       requests INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL,
       completion_tokens INTEGER NOT NULL, took_ms INTEGER NOT NULL, longest_ms INTEGER NOT NULL,
       PRIMARY KEY (day, provider, model, query)) STRICT;",
    "ALTER TABLE profiles ADD COLUMN folder TEXT NOT NULL DEFAULT '';
     ALTER TABLE profiles ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
     ALTER TABLE profiles ADD COLUMN notes TEXT NOT NULL DEFAULT '';
     ALTER TABLE profiles ADD COLUMN last_seen TEXT;
     ALTER TABLE profiles ADD COLUMN jump TEXT NOT NULL DEFAULT '[]';
     ALTER TABLE profiles ADD COLUMN keep_secrets INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE profiles ADD COLUMN elevation_minutes INTEGER;",
    "CREATE TABLE kept_secrets (
       server TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (server, name)) STRICT;",
    "ALTER TABLE journal RENAME TO journal_unchained;
     CREATE TABLE journal (
       id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, hash BLOB NOT NULL,
       at TEXT AS (record ->> '$.at') VIRTUAL, server TEXT AS (record ->> '$.server') VIRTUAL,
       entry INTEGER AS (record ->> '$.entry') VIRTUAL) STRICT;
     CREATE INDEX journal_ends ON journal (entry) WHERE entry IS NOT NULL;
     CREATE TABLE journal_start (id INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
     INSERT INTO journal (id, record, hash)
       SELECT id, json_object('at', at, 'server', server, 'asker', 'program', 'capability',
         json(capability), 'deed', 'command', 'what', query, 'tool', variant, 'command', command),
         zeroblob(32) FROM journal_unchained;
     INSERT INTO journal (id, record, hash)
       SELECT -id, json_object('entry', id, 'at', at, 'durationMs', duration_ms, 'exitCode', exit_code,
         'bytes', NULL, 'outcome', outcome), zeroblob(32) FROM journal_unchained;
     INSERT INTO journal_start (id, hash)
       SELECT coalesce(max(id), 0), zeroblob(32) FROM journal_unchained;
     DROP TABLE journal_unchained;",
    // Until then every profile was granted all there was, and nobody had chosen that an agent may act.
    "ALTER TABLE profiles ADD COLUMN production INTEGER NOT NULL DEFAULT 0;
     UPDATE profiles SET capabilities = replace(capabilities, ',\"agent.act\"', '');",
    // Until then a line's hash did not cover its number.
    "UPDATE journal_start
       SET id = max(id, coalesce((SELECT max(id) FROM journal), 0)), hash = zeroblob(32);",
];

impl Store {
    /// Opens `headlessos.db` in the folder, making both, with access for their owner alone.
    ///
    /// # Errors
    /// The folder cannot be made, the file is no database, or it comes from a newer program.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join("headlessos.db");
        file::prepare(folder, &path).map_err(|source| StoreError::Open {
            path: path.clone(),
            source,
        })?;
        let failed = |source| StoreError::Database {
            path: path.clone(),
            source,
        };
        let mut connection = Connection::open(&path).map_err(failed)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
                 PRAGMA busy_timeout = 3000; PRAGMA foreign_keys = ON;
                 PRAGMA secure_delete = ON;",
            )
            .map_err(failed)?;
        let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
        let found: i64 = connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(failed)?;
        if found > known {
            return Err(StoreError::Newer { path, found, known });
        }
        if found < known {
            migrate(&mut connection, found, known).map_err(failed)?;
        }
        Ok(Self {
            connection: Mutex::new(connection),
            path,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn run<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.lock()).map_err(|source| StoreError::Database {
            path: self.path.clone(),
            source,
        })
    }
}

fn migrate(connection: &mut Connection, found: i64, known: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    let done = usize::try_from(found).unwrap_or(0);
    for layout in MIGRATIONS.iter().skip(done) {
        transaction.execute_batch(layout)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        Store::open(folder.path())
            .unwrap()
            .lock()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let error = Store::open(folder.path()).err().unwrap();
        assert!(
            matches!(error, StoreError::Newer { found: 99, .. }),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("data");
        let store = Store::open(&folder).unwrap();
        store.profiles().unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let mode = entry.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
        let mode = || std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777;
        let set = |mode| {
            let mode = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(&folder, mode).unwrap();
        };
        assert_eq!(mode(), 0o700);
        // One that is older, and was left open to others.
        for open in [0o755, 0o777, 0o750, 0o701] {
            set(open);
            Store::open(&folder).unwrap();
            assert_eq!(mode(), 0o700, "{open:o}");
        }
        // Somebody else's things are not closed to them.
        std::fs::remove_file(folder.join("headlessos.db")).unwrap();
        std::fs::write(folder.join("theirs"), "").unwrap();
        set(0o755);
        assert!(Store::open(&folder).is_err());
        assert_eq!(mode(), 0o755);
        set(0o700);
        Store::open(&folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_another_user_is_refused() {
        if !rustix::process::geteuid().is_root() {
            eprintln!("skipped: only root can give a folder away");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::chown(folder.path(), Some(65534), None).unwrap();
        let error = Store::open(folder.path()).err().unwrap();
        assert!(matches!(error, StoreError::Open { .. }), "{error}");
        assert!(!folder.path().join("headlessos.db").exists());
    }
}
