//! Whether files and folders are still as they were when they were read.

use std::{
    collections::BTreeMap,
    fs::{self, Metadata},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The state of files and folders at the time when each was first looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watched(BTreeMap<PathBuf, Option<Stamp>>);

impl Watched {
    /// Must come before the file is read, so that a change in between is seen.
    pub(crate) fn add(&mut self, path: &Path) {
        self.0
            .entry(path.to_path_buf())
            .or_insert_with(|| stamp(path));
    }

    /// Whether nothing has changed: one call to the system for each.
    pub(crate) fn is_current(&self) -> bool {
        self.0.iter().all(|(path, then)| stamp(path) == *then)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    identity: Identity,
}

/// `None`: there is nothing, or nothing that may be looked at.
fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some(Stamp {
        length: metadata.len(),
        modified: metadata.modified().ok(),
        identity: identity(&metadata),
    })
}

/// Device, inode, mode, owner and time of change: what a replaced file or new permissions differ in.
#[cfg(unix)]
type Identity = (u64, u64, u32, u32, i64, i64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;

    (
        metadata.dev(),
        metadata.ino(),
        metadata.mode(),
        metadata.uid(),
        metadata.ctime(),
        metadata.ctime_nsec(),
    )
}

#[cfg(not(unix))]
type Identity = Option<SystemTime>;

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> Identity {
    metadata.created().ok()
}
