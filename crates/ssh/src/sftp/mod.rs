//! Files over SFTP: one channel per connection, opened on first use and used again.
//!
//! Invariant: a channel that failed is dropped and the next call opens another; whatever is asked
//! of it, no process but the server's own SFTP server is started.

mod error;
mod files;
mod fixed;
mod folder;
mod line;
mod pass;
mod read;
mod session;
mod write;

use std::{sync::Arc, time::Duration};

use futures::FutureExt;
use russh::{Channel, ChannelMsg, client::Msg};
use tokio::{
    sync::{Mutex, oneshot},
    time::{Instant, timeout_at},
};

use crate::{
    Connection, ExecError, StartKind,
    channels::{self, NotOpened},
    connection::Inner,
    error::one_line,
    exec::{Hold, Opened},
};
use session::{Failure, Session};

pub use error::FileError;
pub use files::{Disk, Files, Metadata};
pub use fixed::FileRead;
pub use folder::{Folder, FolderEntry};
pub use line::{FilesDoor, FilesPipe};
pub use pass::{NoPass, Pass};
pub use read::Reader;
pub use write::Writer;

/// How long the server may take to start SFTP.
const START: Duration = Duration::from_secs(15);

/// The session of one connection.
pub(crate) struct Sftp {
    state: Mutex<State>,
    /// Where the server is this process: the way that needs no channel.
    door: Option<FilesDoor>,
}

enum State {
    Unused,
    Open(Arc<Session>),
    Absent,
}

impl Sftp {
    pub(crate) fn new(door: Option<FilesDoor>) -> Self {
        Self {
            state: Mutex::new(State::Unused),
            door,
        }
    }

    /// Closes the channel for good, where one is open: a command needs its place. Says whether it
    /// did.
    pub(crate) async fn give_up(&self) -> bool {
        let mut state = self.state.lock().await;
        let open = matches!(*state, State::Open(_)) && self.door.is_none();
        if open {
            *state = State::Absent;
        }
        open
    }

    /// Ends the session, whoever still uses it; no other is begun.
    pub(crate) async fn end(&self) {
        let mut state = self.state.lock().await;
        *state = State::Absent;
    }

    /// Drops a channel that failed, unless another has taken its place already.
    async fn forget(&self, failed: &Arc<Session>) {
        let mut state = self.state.lock().await;
        if matches!(&*state, State::Open(open) if Arc::ptr_eq(open, failed)) {
            *state = State::Unused;
        }
    }
}

impl Connection {
    /// Whether the server offers SFTP; found out on first use and remembered. `false` too where it
    /// could not be found out, and then not remembered.
    pub async fn has_sftp(&self) -> bool {
        self.session().await.is_ok()
    }

    /// The open session, or a new one; goes on to its end when the caller is gone.
    async fn session(&self) -> Result<Arc<Session>, ExecError> {
        let this = self.clone();
        in_own_task(&self.inner, async move { session(&this).await }).await
    }

    fn sftp(&self) -> &Sftp {
        match &self.elevated {
            Some(elevated) => &elevated.sftp,
            None => &self.inner.sftp,
        }
    }
}

/// The files at the other end of a pipe, over no connection; `None`: the session did not begin.
#[cfg(feature = "fuzzing")]
pub(crate) async fn over(pipe: FilesPipe) -> Option<Files> {
    // Nothing ever closes it.
    static OPEN: std::sync::LazyLock<tokio::sync::watch::Sender<Option<crate::Closed>>> =
        std::sync::LazyLock::new(|| tokio::sync::watch::Sender::new(None));
    let line = line::of_pipe(pipe, OPEN.subscribe());
    let session = Session::begin(line, Instant::now() + START, None)
        .await
        .ok()?;
    Some(Files {
        session: pass::Passed::new(Arc::new(session)),
    })
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
async fn session(connection: &Connection) -> Result<Arc<Session>, ExecError> {
    let elevated = connection.elevated.as_ref();
    let mut state = connection.sftp().state.lock().await;
    match (&*state, elevated) {
        (State::Open(session), _) if !session.is_over() => return Ok(Arc::clone(session)),
        (State::Absent, None) => return Err(ExecError::NoSftp),
        (State::Absent, Some(elevated)) if *elevated.ending().borrow() => {
            return Err(ExecError::Limited);
        }
        (State::Absent, Some(_)) => return Err(ExecError::NoSftpServer),
        (State::Open(_) | State::Unused, _) => {}
    }
    let started = match elevated {
        Some(_) => start_elevated(connection).await,
        None => start(connection).await,
    };
    match &started {
        Ok(session) => *state = State::Open(Arc::clone(session)),
        Err(ExecError::NoSftp | ExecError::NoSftpServer) => *state = State::Absent,
        Err(_) => {}
    }
    started
}

/// Opens a channel and starts SFTP on it; one on which it does not start is closed.
async fn start(connection: &Connection) -> Result<Arc<Session>, ExecError> {
    let inner = &connection.inner;
    let late = Instant::now() + START;
    let too_late = |_| ExecError::Timeout { after: START };
    if let Some(door) = &inner.sftp.door {
        let line = line::of_pipe(door(), inner.closing());
        return started(Session::begin(line, late, None).await);
    }
    let mut channel = timeout_at(late, open(inner)).await.map_err(too_late)??;
    let typed = "# SFTP".to_owned();
    let begun = match connection.begins(StartKind::Files, typed).await {
        Ok(begun) => begun,
        Err(error) => {
            // A failure means that the connection is gone.
            let _ = channel.close().await;
            return Err(error);
        }
    };
    let refused = match timeout_at(late, ask(&mut channel)).await {
        Ok(Reply::Started) => None,
        Ok(Reply::Closed) => Some(ExecError::NoSftp),
        Ok(Reply::Refused) => {
            // A failure means that the connection is gone.
            let _ = channel.close().await;
            Some(ExecError::NoSftp)
        }
        Ok(Reply::Lost) => Some(inner.lost().await),
        Err(elapsed) => {
            // A failure means that the connection is gone.
            let _ = channel.close().await;
            Some(too_late(elapsed))
        }
    };
    let hold = Hold::of(begun);
    if let Some(error) = refused {
        hold.over(error.code());
        return Err(error);
    }
    let (read, write) = channel.split();
    let line = line::of_channel(read, write, &[]);
    match started(Session::begin(line, late, Some(hold)).await) {
        // Of a connection that went away meanwhile nothing is learnt.
        Err(ExecError::NoSftp) if inner.closing().borrow().is_some() => Err(inner.lost().await),
        started => started,
    }
}

/// Runs the server's own SFTP server as root, on a channel of its own.
async fn start_elevated(connection: &Connection) -> Result<Arc<Session>, ExecError> {
    let late = Instant::now() + START;
    let command = catalog::elevation::sftp_server();
    let Opened {
        read,
        write,
        first,
        hold,
    } = connection.open_elevated(&command).await?;
    let line = line::of_channel(read, write, &first);
    match started(Session::begin(line, late, Some(hold)).await) {
        Err(ExecError::NoSftp) => Err(ExecError::NoSftpServer),
        started => started,
    }
}

fn started(started: Result<Session, Failure>) -> Result<Arc<Session>, ExecError> {
    match started {
        Ok(session) => Ok(Arc::new(session)),
        Err(Failure::Late) => Err(ExecError::Timeout { after: START }),
        // Said yes and ended: the program behind the subsystem is not installed (dropbear). Or said
        // something else: a start-up file of the login shell prints.
        Err(Failure::Closed | Failure::Malformed(_)) => Err(ExecError::NoSftp),
        Err(failure) => Err(failed(&failure)),
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

fn failed(failure: &Failure) -> ExecError {
    ExecError::Sftp {
        reason: one_line(&failure.to_string()),
    }
}
