//! Reads fixed files whole, as the dashboard's figures need it.
//!
//! Invariant: the requests of one call go out side by side, so reading any number of small files
//! takes three round trips.

use std::time::Duration;

use bytes::Bytes;
use catalog::FixedPath;
use futures::future::join_all;
use sftp::{Attributes, Request, open};
use tokio::time::{Instant, timeout};

use super::{
    failed, in_own_task, session,
    session::{Failure, Session, data},
};
use crate::{Connection, ExecError};

/// Bytes asked for at once: the most that OpenSSH sends.
const CHUNK_BYTES: u32 = 255 * 1024;
/// A file larger than this is not read.
const FILE_BYTES: usize = 4 << 20;
/// Files open at once; servers allow a hundred and more.
const OPEN_FILES: usize = 64;

/// One file that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Its path.
    pub path: FixedPath,
    /// Its content; `None`: absent, or not for this user to read.
    pub bytes: Option<Vec<u8>>,
}

impl Connection {
    /// Reads files, in the order they were asked for, all within `time`.
    ///
    /// # Errors
    /// `NoSftp` where the server has none; `OutputTooLarge` for a file of more than 4 MiB.
    pub async fn read_files(
        &self,
        paths: &[FixedPath],
        time: Duration,
    ) -> Result<Vec<FileRead>, ExecError> {
        let (this, paths) = (self.clone(), paths.to_vec());
        in_own_task(&self.inner, async move {
            let late = ExecError::Timeout { after: time };
            let begun = Instant::now();
            // A task of its own: when it takes too long it goes on, for the next call to find it.
            let opener = this.clone();
            let opening = tokio::spawn(async move { session(&opener).await });
            let session = match timeout(time, opening).await {
                Ok(Ok(session)) => session?,
                Ok(Err(_)) => return Err(this.inner.lost().await),
                Err(_) => return Err(late),
            };
            let left = time.saturating_sub(begun.elapsed());
            let result = match timeout(left, read_all(&session, &paths)).await {
                Ok(Ok(files)) => return Ok(files),
                Ok(Err(error)) => error,
                Err(_) => late,
            };
            this.sftp().forget(&session).await;
            Err(result)
        })
        .await
    }
}

async fn read_all(session: &Session, paths: &[FixedPath]) -> Result<Vec<FileRead>, ExecError> {
    let mut files = Vec::with_capacity(paths.len());
    for some in paths.chunks(OPEN_FILES) {
        let contents = read_some(session, some).await?;
        files.extend(
            some.iter()
                .zip(contents)
                .map(|(path, bytes)| FileRead { path: *path, bytes }),
        );
    }
    Ok(files)
}

async fn read_some(
    session: &Session,
    paths: &[FixedPath],
) -> Result<Vec<Option<Vec<u8>>>, ExecError> {
    let opening: Vec<Request> = paths
        .iter()
        .map(|path| Request::Open {
            path: Bytes::from_static(path.as_str().as_bytes()),
            flags: open::READ,
            attributes: Attributes::default(),
        })
        .collect();
    let opening = opening.into_iter().map(|request| session.open(request));
    let mut handles = Vec::with_capacity(paths.len());
    for opened in join_all(opening).await {
        match opened {
            Ok(handle) => handles.push(Some(handle)),
            Err(Failure::Status { .. }) => handles.push(None),
            Err(failure) => return Err(failed(&failure)),
        }
    }
    let contents = join_all(handles.iter().map(|handle| async {
        match handle {
            Some(handle) => read_one(session, handle).await,
            None => Ok(None),
        }
    }));
    let contents = contents.await;
    for handle in handles.into_iter().flatten() {
        session.close(handle);
    }
    contents.into_iter().collect()
}

/// Reads to the end. Files of `/proc` have no size, so only an answer of "end" is the end.
async fn read_one(session: &Session, handle: &Bytes) -> Result<Option<Vec<u8>>, ExecError> {
    let mut content = Vec::new();
    loop {
        let answer = session.read(handle, content.len() as u64, CHUNK_BYTES);
        match answer.await.and_then(|answer| data(answer, CHUNK_BYTES)) {
            Ok(data) if data.is_empty() => return Ok(Some(content)),
            Ok(data) if content.len() + data.len() > FILE_BYTES => {
                return Err(ExecError::OutputTooLarge {
                    limit_bytes: FILE_BYTES,
                });
            }
            Ok(data) => content.extend_from_slice(&data),
            Err(failure) if failure.is_end_of_file() => return Ok(Some(content)),
            Err(Failure::Status { .. }) => return Ok(None),
            Err(failure) => return Err(failed(&failure)),
        }
    }
}
