//! The ground a job works on: folders that other users of the server could exchange for links to others,
//! and whether they have.
//!
//! Invariant: where nobody else can change the way to a folder, nothing is asked; where somebody can, a
//! step is taken only while the way leads where it led when the job began. SFTP goes by paths, so the
//! moment between the look and the step stays.

use catalog::arguments::{FileName, RemotePath};
use futures::future::join_all;
use ssh::{FileError, Files, Metadata};

use super::{Problem, ServerFiles, read::Content};
use crate::Error;

/// Who may write besides the owner.
pub(super) const OTHERS_WRITE: u32 = 0o022;
/// Only its owner takes something out of the folder.
pub(super) const STICKY: u32 = 0o1000;

/// A folder, as it was found.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// As the job names it.
    pub(super) path: RemotePath,
    /// The same without links.
    real: RemotePath,
    /// Of the folder itself.
    metadata: Metadata,
    /// The number of the user who works here; `None`: no others are looked for.
    user: Option<u32>,
    /// Whether others can exchange it, or something on the way to it.
    is_exchangeable: bool,
}

impl Ground {
    /// One of which no more is wanted than names.
    pub(super) fn unwatched(path: RemotePath) -> Self {
        Self {
            real: path.clone(),
            path,
            metadata: Metadata::default(),
            user: None,
            is_exchangeable: false,
        }
    }

    /// A folder as it is now, whatever links lead to it.
    ///
    /// # Errors
    /// As the server says.
    pub(super) async fn of(files: &ServerFiles, path: &RemotePath) -> Result<Self, FileError> {
        let real = match files.files.real_path(path).await {
            // Where somebody can exchange something, the check will say that it cannot be made.
            Err(FileError::Unsupported) => path.clone(),
            real => real?,
        };
        let mut way = vec![real.clone()];
        while let Some((above, _)) = way.last().and_then(RemotePath::split) {
            way.push(above);
        }
        let looks = way.into_iter().rev().map(|folder| {
            let files = files.files.clone();
            async move { files.lstat(&folder).await }
        });
        // A link on the way may lie anywhere.
        let mut is_exchangeable = real != *path;
        let mut metadata: Option<Metadata> = None;
        for found in join_all(looks).await {
            let found = match found {
                Err(error @ (FileError::Gone | FileError::Unavailable(_))) => return Err(error),
                found => found.unwrap_or_else(|_| {
                    is_exchangeable = true;
                    Metadata::default()
                }),
            };
            is_exchangeable |= metadata.is_some_and(|above| is_open(&above, &found, files.user));
            metadata = Some(found);
        }
        Ok(Self {
            path: path.clone(),
            real,
            metadata: metadata.unwrap_or_default(),
            user: Some(files.user),
            is_exchangeable,
        })
    }

    /// A folder in it, of which a listing says this; `None`: its path would be too long.
    pub(super) fn inside(&self, name: &FileName, metadata: &Metadata) -> Option<Self> {
        Some(Self {
            path: self.path.join(name).ok()?,
            real: self.real.join(name).ok()?,
            metadata: *metadata,
            user: self.user,
            is_exchangeable: self.may_exchange(metadata),
        })
    }

    /// What the folder itself was.
    pub(super) fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Whether others can exchange it, or something on the way to it.
    pub(super) fn is_exchangeable(&self) -> bool {
        self.is_exchangeable
    }

    /// Whether others can put something else in the place of what is in it and is this.
    pub(super) fn may_exchange(&self, inside: &Metadata) -> bool {
        let open = |user| is_open(&self.metadata, inside, user);
        self.is_exchangeable || self.user.is_some_and(open)
    }

    /// Makes sure, where that is in question, that the folder is where it was.
    ///
    /// # Errors
    /// [`Problem::Replaced`], or as the server says.
    pub(super) async fn check(&self, files: &Files) -> Result<(), Problem> {
        match self.is_exchangeable {
            true => leads_to(files, &self.path, &self.real).await,
            false => Ok(()),
        }
    }

    /// Makes sure, before a byte of it is used, that what was opened is the file that was found in the
    /// folder.
    ///
    /// # Errors
    /// As of [`Self::check`].
    pub(super) async fn check_opened(
        &self,
        content: &Content,
        found: &Metadata,
    ) -> Result<(), Error> {
        if !self.may_exchange(found) {
            return Ok(());
        }
        let path = &content.path;
        let real = path
            .split()
            .and_then(|(_, name)| self.real.join(&name).ok());
        let checked = match real {
            // The open file itself tells whose it is, whatever its path leads to by now.
            Some(real) if content.metadata.owner == found.owner => {
                leads_to(&content.files.files, path, &real).await
            }
            _ => Err(Problem::Replaced),
        };
        match checked {
            Ok(()) => Ok(()),
            Err(problem) => Err(content
                .files
                .failed_by(path, super::Doing::Read, problem)
                .await),
        }
    }

    /// Changes mode, owner or times of something in it that was found to be this, and never of what a
    /// link leads to that others put in its place.
    ///
    /// # Errors
    /// As of [`Self::check`].
    pub(super) async fn set(
        &self,
        files: &Files,
        path: &RemotePath,
        found: &Metadata,
        wanted: Metadata,
    ) -> Result<(), Problem> {
        self.check(files).await?;
        let may_exchange = self.may_exchange(found);
        // Many systems have no such step for modes, and where nobody can exchange it none is needed.
        if wanted.mode.is_some() && !may_exchange && !found.is_link() {
            return Ok(files.set(path, wanted).await?);
        }
        match files.set_link(path, wanted).await {
            // The second is what servers answer whose system has no such step for modes.
            Err(FileError::Unsupported | FileError::Failed { .. }) if !found.is_link() => {}
            result => return Ok(result?),
        }
        if may_exchange && files.lstat(path).await?.file_type() != found.file_type() {
            return Err(Problem::Replaced);
        }
        Ok(files.set(path, wanted).await?)
    }
}

/// The grounds of the paths that a job was given: most lie in one folder.
#[derive(Default)]
pub(super) struct Tops(Option<Ground>);

impl Tops {
    /// The folder that a path lies in; of the root, the root.
    ///
    /// # Errors
    /// As the server says.
    pub(super) async fn around(
        &mut self,
        files: &ServerFiles,
        path: &RemotePath,
    ) -> Result<Ground, FileError> {
        let folder = path
            .split()
            .map_or_else(RemotePath::root, |(folder, _)| folder);
        if let Some(last) = self.0.as_ref().filter(|last| last.path == folder) {
            return Ok(last.clone());
        }
        let ground = Ground::of(files, &folder).await?;
        Ok(self.0.insert(ground).clone())
    }
}

async fn leads_to(files: &Files, path: &RemotePath, real: &RemotePath) -> Result<(), Problem> {
    match files.real_path(path).await? == *real {
        true => Ok(()),
        false => Err(Problem::Replaced),
    }
}

/// Whether others than the user and root can put something else in the place of what is in a folder.
pub(super) fn is_open(folder: &Metadata, inside: &Metadata, user: u32) -> bool {
    // Where a server names no owner, no other user is known either.
    if folder.owner.is_none() {
        return false;
    }
    let mode = folder.mode.unwrap_or(OTHERS_WRITE);
    !is_ours(folder, user)
        || mode & OTHERS_WRITE != 0 && (mode & STICKY == 0 || !is_ours(inside, user))
}

/// Whether something is the user's or root's.
pub(super) fn is_ours(of: &Metadata, user: u32) -> bool {
    of.owner
        .is_some_and(|(owner, _)| owner == user || owner == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(owner: u32, mode: u32) -> Metadata {
        Metadata {
            owner: Some((owner, 0)),
            mode: Some(mode),
            ..Metadata::default()
        }
    }

    #[test]
    fn a_folder_is_open_to_others_by_its_owner_or_its_mode() {
        for (folder, inside, wanted) in [
            (of(1000, 0o755), of(7, 0o644), false),
            (of(0, 0o755), of(7, 0o644), false),
            (of(7, 0o700), of(1000, 0o644), true),
            (of(1000, 0o775), of(1000, 0o644), true),
            (of(1000, 0o757), of(1000, 0o644), true),
            (of(0, 0o1777), of(1000, 0o644), false),
            (of(0, 0o1777), of(0, 0o644), false),
            (of(0, 0o1777), of(7, 0o644), true),
            (of(7, 0o1777), of(1000, 0o644), true),
            (Metadata::default(), of(7, 0o644), false),
        ] {
            assert_eq!(
                is_open(&folder, &inside, 1000),
                wanted,
                "{folder:?} {inside:?}"
            );
        }
    }
}
