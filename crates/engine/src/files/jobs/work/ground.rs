//! A job on its ground: folder after folder, over however many connections.
//!
//! Invariant: a lost connection is waited for here, so that no job takes one for the answer.

use catalog::arguments::RemotePath;
use ssh::FolderEntry;

use super::{Stop, Work, is_lost};
use crate::files::{
    Doing,
    ground::{Ground, Tops},
    walk::Walk,
};

impl Work {
    /// The next folder of a walk with what is in it, listed again after a lost connection; one that
    /// cannot be listed is told and passed over. `None`: that was all.
    pub(in crate::files::jobs) async fn next_folder(
        &self,
        server: &str,
        walk: &mut Walk,
    ) -> Result<Option<(Ground, Vec<FolderEntry>)>, Stop> {
        while let Some((folder, entries)) = walk.next().await {
            self.go_on().await?;
            let error = match entries {
                Ok(entries) => return Ok(Some((folder, entries))),
                Err(error) => error,
            };
            let files = self.files_to_read(server).await?;
            let error = files.failed_by(&folder.path, Doing::List, error).await;
            if is_lost(&error) {
                walk.again(folder, self.files_to_read(server).await?.files.clone());
            } else {
                self.fail(&folder.path, &error);
            }
        }
        Ok(None)
    }

    /// A folder, as it is now.
    pub(in crate::files::jobs) async fn ground(
        &self,
        server: &str,
        folder: &RemotePath,
    ) -> Result<Ground, Stop> {
        loop {
            let files = self.files_to_read(server).await?;
            let error = match Ground::of(&files, folder).await {
                Ok(ground) => return Ok(ground),
                Err(error) => files.failed(folder, Doing::Look, error).await,
            };
            if !is_lost(&error) {
                return Err(error.into());
            }
        }
    }

    /// The folder that a path lies in, as it is now.
    pub(in crate::files::jobs) async fn around(
        &self,
        server: &str,
        path: &RemotePath,
        tops: &mut Tops,
    ) -> Result<Ground, Stop> {
        loop {
            let files = self.files_to_read(server).await?;
            match tops.around(&files, path).await {
                Ok(ground) => return Ok(ground),
                Err(error) => {
                    let error = files.failed(path, Doing::Look, error).await;
                    if !is_lost(&error) {
                        return Err(error.into());
                    }
                }
            }
        }
    }

    /// Makes sure, where that is in question, that a folder is where it was.
    pub(in crate::files::jobs) async fn check(
        &self,
        server: &str,
        folder: &Ground,
        doing: Doing,
    ) -> Result<(), Stop> {
        while folder.is_exchangeable() {
            let files = self.files_to_read(server).await?;
            let Err(problem) = folder.check(&files.files).await else {
                break;
            };
            let error = files.failed_by(&folder.path, doing, problem).await;
            if !is_lost(&error) {
                return Err(error.into());
            }
        }
        Ok(())
    }
}
