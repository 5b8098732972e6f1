//! Into the Recycle Bin and out of it.

use catalog::arguments::{FileName, RemotePath};
use chrono::Local;
use ssh::FileError;

use super::{
    Mounts, TrashFolder, info_of,
    note::{numbered, percent_encoded},
};
use crate::{
    Error,
    files::{Doing, Problem, ServerFilesToChange, way},
};

impl ServerFilesToChange {
    /// Puts one thing into the Recycle Bin; gives its id there.
    ///
    /// # Errors
    /// As the server says; it is then where it was.
    pub(in crate::files) async fn put_into_trash(
        &self,
        path: &RemotePath,
        mounts: &Mounts,
    ) -> Result<RemotePath, Error> {
        let Some((above, name)) = path.split() else {
            return Err(self.refused(path, Doing::Delete, Problem::IntoItself));
        };
        let folder = self.trash_for(path, mounts).await?;
        let (Some(files), Some(info)) = (folder.inside("files"), folder.inside("info")) else {
            return Err(self.refused(path, Doing::Delete, Problem::NameTooLong));
        };
        if path.holds(&folder.path) || files.holds(path) {
            return Err(self.refused(path, Doing::Delete, Problem::IntoItself));
        }
        for wanted in [&folder.path, &files, &info] {
            self.private_folder(wanted).await?;
        }
        // One that was there may be in the reach of others, and then nothing would come back out of it.
        if folder.top.is_some() && !self.is_own_trash(&folder).await? {
            return Err(self.refused(path, Doing::Delete, Problem::NotYourOwn));
        }
        let from = self.without_links(&above, &name).await;
        let recorded = match &folder.top {
            None => percent_encoded(from.as_ref().unwrap_or(path).as_bytes()),
            Some(top) => {
                let from = from.filter(|from| top.holds(from));
                let start = if top.as_bytes().len() == 1 {
                    1
                } else {
                    top.as_bytes().len() + 1
                };
                let from = from.as_ref().unwrap_or(path).as_bytes();
                percent_encoded(from.get(start..).unwrap_or_default())
            }
        };
        let date = Local::now().format("%Y-%m-%dT%H:%M:%S");
        let content = format!("[Trash Info]\nPath={recorded}\nDeletionDate={date}\n");
        for number in 1..10_000 {
            let Some(kept) = numbered(&name, number) else {
                break;
            };
            let (Some(note), Ok(place)) = (info_of(&folder, &kept), files.join(&kept)) else {
                break;
            };
            let mut writer = match self.files.create(&note, Some(0o600)).await {
                Ok(writer) => writer,
                Err(FileError::Failed { .. })
                    if matches!(self.files.exists(&note).await, Ok(true)) =>
                {
                    continue;
                }
                Err(error) => return Err(self.failed(&note, Doing::Make, error).await),
            };
            let noted = async {
                writer.push(content.clone().into()).await?;
                writer.finish(false).await
            };
            let moved = match noted.await {
                // Something whose note was lost may be there.
                Ok(()) if matches!(self.files.exists(&place).await, Ok(true)) => {
                    let _ = self.files.remove(&note).await;
                    continue;
                }
                Ok(()) => self.files.rename(path, &place).await,
                Err(error) => Err(error),
            };
            drop(writer);
            return match moved {
                Ok(()) => Ok(place),
                Err(error) => {
                    // The note is ours, and of nothing.
                    let _ = self.files.remove(&note).await;
                    Err(self.failed(path, Doing::Delete, error).await)
                }
            };
        }
        Err(self.refused(path, Doing::Delete, Problem::AlreadyExists))
    }

    /// The path of something in a folder with no link on the way: it is found again whatever becomes of
    /// the links. `None`: the server does not say.
    async fn without_links(&self, folder: &RemotePath, name: &FileName) -> Option<RemotePath> {
        self.files.real_path(folder).await.ok()?.join(name).ok()
    }

    /// The Trash folder for a path: on its own filesystem.
    async fn trash_for(&self, path: &RemotePath, mounts: &Mounts) -> Result<TrashFolder, Error> {
        let Mounts {
            home_trash,
            home,
            points,
        } = mounts;
        let top = |path: &RemotePath| {
            let holding = points.iter().filter(|point| point.holds(path));
            holding.max_by_key(|point| point.as_bytes().len()).cloned()
        };
        let Some(top) = top(path).filter(|found| Some(found) != top(home).as_ref()) else {
            return Ok(home_trash.clone());
        };
        if !self.is_kept_top(&top).await? {
            return Err(self.refused(path, Doing::Delete, Problem::NotYourOwn));
        }
        Ok(self
            .trash_at(&top)
            .await
            .unwrap_or_else(|| home_trash.clone()))
    }

    /// What [`Self::put_into_trash`] has to know, asked once.
    pub(in crate::files) async fn mounts_and_home(&self) -> Result<Mounts, Error> {
        let (home_trash, home) = self.home_trash().await?;
        Ok(Mounts {
            home_trash,
            home,
            points: self.mounts().await,
        })
    }

    /// A folder of this user's own, with those above it.
    async fn private_folder(&self, path: &RemotePath) -> Result<(), Error> {
        if self.owned(path).await?.is_some() {
            return Ok(());
        }
        let mut missing = Vec::new();
        let mut at = path.clone();
        loop {
            match self.files.lstat(&at).await {
                Ok(there) if there.is_folder() => break,
                // A link may lead anywhere.
                Ok(_) => return Err(self.refused(&at, Doing::Make, Problem::NotAFolder)),
                Err(FileError::NoSuchFile) => {}
                Err(error) => return Err(self.failed(&at, Doing::Look, error).await),
            }
            missing.push(at.clone());
            match at.split() {
                Some((folder, _)) => at = folder,
                None => break,
            }
        }
        for folder in missing.iter().rev() {
            let made = self.files.make_folder(folder, Some(0o700)).await;
            self.told(folder, Doing::Make, made).await?;
        }
        Ok(())
    }

    /// Puts an item of the Recycle Bin back to where it was.
    ///
    /// # Errors
    /// As the server says; it is no such item; its place is taken.
    pub(in crate::files) async fn put_back(&self, id: &str) -> Result<RemotePath, Error> {
        let (folder, name, place) = self.trashed(id).await?;
        let (original, _) = self.trash_info(&folder, &name).await;
        let Some(original) = original else {
            return Err(self.refused(&place, Doing::Look, Problem::Sftp(FileError::NoSuchFile)));
        };
        if let Some((parent, _)) = original.split() {
            // It may be long ago that it was there.
            let way = way::is_of_others(self, &parent).await;
            if self.told(&parent, Doing::Look, way).await? {
                return Err(self.refused(&parent, Doing::Rename, Problem::Replaced));
            }
            self.folders(&parent).await?;
        }
        self.rename(&place, &original).await?;
        if let Some(note) = info_of(&folder, &name) {
            // Without its item it is of no use to anybody.
            let _ = self.files.remove(&note).await;
        }
        Ok(original)
    }

    /// Makes a folder and those above it where they are missing.
    async fn folders(&self, path: &RemotePath) -> Result<(), Error> {
        let mut missing = Vec::new();
        let mut at = path.clone();
        while let Err(FileError::NoSuchFile) = self.files.stat(&at).await {
            missing.push(at.clone());
            match at.split() {
                Some((folder, _)) => at = folder,
                None => break,
            }
        }
        for folder in missing.iter().rev() {
            self.make_folder(folder).await?;
        }
        Ok(())
    }

    /// An item by its id: only what lies in a Trash folder of this user is one.
    pub(in crate::files) async fn trashed(
        &self,
        id: &str,
    ) -> Result<(TrashFolder, FileName, RemotePath), Error> {
        let unknown = || Error::Invalid("this is no item of the Recycle Bin".to_owned());
        let place = RemotePath::try_from(id.to_owned()).map_err(|_| unknown())?;
        let (files, name) = place.split().ok_or_else(unknown)?;
        let mut places = self.trash_places().await?.into_iter();
        let folder = places.find(|folder| folder.inside("files").as_ref() == Some(&files));
        let folder = folder.ok_or_else(unknown)?;
        match self.is_own_trash(&folder).await? {
            true => Ok((folder, name, place)),
            false => Err(unknown()),
        }
    }

    /// Forgets where an item was, when it is gone.
    pub(in crate::files) async fn forget_trashed(&self, folder: &TrashFolder, name: &FileName) {
        if let Some(note) = info_of(folder, name) {
            // Without its item it is of no use to anybody.
            let _ = self.files.remove(&note).await;
        }
    }
}
