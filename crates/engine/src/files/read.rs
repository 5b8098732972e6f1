//! A file's bytes for a page: whole or a part, as fast as they are taken.

use bytes::Bytes;
use catalog::arguments::RemotePath;
use ssh::{Metadata, Reader};

use super::{Doing, ServerFiles};
use crate::Error;

/// A file that is read.
pub struct Content {
    pub(super) files: ServerFiles,
    pub(super) path: RemotePath,
    pub(super) reader: Reader,
    /// What it was when it was opened.
    pub(super) metadata: Metadata,
}

impl ServerFiles {
    /// Opens a regular file to read it.
    ///
    /// # Errors
    /// As the server says; it is no regular file.
    pub async fn content(&self, path: &RemotePath) -> Result<Content, Error> {
        self.regular(path).await?;
        match self.files.read(path).await {
            Ok((reader, metadata)) => Ok(Content {
                files: self.clone(),
                path: path.clone(),
                reader,
                metadata,
            }),
            Err(error) => Err(self.failed(path, Doing::Read, error).await),
        }
    }
}

impl Content {
    /// Its size when it was opened.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.metadata.size_bytes.unwrap_or(0)
    }

    /// When it was changed, seconds since 1970; `None`: the server does not say.
    #[must_use]
    pub fn modified_at(&self) -> Option<u32> {
        self.metadata.times.map(|(_, modified)| modified)
    }

    /// Only the bytes from `start` on, before `end`; before the first call of [`Self::next`].
    pub fn range(&mut self, start: u64, end: u64) {
        self.reader.range(start, end);
    }

    /// The next bytes; `None`: that was all.
    ///
    /// # Errors
    /// As the server says; the file became shorter.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        match self.reader.next().await {
            Ok(bytes) => Ok(bytes),
            Err(error) => Err(self.files.failed(&self.path, Doing::Read, error).await),
        }
    }
}
