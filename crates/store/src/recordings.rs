//! Recordings of terminals: files in a folder of their own, made only when the user asks for one.
//!
//! Invariant: a recording is reached by its id alone, which is letters and digits, so no path can be
//! made of it; only the owner can read the file.

use std::{
    fs::{self, File},
    io,
    path::PathBuf,
};

use crate::Store;

/// Ends every file's name.
const SUFFIX: &str = ".cast";

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingFile {
    /// Its id.
    pub id: String,
    /// Where it lies.
    pub path: PathBuf,
    /// How large it is.
    pub size_bytes: u64,
}

impl Store {
    /// All recordings, newest first by id.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn recordings(&self) -> io::Result<Vec<RecordingFile>> {
        let entries = match fs::read_dir(self.recordings_folder()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(SUFFIX));
            let Some(id) = id.filter(|id| is_id(id)) else {
                continue;
            };
            files.push(RecordingFile {
                id: id.to_owned(),
                path: entry.path(),
                size_bytes: entry.metadata()?.len(),
            });
        }
        files.sort_by(|one, other| other.id.cmp(&one.id));
        Ok(files)
    }

    /// Where the recording with this id lies; `None`: there is none.
    #[must_use]
    pub fn recording(&self, id: &str) -> Option<PathBuf> {
        let path = is_id(id).then(|| self.recording_path(id))?;
        path.is_file().then_some(path)
    }

    /// Makes the file of a new recording.
    ///
    /// # Errors
    /// It exists, its id is none, or the disk is full.
    pub fn new_recording(&self, id: &str) -> io::Result<File> {
        if !is_id(id) {
            return Err(io::Error::from(io::ErrorKind::InvalidInput));
        }
        crate::file::create(&self.recordings_folder(), &self.recording_path(id))
    }

    /// Deletes a recording; says whether there was one.
    ///
    /// # Errors
    /// It cannot be deleted.
    pub fn delete_recording(&self, id: &str) -> io::Result<bool> {
        match self.recording(id) {
            None => Ok(false),
            Some(path) => fs::remove_file(path).map(|()| true),
        }
    }

    fn recordings_folder(&self) -> PathBuf {
        self.path.with_file_name("recordings")
    }

    fn recording_path(&self, id: &str) -> PathBuf {
        self.recordings_folder().join(format!("{id}{SUFFIX}"))
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 64
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn recordings_are_found_by_id_and_by_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert!(store.recordings().unwrap().is_empty());
        let mut file = store.new_recording("20260102-a").unwrap();
        file.write_all(b"12345").unwrap();
        store.new_recording("20260103-b").unwrap();
        assert!(store.new_recording("20260103-b").is_err());
        fs::write(folder.path().join("recordings/../x.cast"), b"").unwrap();
        let ids: Vec<_> = store
            .recordings()
            .unwrap()
            .into_iter()
            .map(|file| (file.id, file.size_bytes))
            .collect();
        let expected = [("20260103-b".to_owned(), 0), ("20260102-a".to_owned(), 5)];
        assert_eq!(ids, expected);
        for wrong in ["", "../x", "x", "20260102-a.cast", "a/b", "a\0b"] {
            assert_eq!(store.recording(wrong), None, "{wrong:?}");
            assert!(!store.delete_recording(wrong).unwrap());
        }
        assert!(store.delete_recording("20260102-a").unwrap());
        assert_eq!(store.recordings().unwrap().len(), 1);
    }
}
