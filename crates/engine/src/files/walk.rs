//! Everything below some folders, folder by folder, several at once.
//!
//! Invariant: a folder comes before what is in it; links are not followed, so it ends where the tree
//! does.

use catalog::arguments::RemotePath;
use futures::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use ssh::{FileError, Files, FolderEntry};

/// Folders listed at once.
const SIDE_BY_SIDE: usize = 8;

/// A folder with what is in it, or why that is not known.
pub(super) type Step = (RemotePath, Result<Vec<FolderEntry>, FileError>);

/// Where a walk stands.
pub(super) struct Walk {
    files: Files,
    waiting: Vec<RemotePath>,
    running: FuturesUnordered<BoxFuture<'static, Step>>,
    hidden: bool,
}

impl Walk {
    /// Begins with these folders.
    pub(super) fn new(files: Files, folders: Vec<RemotePath>) -> Self {
        Self {
            files,
            waiting: folders,
            running: FuturesUnordered::new(),
            hidden: true,
        }
    }

    /// Does not go into folders whose names begin with a dot.
    pub(super) fn without_hidden(mut self) -> Self {
        self.hidden = false;
        self
    }

    /// The next folder; `None`: that was all.
    pub(super) async fn next(&mut self) -> Option<Step> {
        while self.running.len() < SIDE_BY_SIDE
            && let Some(folder) = self.waiting.pop()
        {
            let files = self.files.clone();
            self.running.push(Box::pin(async move {
                let entries = list(&files, &folder).await;
                (folder, entries)
            }));
        }
        let (folder, entries) = self.running.next().await?;
        for entry in entries.iter().flatten() {
            let wanted = self.hidden || !entry.name.as_bytes().starts_with(b".");
            if entry.metadata.is_folder()
                && wanted
                && let Ok(path) = folder.join(&entry.name)
            {
                self.waiting.push(path);
            }
        }
        Some((folder, entries))
    }

    /// Lists a folder again, over a connection that stands again.
    pub(super) fn again(&mut self, folder: RemotePath, files: Files) {
        self.files = files;
        self.waiting.push(folder);
    }
}

async fn list(files: &Files, folder: &RemotePath) -> Result<Vec<FolderEntry>, FileError> {
    let mut listing = files.folder(folder).await?;
    let mut entries = Vec::new();
    while let Some(some) = listing.next().await? {
        entries.extend(some);
    }
    Ok(entries)
}
