//! Single changes: making, renaming.

use catalog::arguments::RemotePath;
use ssh::FileError;

use super::{Doing, Problem, ServerFiles, ServerFilesToChange};
use crate::Error;

impl ServerFilesToChange {
    /// Makes a folder.
    ///
    /// # Errors
    /// As the server says; the name is taken.
    pub async fn make_folder(&self, path: &RemotePath) -> Result<(), Error> {
        let result = self.files.make_folder(path, None);
        self.noted("files.makeFolder", path, Doing::Make, result)
            .await
    }

    /// Makes an empty file.
    ///
    /// # Errors
    /// As the server says; the name is taken.
    pub async fn make_file(&self, path: &RemotePath) -> Result<(), Error> {
        let result = self.files.make_file(path);
        self.noted("files.makeFile", path, Doing::Make, result)
            .await
    }

    /// Makes a link.
    ///
    /// # Errors
    /// As the server says; the name is taken.
    pub async fn make_link(&self, path: &RemotePath, target: &[u8]) -> Result<(), Error> {
        let words = format!("{path} -> {}", String::from_utf8_lossy(target));
        let begun = self.begin_words("files.makeLink", &words).await?;
        let made = self.files.make_link(path, target).await;
        let result = self.told(path, Doing::Make, made).await;
        begun.end_of(&result);
        result
    }

    /// Renames, never over something that is there.
    ///
    /// # Errors
    /// As the server says; the new name is taken.
    pub async fn rename(&self, from: &RemotePath, to: &RemotePath) -> Result<(), Error> {
        if from != to && from.holds(to) {
            return Err(self.refused(to, Doing::Rename, Problem::IntoItself));
        }
        // Some servers' plain rename replaces.
        match self.files.exists(to).await {
            Ok(false) => {}
            Ok(true) => return Err(self.refused(to, Doing::Rename, Problem::AlreadyExists)),
            Err(error) => return Err(self.failed(to, Doing::Rename, error).await),
        }
        let begun = self
            .begin_words("files.rename", &format!("{from} -> {to}"))
            .await?;
        let result = match self.files.rename(from, to).await {
            Err(FileError::NoSuchFile) if matches!(self.files.exists(from).await, Ok(false)) => {
                let error = FileError::NoSuchFile;
                Err(self.failed(from, Doing::Look, error).await)
            }
            result => self.told(to, Doing::Rename, result).await,
        };
        begun.end_of(&result);
        result
    }

    /// Does it, once it is in the journal.
    pub(crate) async fn noted(
        &self,
        what: &'static str,
        path: &RemotePath,
        doing: Doing,
        change: impl Future<Output = Result<(), FileError>>,
    ) -> Result<(), Error> {
        let begun = self.begin(what, path).await?;
        let result = self.told(path, doing, change.await).await;
        begun.end_of(&result);
        result
    }
}

impl ServerFiles {
    /// The words for a failure about one path.
    pub(crate) async fn told<T>(
        &self,
        path: &RemotePath,
        doing: Doing,
        result: Result<T, FileError>,
    ) -> Result<T, Error> {
        match result {
            Ok(value) => Ok(value),
            Err(error) => Err(self.failed(path, doing, error).await),
        }
    }
}
