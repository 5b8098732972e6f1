//! Writes a file at wire speed: many writes are under way at once.
//!
//! Invariant: [`Writer::finish`] succeeds only when the server has said yes to every write. What is
//! under way at once is bounded, so whoever writes goes no faster than the server takes it.

use std::collections::VecDeque;

use bytes::Bytes;
use catalog::arguments::RemotePath;
use sftp::{Attributes, Extension, Request, open};

use super::{
    error::FileError,
    files::{Files, Handle, Metadata, attributes, done},
    read::Reader,
    session::Pending,
};

/// Bytes of one write: the most that OpenSSH takes.
const CHUNK_BYTES: usize = 255 * 1024;
/// What every server takes (the draft, section 3).
const SMALL_CHUNK_BYTES: usize = 32 * 1024;
/// Bytes under way: twice the window of OpenSSH's channel, so that it is never empty.
const UNDER_WAY_BYTES: usize = 4 << 20;

/// A file that is written.
pub struct Writer {
    handle: Handle,
    chunk_bytes: usize,
    under_way_bytes: usize,
    pending: VecDeque<(usize, Pending)>,
    at: u64,
}

impl Files {
    /// Makes a file, which must not be there, to write it.
    ///
    /// # Errors
    /// As the server says; `Failed` where the name is taken.
    pub async fn create(&self, path: &RemotePath, mode: Option<u32>) -> Result<Writer, FileError> {
        let flags = open::WRITE | open::CREATE | open::EXCLUSIVE;
        self.writer(path, flags, mode).await
    }

    /// Opens a file that is there, to write over its bytes or behind them.
    ///
    /// # Errors
    /// As the server says.
    pub async fn write(&self, path: &RemotePath) -> Result<Writer, FileError> {
        self.writer(path, open::WRITE, None).await
    }

    async fn writer(
        &self,
        path: &RemotePath,
        flags: u32,
        mode: Option<u32>,
    ) -> Result<Writer, FileError> {
        let handle = self.open(path, flags, mode).await?;
        let limit = usize::try_from(self.session.limits().await.write_bytes).unwrap_or(usize::MAX);
        let chunk_bytes = match limit {
            0 => SMALL_CHUNK_BYTES,
            limit => limit.min(CHUNK_BYTES),
        };
        Ok(Writer {
            handle,
            chunk_bytes,
            under_way_bytes: 0,
            pending: VecDeque::new(),
            at: 0,
        })
    }
}

impl Writer {
    /// The next bytes go here; at first that is the beginning.
    pub fn seek(&mut self, offset: u64) {
        self.at = offset;
    }

    /// What the open file is.
    ///
    /// # Errors
    /// As the server says.
    pub async fn metadata(&self) -> Result<Metadata, FileError> {
        let handle = self.handle.id.clone();
        attributes(self.handle.session.ask(Request::FStat { handle })).await
    }

    /// Changes what is said of `attributes`, of the open file.
    ///
    /// # Errors
    /// As the server says.
    pub async fn set(&self, attributes: Attributes) -> Result<(), FileError> {
        let handle = self.handle.id.clone();
        let request = Request::FSetStat { handle, attributes };
        done(self.handle.session.ask(request)).await
    }

    /// Takes the next bytes; waits while too much is under way.
    ///
    /// # Errors
    /// An earlier write failed, as the server says.
    pub async fn push(&mut self, mut bytes: Bytes) -> Result<(), FileError> {
        while !bytes.is_empty() {
            while self.under_way_bytes >= UNDER_WAY_BYTES {
                self.confirm().await?;
            }
            let data = bytes.split_to(bytes.len().min(self.chunk_bytes));
            let len = data.len();
            let request = Request::Write {
                handle: self.handle.id.clone(),
                offset: self.at,
                data,
            };
            self.pending
                .push_back((len, self.handle.session.ask(request)));
            self.under_way_bytes += len;
            self.at += len as u64;
        }
        Ok(())
    }

    /// Copies bytes of another file of the same server, without a way over the line; they go where the
    /// next bytes go.
    ///
    /// # Errors
    /// As the server says; `Unsupported` where its SFTP cannot.
    pub async fn copy_from(
        &mut self,
        from: &Reader,
        offset: u64,
        len: u64,
    ) -> Result<(), FileError> {
        if !self.handle.session.extensions.copy_data {
            return Err(FileError::Unsupported);
        }
        let extension = Extension::CopyData {
            from: from.handle.id.clone(),
            from_offset: offset,
            len,
            to: self.handle.id.clone(),
            to_offset: self.at,
        };
        done(self.handle.session.ask(Request::Extended(extension))).await?;
        self.at += len;
        Ok(())
    }

    /// Waits until the server has all of it; `to_disk`: and its disk, where the server can say so.
    ///
    /// # Errors
    /// A write failed, as the server says.
    pub async fn finish(&mut self, to_disk: bool) -> Result<(), FileError> {
        while !self.pending.is_empty() {
            self.confirm().await?;
        }
        if to_disk && self.handle.session.extensions.fsync {
            let handle = self.handle.id.clone();
            let request = Request::Extended(Extension::Fsync { handle });
            done(self.handle.session.ask(request)).await?;
        }
        Ok(())
    }

    async fn confirm(&mut self) -> Result<(), FileError> {
        if let Some((len, pending)) = self.pending.pop_front() {
            self.under_way_bytes -= len;
            done(pending).await?;
        }
        Ok(())
    }
}
