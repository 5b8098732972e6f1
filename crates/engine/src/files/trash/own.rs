//! Which Trash folders are this user's own: only those are looked into, filled and emptied.
//!
//! Invariant: a Trash folder and both folders in it are folders themselves, no links, and the user's; where it
//! lies on another filesystem than the home, nobody else can put another in its place.

use catalog::arguments::RemotePath;
use futures::future::join;
use ssh::{FileError, Metadata};

use super::{TrashFolder, below};
use crate::{
    Error,
    files::{
        Doing, Problem, ServerFiles,
        ground::{OTHERS_WRITE, STICKY, is_open},
    },
};

/// A folder, of what was looked at by itself.
fn is_owned(folder: &Metadata, user: u32) -> bool {
    folder.is_folder() && folder.owner.is_some_and(|(owner, _)| owner == user)
}

/// A folder in which others than the user and root can put nothing in another's place.
fn is_kept(folder: &Metadata, user: u32) -> bool {
    let ours = Metadata {
        owner: Some((user, 0)),
        ..Metadata::default()
    };
    folder.is_folder() && !is_open(folder, &ours, user)
}

/// A shared `.Trash`, in which each user has a folder.
pub(super) fn is_shared(folder: &Metadata, user: u32) -> bool {
    is_kept(folder, user) && folder.mode.is_some_and(|mode| mode & STICKY != 0)
}

impl ServerFiles {
    /// Whether a Trash folder is there and this user's own.
    ///
    /// # Errors
    /// As the server says; [`Problem::NotYourOwn`]: something else is there, or others could put it there.
    pub(super) async fn is_own_trash(&self, folder: &TrashFolder) -> Result<bool, Error> {
        let (Some(files), Some(info)) = (folder.inside("files"), folder.inside("info")) else {
            return Ok(false);
        };
        let found = self.files.lstat(&folder.path).await;
        // Of filesystems there are many that a user may not look into.
        if folder.top.is_some() && matches!(found, Err(FileError::PermissionDenied)) {
            return Ok(false);
        }
        let Some(trash) = self.owned_as_found(&folder.path, found).await? else {
            return Ok(false);
        };
        if let Some(top) = &folder.top {
            if trash.mode.unwrap_or(OTHERS_WRITE) & OTHERS_WRITE != 0 {
                return Err(self.refused(&folder.path, Doing::List, Problem::NotYourOwn));
            }
            if !self.is_kept_top(top).await? {
                return Err(self.refused(top, Doing::List, Problem::NotYourOwn));
            }
            let above = folder.path.split().map(|(above, _)| above);
            if let Some(shared) = above.filter(|above| above != top) {
                let there = self.files.lstat(&shared).await;
                if !is_shared(&self.told(&shared, Doing::Look, there).await?, self.user) {
                    return Err(self.refused(&shared, Doing::List, Problem::NotYourOwn));
                }
            }
        }
        let (files, info) = join(self.owned(&files), self.owned(&info)).await;
        info?;
        Ok(files?.is_some())
    }

    /// Whether in the top of a filesystem nobody else can put another in the place of this user's Trash
    /// folder.
    ///
    /// # Errors
    /// As the server says.
    pub(super) async fn is_kept_top(&self, top: &RemotePath) -> Result<bool, Error> {
        let there = self.files.lstat(top).await;
        Ok(is_kept(
            &self.told(top, Doing::Look, there).await?,
            self.user,
        ))
    }

    /// A folder of this user's own; `None`: nothing is there.
    ///
    /// # Errors
    /// As the server says; [`Problem::NotYourOwn`]: it is a link, or another user's.
    pub(super) async fn owned(&self, path: &RemotePath) -> Result<Option<Metadata>, Error> {
        let found = self.files.lstat(path).await;
        self.owned_as_found(path, found).await
    }

    async fn owned_as_found(
        &self,
        path: &RemotePath,
        found: Result<Metadata, FileError>,
    ) -> Result<Option<Metadata>, Error> {
        match found {
            // Where a server names no owner, no other user is known either.
            Ok(there) if there.is_folder() && there.owner.is_none() => Ok(Some(there)),
            Ok(there) if is_owned(&there, self.user) => Ok(Some(there)),
            Ok(_) => Err(self.refused(path, Doing::List, Problem::NotYourOwn)),
            Err(FileError::NoSuchFile) => Ok(None),
            Err(error) => Err(self.failed(path, Doing::Look, error).await),
        }
    }

    /// Where the Trash folder of another filesystem lies: in a shared one, or by itself.
    pub(super) async fn trash_at(&self, top: &RemotePath) -> Option<TrashFolder> {
        let shared = below(top, &[".Trash"])?;
        let there = self.files.lstat(&shared).await;
        let path = match there.is_ok_and(|there| is_shared(&there, self.user)) {
            true => below(&shared, &[&self.user.to_string()]),
            false => below(top, &[&format!(".Trash-{}", self.user)]),
        };
        Some(TrashFolder {
            path: path?,
            top: Some(top.clone()),
        })
    }
}
