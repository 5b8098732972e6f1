//! Reads fixed files by SFTP: one channel per connection, opened on first use and used again.
//!
//! Invariant: the requests of one call go out side by side, so reading any number of small files
//! takes three round trips; a channel that failed is dropped and the next call opens another.

use std::{sync::Arc, time::Duration};

use catalog::FixedPath;
use futures::{FutureExt, future::join_all};
use russh::{Channel, ChannelMsg, client::Msg};
use russh_sftp::{
    client::{Config, RawSftpSession, error::Error},
    protocol::{FileAttributes, OpenFlags, StatusCode},
};
use tokio::{
    sync::{Mutex, oneshot},
    time::{Instant, timeout, timeout_at},
};

use crate::{
    Connection, ExecError,
    channels::{self, NotOpened},
    connection::Inner,
    error::one_line,
};

/// Bytes asked for at once: the most that OpenSSH sends.
const CHUNK_BYTES: u32 = 255 * 1024;
/// A file larger than this is not read.
const FILE_BYTES: usize = 4 << 20;
/// Files open at once. OpenSSH numbers its handles from zero, and russh-sftp holds a handle as
/// text, which a number of 128 or more is not.
const OPEN_FILES: usize = 64;
/// How long the server may take to start SFTP.
const START: Duration = Duration::from_secs(15);

/// One file that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Its path.
    pub path: FixedPath,
    /// Its content; `None`: absent, or not for this user to read.
    pub bytes: Option<Vec<u8>>,
}

/// The channel of one connection.
pub(crate) struct Sftp(Mutex<State>);

enum State {
    Unused,
    Open(Arc<RawSftpSession>),
    Absent,
}

impl Sftp {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(State::Unused))
    }

    /// Closes the channel for good, where one is open: a command needs its place. Says whether it
    /// did.
    pub(crate) async fn give_up(&self) -> bool {
        let mut state = self.0.lock().await;
        let open = matches!(*state, State::Open(_));
        if open {
            *state = State::Absent;
        }
        open
    }

    /// Drops a channel that failed, unless another has taken its place already.
    async fn forget(&self, failed: &Arc<RawSftpSession>) {
        let mut state = self.0.lock().await;
        if matches!(&*state, State::Open(open) if Arc::ptr_eq(open, failed)) {
            *state = State::Unused;
        }
    }
}

impl Connection {
    /// Whether the server offers SFTP; found out on first use and remembered. `false` too where it
    /// could not be found out, and then not remembered.
    pub async fn has_sftp(&self) -> bool {
        let inner = Arc::clone(&self.inner);
        in_own_task(&self.inner, async move { session(inner).await.map(drop) })
            .await
            .is_ok()
    }

    /// Reads files, in the order they were asked for, all within `time`.
    ///
    /// # Errors
    /// `NoSftp` where the server has none; `OutputTooLarge` for a file of more than 4 MiB.
    pub async fn read_files(
        &self,
        paths: &[FixedPath],
        time: Duration,
    ) -> Result<Vec<FileRead>, ExecError> {
        let (inner, paths) = (Arc::clone(&self.inner), paths.to_vec());
        in_own_task(&self.inner, async move {
            let late = ExecError::Timeout { after: time };
            let begun = Instant::now();
            // A task of its own: when it takes too long it goes on, for the next call to find it.
            let opening = tokio::spawn(session(Arc::clone(&inner)));
            let session = match timeout(time, opening).await {
                Ok(Ok(session)) => session?,
                Ok(Err(_)) => return Err(inner.lost().await),
                Err(_) => return Err(late),
            };
            let left = time.saturating_sub(begun.elapsed());
            let result = match timeout(left, read_all(&session, &paths)).await {
                Ok(Ok(files)) => return Ok(files),
                Ok(Err(error)) => error,
                Err(_) => late,
            };
            inner.sftp.forget(&session).await;
            Err(result)
        })
        .await
    }
}

/// Lets the work go on to its end when the caller is gone, so that every handle is closed.
async fn in_own_task<T: Send + 'static>(
    inner: &Arc<Inner>,
    work: impl Future<Output = Result<T, ExecError>> + Send + 'static,
) -> Result<T, ExecError> {
    let (answer, answered) = oneshot::channel();
    tokio::spawn(async move {
        // A failure means that the caller is gone.
        let _ = answer.send(work.await);
    });
    let lost = || inner.closed().now_or_never().is_some();
    match answered.await {
        Ok(Err(ExecError::Sftp { .. })) if lost() => Err(inner.lost().await),
        Ok(result) => result,
        Err(_) => Err(inner.lost().await),
    }
}

/// The open channel, or a new one.
async fn session(inner: Arc<Inner>) -> Result<Arc<RawSftpSession>, ExecError> {
    let mut state = inner.sftp.0.lock().await;
    match &*state {
        State::Open(session) => return Ok(Arc::clone(session)),
        State::Absent => return Err(ExecError::NoSftp),
        State::Unused => {}
    }
    let started = start(&inner).await;
    match &started {
        Ok(session) => *state = State::Open(Arc::clone(session)),
        Err(ExecError::NoSftp) => *state = State::Absent,
        Err(_) => {}
    }
    started
}

/// Opens a channel and starts SFTP on it; one on which it does not start is closed.
async fn start(inner: &Arc<Inner>) -> Result<Arc<RawSftpSession>, ExecError> {
    let late = Instant::now() + START;
    let too_late = |_| ExecError::Timeout { after: START };
    let mut channel = timeout_at(late, open(inner)).await.map_err(too_late)??;
    match timeout_at(late, ask(&mut channel)).await {
        Ok(Reply::Started) => {}
        Ok(Reply::Closed) => return Err(ExecError::NoSftp),
        Ok(Reply::Refused) => {
            // A failure means that the connection is gone.
            let _ = channel.close().await;
            return Err(ExecError::NoSftp);
        }
        Ok(Reply::Lost) => return Err(inner.lost().await),
        Err(elapsed) => {
            // A failure means that the connection is gone.
            let _ = channel.close().await;
            return Err(too_late(elapsed));
        }
    }
    let config = Config {
        max_packet_len: 256 * 1024,
        request_timeout_secs: 60,
        ..Config::default()
    };
    let session = RawSftpSession::new_with_config(channel.into_stream(), config);
    match timeout_at(late, session.init()).await.map_err(too_late)? {
        Ok(_) => Ok(Arc::new(session)),
        // Said yes and ended: the program behind the subsystem is not installed (dropbear).
        Err(Error::UnexpectedBehavior(_) | Error::IO(_)) => Err(ExecError::NoSftp),
        Err(error) => Err(failed(&error)),
    }
}

/// May be dropped at any time.
async fn open(inner: &Arc<Inner>) -> Result<Channel<Msg>, ExecError> {
    loop {
        match channels::open_one(inner).await {
            Ok(channel) => return Ok(channel),
            Err(NotOpened::Refused) if inner.channels.make_room().await => {}
            // Where there is room for one channel only, commands have it.
            Err(NotOpened::Refused) => return Err(ExecError::NoSftp),
            Err(NotOpened::Lost) => return Err(inner.lost().await),
        }
    }
}

/// What the server says to the wish for SFTP.
enum Reply {
    Started,
    Refused,
    Closed,
    /// The connection is gone.
    Lost,
}

async fn ask(channel: &mut Channel<Msg>) -> Reply {
    if channel.request_subsystem(true, "sftp").await.is_err() {
        return Reply::Lost;
    }
    loop {
        match channel.wait().await {
            Some(ChannelMsg::Success) => return Reply::Started,
            Some(ChannelMsg::Failure) => return Reply::Refused,
            Some(ChannelMsg::Close) => return Reply::Closed,
            Some(_) => {}
            None => return Reply::Lost,
        }
    }
}

async fn read_all(
    session: &RawSftpSession,
    paths: &[FixedPath],
) -> Result<Vec<FileRead>, ExecError> {
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
    session: &RawSftpSession,
    paths: &[FixedPath],
) -> Result<Vec<Option<Vec<u8>>>, ExecError> {
    let opening = paths
        .iter()
        .map(|path| session.open(path.as_str(), OpenFlags::READ, FileAttributes::empty()));
    let mut handles = Vec::with_capacity(paths.len());
    for opened in join_all(opening).await {
        match opened {
            Ok(opened) => handles.push(Some(opened.handle)),
            Err(Error::Status(_)) => handles.push(None),
            Err(error) => return Err(failed(&error)),
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
        // Sent by the first poll; nobody waits for the answer.
        let _ = session.close(handle).now_or_never();
    }
    contents.into_iter().collect()
}

/// Reads to the end. Files of `/proc` have no size, so only an answer of "end" is the end.
async fn read_one(session: &RawSftpSession, handle: &str) -> Result<Option<Vec<u8>>, ExecError> {
    let mut content = Vec::new();
    loop {
        match session
            .read(handle, content.len() as u64, CHUNK_BYTES)
            .await
        {
            Ok(chunk) if chunk.data.is_empty() => return Ok(Some(content)),
            Ok(chunk) if content.len() + chunk.data.len() > FILE_BYTES => {
                return Err(ExecError::OutputTooLarge {
                    limit_bytes: FILE_BYTES,
                });
            }
            Ok(chunk) => content.extend_from_slice(&chunk.data),
            Err(Error::Status(status)) if status.status_code == StatusCode::Eof => {
                return Ok(Some(content));
            }
            Err(Error::Status(_)) => return Ok(None),
            Err(error) => return Err(failed(&error)),
        }
    }
}

fn failed(error: &Error) -> ExecError {
    ExecError::Sftp {
        reason: one_line(&error.to_string()),
    }
}
