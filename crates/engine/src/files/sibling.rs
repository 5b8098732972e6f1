//! A hidden sibling: a file's new content, until it is whole and takes the file's place in one step.
//!
//! Invariant: the file is the old one or the new one, never a part. A sibling that is given up is
//! removed; one that cannot be, since the connection is gone, is noted and removed after the next
//! connect.

use catalog::arguments::{FileName, RemotePath};
use ssh::{FileError, Metadata, Writer};
use store::Stray;

use super::{Doing, Problem, ServerFilesToChange};
use crate::Error;

/// A sibling that is being written.
pub(super) struct Sibling<'f> {
    files: &'f ServerFilesToChange,
    /// Where it lies until then.
    temporary: RemotePath,
    /// Whose place it takes.
    target: RemotePath,
    pub(super) writer: Writer,
}

impl<'f> Sibling<'f> {
    /// Makes one with a mode; `None`: the server's for a new file.
    ///
    /// # Errors
    /// As the server says.
    pub(super) async fn make(
        files: &'f ServerFilesToChange,
        target: &RemotePath,
        mode: Option<u32>,
    ) -> Result<Self, Error> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|_| Error::NoRandomness)?;
        let name = format!(".headlessos-{:016x}", u64::from_ne_bytes(random));
        let Some(temporary) = beside(target, &name) else {
            return Err(files.refused(target, Doing::Write, Problem::IsAFolder));
        };
        files.note(&temporary, None).await?;
        match files.files.create(&temporary, mode).await {
            Ok(writer) => Ok(Self {
                files,
                temporary,
                target: target.clone(),
                writer,
            }),
            Err(error) => {
                files.sweep(&temporary).await;
                Err(files.failed(target, Doing::Write, error).await)
            }
        }
    }

    /// Takes the file's place. `metadata`: mode and owner that it gets first.
    ///
    /// # Errors
    /// As the server says; the file is then as it was.
    pub(super) async fn put_in_place(mut self, metadata: Metadata) -> Result<(), Error> {
        let result = self.finish(metadata).await;
        let Self {
            files,
            temporary,
            target,
            writer,
        } = self;
        drop(writer);
        match result {
            Ok(()) => {
                files.forget(&temporary).await;
                Ok(())
            }
            Err(error) => {
                files.sweep(&temporary).await;
                Err(files.failed(&target, Doing::Write, error).await)
            }
        }
    }

    async fn finish(&mut self, metadata: Metadata) -> Result<(), FileError> {
        self.writer.finish(true).await?;
        if metadata != Metadata::default() {
            self.writer.set(metadata).await?;
        }
        self.files.replace(&self.temporary, &self.target).await
    }

    /// Removes it.
    pub(super) async fn give_up(self) {
        let Self {
            files,
            temporary,
            writer,
            ..
        } = self;
        drop(writer);
        files.sweep(&temporary).await;
    }
}

/// A path in the same folder; `None`: the root has none.
pub(super) fn beside(path: &RemotePath, name: &str) -> Option<RemotePath> {
    let (folder, _) = path.split()?;
    folder.join(&FileName::try_from(name.to_owned()).ok()?).ok()
}

impl ServerFilesToChange {
    /// Renames over what is there. Where the server's SFTP has no step for that, what is there goes
    /// aside first and comes back when the new one cannot take its place, at the next connect at the
    /// latest.
    pub(super) async fn replace(
        &self,
        from: &RemotePath,
        to: &RemotePath,
    ) -> Result<(), FileError> {
        let files = &self.files;
        match files.replace(from, to).await {
            Err(FileError::Unsupported) => {}
            result => return result,
        }
        if !files.exists(to).await? {
            return files.rename(from, to).await;
        }
        let name = from.split().map(|(_, name)| name);
        let aside = name.and_then(|name| beside(to, &format!("{name}.old")));
        let aside = aside.ok_or(FileError::Unsupported)?;
        let noted = self.note(&aside, Some(to)).await;
        noted.map_err(|_| FileError::Unsupported)?;
        let mut placed = files.rename(to, &aside).await;
        if placed.is_ok() {
            placed = files.rename(from, to).await;
        }
        self.settle(&aside, to).await;
        placed
    }

    /// Puts what went aside back where nothing has come in its place, or removes it; what cannot be
    /// reached stays noted.
    async fn settle(&self, aside: &RemotePath, belongs_at: &RemotePath) {
        let settled = match self.files.exists(belongs_at).await {
            Ok(true) => self.files.remove(aside).await,
            Ok(false) => self.files.rename(aside, belongs_at).await,
            Err(error) => Err(error),
        };
        match settled {
            Ok(()) | Err(FileError::NoSuchFile) => self.forget(aside).await,
            Err(_) => {}
        }
    }

    /// Does away with a file that was noted.
    pub(super) async fn clear(&self, stray: &Stray) {
        let belongs_at = stray.belongs_at.as_deref().map(RemotePath::from_bytes);
        let (Ok(path), Ok(belongs_at)) =
            (RemotePath::from_bytes(&stray.path), belongs_at.transpose())
        else {
            return;
        };
        let words = match &belongs_at {
            None => path.to_string(),
            Some(to) => format!("{path} -> {to}"),
        };
        let Ok(begun) = self.begin_words("files.tidyUp", &words).await else {
            return;
        };
        match belongs_at {
            None => self.sweep(&path).await,
            Some(belongs_at) => self.settle(&path, &belongs_at).await,
        }
        begun.end(None, None, "ok");
    }

    async fn note(&self, path: &RemotePath, belongs_at: Option<&RemotePath>) -> Result<(), Error> {
        let (store, id) = (self.store.clone(), self.id.clone());
        let stray = Stray {
            path: path.as_bytes().to_vec(),
            belongs_at: belongs_at.map(|path| path.as_bytes().to_vec()),
        };
        let noting = move || store.note_stray(&id, &stray);
        match tokio::task::spawn_blocking(noting).await {
            Ok(result) => Ok(result?),
            Err(_) => Err(Error::Conflict("the program is ending".to_owned())),
        }
    }

    async fn forget(&self, path: &RemotePath) {
        let (store, id, path) = (self.store.clone(), self.id.clone(), path.clone());
        let forgetting = move || store.forget_stray(&id, path.as_bytes());
        if let Ok(Err(error)) = tokio::task::spawn_blocking(forgetting).await {
            tracing::warn!(%error, "a hidden file stays noted");
        }
    }

    /// Removes a hidden file; one that cannot be reached stays noted.
    pub(crate) async fn sweep(&self, path: &RemotePath) {
        match self.files.remove(path).await {
            Err(FileError::Gone | FileError::Unavailable(_) | FileError::Withdrawn(_)) => {}
            _ => self.forget(path).await,
        }
    }
}
