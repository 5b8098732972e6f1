//! The files of a server: everything that is asked and changed by a path.

use bytes::Bytes;
use catalog::arguments::RemotePath;
use sftp::{Answer, Attributes, Extension, Ids, Names, Request, StatVfs, open};

use super::{
    error::FileError,
    pass::{Pass, Passed},
    session::{Failure, Pending},
};
use crate::{Connection, ExecError};

/// What a file is and whose. `None`: the server does not say.
pub type Metadata = Attributes;
/// A filesystem.
pub type Disk = StatVfs;

/// The files of a server, over the one SFTP channel. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    pub(super) session: Passed,
}

impl Connection {
    /// The server's files.
    ///
    /// # Errors
    /// `NoSftp` where the server has none.
    pub async fn files(&self) -> Result<Files, ExecError> {
        let session = Passed::new(self.session().await?);
        Ok(Files { session })
    }
}

/// A path as it stands in a request.
pub(super) fn raw(path: &RemotePath) -> Bytes {
    Bytes::copy_from_slice(path.as_bytes())
}

impl Files {
    /// The same files, whose requests go only while the check passes, those of what is open already too.
    #[must_use]
    pub fn only_while(self, pass: Pass) -> Self {
        Self {
            session: self.session.only_while(pass),
        }
    }

    /// What a path is; of a link itself.
    ///
    /// # Errors
    /// As the server says.
    pub async fn lstat(&self, path: &RemotePath) -> Result<Metadata, FileError> {
        attributes(self.session.ask(Request::LStat { path: raw(path) })).await
    }

    /// What a path is; of what a link leads to.
    ///
    /// # Errors
    /// As the server says; `NoSuchFile` for a broken link.
    pub async fn stat(&self, path: &RemotePath) -> Result<Metadata, FileError> {
        attributes(self.session.ask(Request::Stat { path: raw(path) })).await
    }

    /// Whether something is there, a broken link too.
    ///
    /// # Errors
    /// It could not be found out.
    pub async fn exists(&self, path: &RemotePath) -> Result<bool, FileError> {
        match self.lstat(path).await {
            Ok(_) => Ok(true),
            Err(FileError::NoSuchFile) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// What a link holds: any bytes.
    ///
    /// # Errors
    /// As the server says.
    pub async fn read_link(&self, path: &RemotePath) -> Result<Bytes, FileError> {
        one_name(self.session.ask(Request::ReadLink { path: raw(path) })).await
    }

    /// The path without links.
    ///
    /// # Errors
    /// As the server says; what it sends is no path.
    pub async fn real_path(&self, path: &RemotePath) -> Result<RemotePath, FileError> {
        self.resolved(raw(path)).await
    }

    /// Where the user's session starts: the home folder.
    ///
    /// # Errors
    /// As the server says; what it sends is no path.
    pub async fn home(&self) -> Result<RemotePath, FileError> {
        self.resolved(Bytes::from_static(b".")).await
    }

    async fn resolved(&self, path: Bytes) -> Result<RemotePath, FileError> {
        let name = one_name(self.session.ask(Request::RealPath { path })).await?;
        RemotePath::from_bytes(&name).map_err(|refused| FileError::Protocol {
            reason: refused.to_string(),
        })
    }

    /// Makes a folder.
    ///
    /// # Errors
    /// As the server says; `Failed` where the name is taken.
    pub async fn make_folder(&self, path: &RemotePath, mode: Option<u32>) -> Result<(), FileError> {
        let attributes = Attributes {
            mode,
            ..Attributes::default()
        };
        let path = raw(path);
        done(self.session.ask(Request::MkDir { path, attributes })).await
    }

    /// Makes a link that holds any bytes.
    ///
    /// # Errors
    /// As the server says; `Failed` where the name is taken.
    pub async fn make_link(&self, path: &RemotePath, target: &[u8]) -> Result<(), FileError> {
        let target = Bytes::copy_from_slice(target);
        let path = raw(path);
        done(self.session.ask(Request::SymLink { target, path })).await
    }

    /// Deletes what is no folder; of a link the link.
    ///
    /// # Errors
    /// As the server says.
    pub async fn remove(&self, path: &RemotePath) -> Result<(), FileError> {
        done(self.session.ask(Request::Remove { path: raw(path) })).await
    }

    /// Deletes an empty folder.
    ///
    /// # Errors
    /// As the server says; `Failed` where it is not empty.
    pub async fn remove_folder(&self, path: &RemotePath) -> Result<(), FileError> {
        done(self.session.ask(Request::RmDir { path: raw(path) })).await
    }

    /// Renames; never over something that is there.
    ///
    /// # Errors
    /// As the server says; `Failed` where the name is taken or lies on another filesystem.
    pub async fn rename(&self, from: &RemotePath, to: &RemotePath) -> Result<(), FileError> {
        let (from, to) = (raw(from), raw(to));
        done(self.session.ask(Request::Rename { from, to })).await
    }

    /// Renames over what is there, in one step.
    ///
    /// # Errors
    /// As the server says; `Unsupported` where its SFTP has no such step.
    pub async fn replace(&self, from: &RemotePath, to: &RemotePath) -> Result<(), FileError> {
        if !self.session.extensions.posix_rename {
            return Err(FileError::Unsupported);
        }
        let (from, to) = (raw(from), raw(to));
        let extension = Extension::PosixRename { from, to };
        done(self.session.ask(Request::Extended(extension))).await
    }

    /// Changes what is said of `attributes`; of what a link leads to.
    ///
    /// # Errors
    /// As the server says.
    pub async fn set(&self, path: &RemotePath, attributes: Attributes) -> Result<(), FileError> {
        let path = raw(path);
        done(self.session.ask(Request::SetStat { path, attributes })).await
    }

    /// Changes what is said of `attributes`; of a link itself.
    ///
    /// # Errors
    /// As the server says; `Unsupported` where its SFTP cannot.
    pub async fn set_link(
        &self,
        path: &RemotePath,
        attributes: Attributes,
    ) -> Result<(), FileError> {
        if !self.session.extensions.l_set_stat {
            return Err(FileError::Unsupported);
        }
        let path = raw(path);
        let extension = Extension::LSetStat { path, attributes };
        done(self.session.ask(Request::Extended(extension))).await
    }

    /// The filesystem of a path; `None`: the server cannot say.
    ///
    /// # Errors
    /// As the server says.
    pub async fn disk(&self, path: &RemotePath) -> Result<Option<Disk>, FileError> {
        if !self.session.extensions.stat_vfs {
            return Ok(None);
        }
        let extension = Extension::StatVfs { path: raw(path) };
        match self.session.ask(Request::Extended(extension)).await? {
            Answer::Extended(data) => Ok(Some(StatVfs::take(data).map_err(Failure::from)?)),
            _ => Err(Failure::Unfit.into()),
        }
    }

    /// The names of users and groups, in their order, empty where there is none; `None`: the server
    /// cannot say.
    ///
    /// # Errors
    /// As the server says.
    pub async fn names(&self, ids: Ids) -> Result<Option<Names>, FileError> {
        if !self.session.extensions.users_groups_by_id {
            return Ok(None);
        }
        let extension = Extension::UsersGroupsById(ids);
        match self.session.ask(Request::Extended(extension)).await? {
            Answer::Extended(data) => Ok(Some(Names::take(data).map_err(Failure::from)?)),
            _ => Err(Failure::Unfit.into()),
        }
    }

    /// Opens a file; its handle closes with the value that is made of it.
    pub(super) async fn open(
        &self,
        path: &RemotePath,
        flags: u32,
        mode: Option<u32>,
    ) -> Result<Handle, FileError> {
        let request = Request::Open {
            path: raw(path),
            flags,
            attributes: Attributes {
                mode,
                ..Attributes::default()
            },
        };
        self.handle(request).await
    }

    pub(super) async fn handle(&self, request: Request) -> Result<Handle, FileError> {
        Ok(Handle {
            id: self.session.open(request).await?,
            session: self.session.clone(),
        })
    }

    /// Makes an empty file.
    ///
    /// # Errors
    /// As the server says; `Failed` where the name is taken.
    pub async fn make_file(&self, path: &RemotePath) -> Result<(), FileError> {
        let flags = open::WRITE | open::CREATE | open::EXCLUSIVE;
        self.open(path, flags, None).await.map(drop)
    }
}

/// Something open on the server; it is closed there when this is dropped.
pub(super) struct Handle {
    pub(super) id: Bytes,
    pub(super) session: Passed,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.session.close(std::mem::take(&mut self.id));
    }
}

/// Waits for a plain "ok".
pub(super) async fn done(pending: Pending) -> Result<(), FileError> {
    match pending.await? {
        Answer::Status { .. } => Ok(()),
        _ => Err(Failure::Unfit.into()),
    }
}

pub(super) async fn attributes(pending: Pending) -> Result<Attributes, FileError> {
    match pending.await? {
        Answer::Attributes(attributes) => Ok(attributes),
        _ => Err(Failure::Unfit.into()),
    }
}

async fn one_name(pending: Pending) -> Result<Bytes, FileError> {
    match pending.await? {
        Answer::Name(names) => match <[_; 1]>::try_from(names) {
            Ok([entry]) => Ok(entry.name),
            Err(_) => Err(Failure::Unfit.into()),
        },
        _ => Err(Failure::Unfit.into()),
    }
}
