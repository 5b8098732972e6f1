//! Everything below some folders, folder by folder, several at once.
//!
//! Invariant: a folder comes before what is in it, and each path once; links are not followed, so it ends where the tree
//! does; what is held is bounded however much there is. A folder that others exchanged for another meanwhile is not listed.

use std::{
    collections::{HashSet, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use catalog::arguments::RemotePath;
use futures::{
    StreamExt,
    future::{BoxFuture, join3},
    stream::FuturesUnordered,
};
use ssh::{FileError, Files, FolderEntry};

use super::{Problem, ground::Ground};

/// Folders listed at once.
const SIDE_BY_SIDE: usize = 8;
/// Names that may wait until they are taken, of all folders that are listed together.
const MOST_NAMES: usize = 2_000_000;
/// Memory of the folders that a walk, or a job with it, holds: more than a million.
const MOST_BYTES: usize = 512 << 20;
/// What a folder takes besides its paths.
const FOLDER_BYTES: usize = 256;

/// A folder with what is in it, or why that is not known.
pub(super) type Step = (Ground, Result<Vec<FolderEntry>, Problem>);

/// Where a walk stands.
pub(super) struct Walk {
    files: Files,
    waiting: Vec<Ground>,
    running: FuturesUnordered<BoxFuture<'static, Step>>,
    hidden: bool,
    /// Of the folders that are held.
    bytes: usize,
    /// Whether whoever walks holds the folders that were listed too.
    are_kept: bool,
    /// Names that came and were not taken yet.
    names: Arc<AtomicUsize>,
}

/// Names that were counted, until this is dropped.
struct Counted(Arc<AtomicUsize>, usize);

impl Counted {
    fn add(&mut self, names: usize) -> Result<(), FileError> {
        self.1 += names;
        match self.0.fetch_add(names, Ordering::Relaxed) + names {
            all if all > MOST_NAMES => Err(endless("names")),
            _ => Ok(()),
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(self.1, Ordering::Relaxed);
    }
}

fn endless(what: &str) -> FileError {
    FileError::Protocol {
        reason: format!("there are more {what} in it than are held at once"),
    }
}

fn bytes(folder: &Ground) -> usize {
    FOLDER_BYTES + 2 * folder.path.as_bytes().len()
}

impl Walk {
    /// Begins with these folders.
    pub(super) fn new(files: Files, folders: Vec<Ground>) -> Self {
        Self {
            files,
            waiting: folders,
            running: FuturesUnordered::new(),
            hidden: true,
            bytes: 0,
            are_kept: true,
            names: Arc::default(),
        }
    }

    /// Begins with these folders, of which no more is wanted than names.
    pub(super) fn of_names(files: Files, folders: Vec<RemotePath>) -> Self {
        let folders = folders.into_iter().map(Ground::unwatched);
        Self {
            are_kept: false,
            ..Self::new(files, folders.collect())
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
            if !self.are_kept {
                self.bytes = self.bytes.saturating_sub(bytes(&folder));
            }
            let files = self.files.clone();
            let mut counted = Counted(Arc::clone(&self.names), 0);
            self.running.push(Box::pin(async move {
                let entries = list(&files, &folder, &mut counted).await;
                (folder, entries)
            }));
        }
        let (folder, entries) = self.running.next().await?;
        let before = self.waiting.len();
        for entry in entries.iter().flatten() {
            let wanted = self.hidden || !entry.name.as_bytes().starts_with(b".");
            if entry.metadata.is_folder()
                && wanted
                && let Some(inside) = folder.inside(&entry.name, &entry.metadata)
            {
                self.bytes += bytes(&inside);
                self.waiting.push(inside);
            }
            if self.bytes > MOST_BYTES {
                for inside in self.waiting.drain(before..) {
                    self.bytes = self.bytes.saturating_sub(bytes(&inside));
                }
                return Some((folder, Err(endless("folders").into())));
            }
        }
        Some((folder, entries))
    }

    /// Lists a folder again, over a connection that stands again.
    pub(super) fn again(&mut self, folder: Ground, files: Files) {
        self.files = files;
        self.waiting.push(folder);
    }
}

async fn list(
    files: &Files,
    folder: &Ground,
    counted: &mut Counted,
) -> Result<Vec<FolderEntry>, Problem> {
    // Asked in this order, and answered so, without waiting for each other.
    let (before, opened, after) = join3(
        folder.check(files),
        files.folder(&folder.path),
        folder.check(files),
    )
    .await;
    before.and(after)?;
    let mut listing = opened?;
    let mut entries = Vec::new();
    while let Some(some) = listing.next().await? {
        counted.add(some.len())?;
        entries.extend(some);
    }
    // A name stands once in a folder: what a server says of it again may be a link the first time.
    let mut seen = HashSet::with_capacity(entries.len());
    let mut firsts: VecDeque<bool> = entries
        .iter()
        .map(|entry| seen.insert(&entry.name))
        .collect();
    entries.retain(|_| firsts.pop_front().unwrap_or(false));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_wait_are_bounded_over_all_folders() {
        let names = Arc::new(AtomicUsize::new(0));
        let (mut one, mut other) = (Counted(Arc::clone(&names), 0), Counted(names, 0));
        assert!(one.add(MOST_NAMES).is_ok());
        assert!(other.add(1).is_err());
        drop((one, other.add(0)));
        assert!(other.add(MOST_NAMES - 1).is_ok());
    }
}
