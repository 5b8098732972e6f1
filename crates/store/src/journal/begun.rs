//! What was begun and is on its way into the chain: a file of each program, a line for each.
//!
//! Invariant: a line is in the file before [`BegunFile::note`] returns, and is taken out only when it is in the
//! chain. What a program that was killed has left there is put into the chain by the next that starts.

use std::{
    collections::HashSet,
    fs::{self, File, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use rusqlite::Connection;

use super::{Begins, append_records, entry};
use crate::{Store, StoreError, file};

const PREFIX: &str = "begun-";
/// The file becomes no longer: what begins then waits for the chain.
const MOST_BYTES: u64 = 64 << 20;

/// The file of this program. Its lock says that the program runs.
pub struct BegunFile {
    file: File,
    path: PathBuf,
    /// Bytes that are whole lines.
    len: u64,
    noted: u64,
    chained: u64,
}

impl BegunFile {
    /// Writes down that something begins.
    ///
    /// # Errors
    /// It could not be written, or the file is full; then nothing of it is there.
    pub fn note(&mut self, begins: &Begins) -> io::Result<()> {
        let mut line = begins.record();
        line.push('\n');
        if self.len + line.len() as u64 > MOST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            // A part of a line is none; whoever reads it would leave it out as well.
            let _cut = self.file.set_len(self.len);
            let _back = self.file.seek(io::SeekFrom::Start(self.len));
            return Err(error);
        }
        self.len += line.len() as u64;
        self.noted += 1;
        Ok(())
    }

    /// So many more of them are in the chain.
    pub fn chained(&mut self, count: u64) {
        self.chained += count;
        if self.chained == self.noted && self.file.set_len(0).is_ok() && self.file.rewind().is_ok()
        {
            self.len = 0;
        }
    }
}

impl Drop for BegunFile {
    fn drop(&mut self) {
        if self.chained == self.noted {
            let _gone = fs::remove_file(&self.path);
        }
    }
}

impl Store {
    /// Puts into the chain what programs that were killed have left.
    ///
    /// # Errors
    /// The folder or the database failed.
    pub fn adopt_begun(&self) -> Result<(), StoreError> {
        let (folder, opened) = (self.folder(), |source| self.unopened(source));
        for entry in fs::read_dir(folder).map_err(opened)? {
            let path = entry.map_err(opened)?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            if name.is_some_and(|name| name.starts_with(PREFIX)) {
                self.adopt(&path)?;
            }
        }
        Ok(())
    }

    /// Makes the file of this program.
    ///
    /// # Errors
    /// The folder failed.
    pub fn begun_file(&self) -> Result<BegunFile, StoreError> {
        let (folder, opened) = (self.folder(), |source| self.unopened(source));
        let mut number = std::process::id();
        loop {
            let path = folder.join(format!("{PREFIX}{number}"));
            number = number.wrapping_add(1);
            let file = match file::create(folder, &path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                file => file.map_err(opened)?,
            };
            match file.try_lock() {
                Ok(()) if path.exists() => {
                    return Ok(BegunFile {
                        file,
                        path,
                        len: 0,
                        noted: 0,
                        chained: 0,
                    });
                }
                Err(TryLockError::Error(error)) => return Err(opened(error)),
                // Another program that starts has taken it for one that was left.
                Ok(()) | Err(TryLockError::WouldBlock) => {}
            }
        }
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    fn unopened(&self, source: io::Error) -> StoreError {
        StoreError::Open {
            path: self.folder().to_owned(),
            source,
        }
    }

    /// Puts into the chain what is in a file whose program has ended, and removes it.
    fn adopt(&self, path: &Path) -> Result<(), StoreError> {
        let Ok(file) = File::options().read(true).write(true).open(path) else {
            return Ok(());
        };
        if file.try_lock().is_err() {
            return Ok(());
        }
        let mut bytes = Vec::new();
        if file.take(MOST_BYTES).read_to_end(&mut bytes).is_err() {
            return Ok(());
        }
        // The last may be a part of a line.
        let whole = bytes
            .split_inclusive(|byte| *byte == b'\n')
            .filter_map(|line| line.strip_suffix(b"\n"));
        let mut records: Vec<&str> = whole
            .filter_map(|line| std::str::from_utf8(line).ok())
            .filter(|line| entry::is_beginning(line))
            .collect();
        self.run(|db| {
            let known = chained_since(db, &records)?;
            records.retain(|record| !known.contains(*record));
            append_records(db, records.iter().map(|record| (*record).to_owned())).map(drop)
        })?;
        let _gone = fs::remove_file(path);
        Ok(())
    }
}

/// What the chain holds from the first moment of these records on.
fn chained_since(db: &Connection, records: &[&str]) -> rusqlite::Result<HashSet<String>> {
    if records.is_empty() {
        return Ok(HashSet::new());
    }
    let mut least = db.prepare("SELECT min(value ->> '$.at') FROM json_each(?1)")?;
    let records = serde_json::Value::from(records.to_vec()).to_string();
    let since: Option<String> = least.query_row([records], |row| row.get(0))?;
    let mut chained = db.prepare("SELECT record FROM journal WHERE at >= ?1")?;
    chained.query_map([since], |row| row.get(0))?.collect()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::{Asker, Deed, JournalFilter, JournalLine};

    fn begins(number: i64) -> Begins {
        Begins {
            at: DateTime::UNIX_EPOCH + TimeDelta::seconds(number),
            server: "a".to_owned(),
            asker: Asker::Ui,
            capability: catalog::Capability::SystemRead,
            deed: Deed::Command,
            what: "system.load".to_owned(),
            tool: "uptime".to_owned(),
            command: format!("echo 'a\nb' {number}"),
        }
    }

    fn files(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).unwrap().flatten();
        let names = entries.map(|entry| entry.file_name().into_string().unwrap());
        names.filter(|name| name.starts_with(PREFIX)).count()
    }

    fn commands(store: &Store) -> Vec<String> {
        let entries = store.journal(&JournalFilter::default(), 100).unwrap();
        entries.into_iter().map(|entry| entry.command).collect()
    }

    #[test]
    fn what_a_killed_program_had_begun_is_in_the_journal_of_the_next_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut killed = store.begun_file().unwrap();
        for number in 0..3 {
            killed.note(&begins(number)).unwrap();
        }
        // It came to write one of them into the chain, and not to forget it here.
        store.append(&[JournalLine::Begins(begins(0))]).unwrap();
        // A beginning of a line, as a full disk leaves it, within a character; and something that is no line.
        killed.file.write_all(b"{}\n{\"at\":\"2026\xc3").unwrap();
        let mut running = Store::open(folder.path()).unwrap().begun_file().unwrap();
        running.note(&begins(9)).unwrap();
        drop(killed);
        assert_eq!(files(folder.path()), 2);
        store.adopt_begun().unwrap();
        assert_eq!(
            commands(&store),
            [begins(2), begins(1), begins(0)].map(|each| each.command)
        );
        assert_eq!(store.verify_journal(None).unwrap().breach, None);
        assert_eq!(
            files(folder.path()),
            1,
            "that of the one that runs is left alone"
        );
    }

    #[test]
    fn what_is_in_the_chain_is_forgotten_here_and_no_file_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut file = store.begun_file().unwrap();
        file.note(&begins(1)).unwrap();
        file.note(&begins(2)).unwrap();
        file.chained(1);
        assert_eq!(fs::read_to_string(&file.path).unwrap().lines().count(), 2);
        file.chained(1);
        assert_eq!(fs::read_to_string(&file.path).unwrap(), "");
        file.note(&begins(3)).unwrap();
        assert_eq!(fs::read_to_string(&file.path).unwrap().lines().count(), 1);
        file.chained(1);
        drop(file);
        assert_eq!(files(folder.path()), 0);
    }
}
