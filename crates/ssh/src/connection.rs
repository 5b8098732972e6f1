//! A connection that stands: what it is, and how it ends. Commands are in `exec`, files in `sftp`.
//!
//! Invariant: when the last clone is dropped, the TCP connection and every task of it end.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use russh::{Disconnect, client::Handle};
use tokio::{sync::watch, time::timeout};

use crate::{
    ExecError,
    channels::Channels,
    client::{Client, Refusals},
    elevation::Elevated,
    forward::Waiting,
    line::Hangup,
    sftp::{FilesDoor, Sftp},
    still,
    witness::{Nobody, Witness},
};

/// How long [`Connection::close`] waits for the runs in flight to be ended on the server.
const RUNS_END: Duration = Duration::from_secs(2);
/// How long the server may then take to hang up.
const HANGS_UP: Duration = Duration::from_secs(2);

/// What was agreed when the connection was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// The host key; `None`: the other end is in this process.
    pub host_key: Option<HostKey>,
    /// The key exchange, for example `mlkem768x25519-sha256`.
    pub key_exchange: String,
    /// Whether it was strict: nothing could be slipped in before the keys were agreed (PROTOCOL of
    /// OpenSSH, 1.10).
    pub is_strict: bool,
    /// The host key's algorithm, for example `ssh-ed25519`.
    pub host_key_algorithm: String,
    /// The cipher, for example `aes128-gcm@openssh.com`.
    pub cipher: String,
    /// The MAC, for example `hmac-sha2-256-etm@openssh.com`; `None`: the cipher needs none.
    pub mac: Option<String>,
    /// Those of the above that are no longer safe; empty: none.
    pub weak: Vec<String>,
}

/// The key a host showed, which is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostKey {
    /// Its SHA-256 fingerprint.
    pub fingerprint: String,
    /// The fingerprint of the authority that vouches for it; `None`: the key itself is known.
    pub authority: Option<String>,
}

/// Why a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Closed {
    /// By [`Connection::close`].
    Asked,
    /// The server closed it.
    ByServer {
        /// The server's words, one line; `None`: it gave none.
        reason: Option<String>,
    },
    /// The server gave no sign of life, or took nothing that was sent to it, for twelve seconds; or
    /// none within the time of a [`Connection::check`].
    Silent,
    /// The line broke, or what came over it made no sense.
    Broken {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked => f.write_str("it was closed here"),
            Self::ByServer { reason: None } => f.write_str("the server closed it"),
            Self::ByServer {
                reason: Some(reason),
            } => write!(f, "the server closed it: {reason}"),
            Self::Silent => f.write_str("the server gave no sign of life"),
            Self::Broken { reason } => write!(f, "it broke: {reason}"),
        }
    }
}

/// One authenticated connection to one server. Cheap to clone.
#[derive(Clone)]
pub struct Connection {
    pub(crate) inner: Arc<Inner>,
    /// `None`: what runs over it is the user's.
    pub(crate) elevated: Option<Arc<Elevated>>,
    /// Who is told of what is started.
    pub(crate) witness: Arc<dyn Witness>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("details", &self.inner.details)
            .finish_non_exhaustive()
    }
}

/// What a connection that was made consists of.
pub(crate) struct Made {
    pub(crate) handle: Handle<Client>,
    /// The host's version line.
    pub(crate) version: String,
    /// `host:port`.
    pub(crate) address: String,
    pub(crate) details: Details,
    pub(crate) closed: watch::Receiver<Option<Closed>>,
    pub(crate) hangup: Hangup,
    pub(crate) refusals: Arc<Refusals>,
    /// The way to the server's files that needs no channel.
    pub(crate) files: Option<FilesDoor>,
    /// The connection that this one goes through.
    pub(crate) via: Option<Connection>,
    /// Variables for shells.
    pub(crate) environment: Vec<(String, String)>,
}

/// What all clones share.
pub(crate) struct Inner {
    pub(crate) handle: Handle<Client>,
    pub(crate) channels: Channels,
    pub(crate) sftp: Sftp,
    /// What the server said when it refused channels.
    pub(crate) refusals: Arc<Refusals>,
    /// What waits to be read from the streams of this connection.
    pub(crate) waiting: Arc<Waiting>,
    details: Details,
    address: String,
    closed: watch::Receiver<Option<Closed>>,
    /// Whether it was ended since the server did not answer.
    is_silent: AtomicBool,
    /// Whether the end was asked for. Every run holds a receiver for as long as it lives.
    asked: watch::Sender<bool>,
    /// Taken when the connection is closed.
    hangup: Mutex<Option<Hangup>>,
    /// The connection that this one goes through, kept as long as this is.
    _via: Option<Connection>,
    /// Variables for shells.
    pub(crate) environment: Vec<(String, String)>,
}

impl Inner {
    fn new(made: Made) -> Self {
        made.hangup.logged_in();
        Self {
            channels: Channels::for_version(&made.version),
            handle: made.handle,
            sftp: Sftp::new(made.files),
            refusals: made.refusals,
            waiting: Arc::default(),
            details: made.details,
            address: made.address,
            closed: made.closed,
            is_silent: AtomicBool::new(false),
            asked: watch::Sender::new(false),
            hangup: Mutex::new(Some(made.hangup)),
            _via: made.via,
            environment: made.environment,
        }
    }

    fn hangup(&self) -> MutexGuard<'_, Option<Hangup>> {
        self.hangup.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resolves when the connection is gone.
    pub(crate) async fn closed(&self) -> Closed {
        let mut closed = self.closed.clone();
        let reason = match closed.wait_for(Option::is_some).await {
            Ok(reason) => reason.clone(),
            // russh's task ended without a word to its handler.
            Err(_) => None,
        };
        if *self.asked.borrow() {
            return Closed::Asked;
        }
        if self.is_silent.load(Ordering::Relaxed) {
            return Closed::Silent;
        }
        reason.unwrap_or(Closed::ByServer { reason: None })
    }

    /// Tells when the connection is gone, also when that is because nobody holds it any more.
    pub(crate) fn closing(&self) -> watch::Receiver<Option<Closed>> {
        self.closed.clone()
    }

    /// The place of a run among those that [`Connection::close`] waits for; `None`: the end was asked
    /// for already.
    pub(crate) fn begin(&self) -> Option<Asked> {
        Asked::of(&self.asked)
    }

    /// The error for a request that got no answer because the connection went away.
    pub(crate) async fn lost(&self) -> ExecError {
        ExecError::Lost {
            closed: self.closed().await,
        }
    }
}

/// Tells a run that the end was asked for; dropped when the run is over.
pub(crate) struct Asked(watch::Receiver<bool>);

impl Asked {
    /// `None`: it was asked for already.
    pub(crate) fn of(asking: &watch::Sender<bool>) -> Option<Self> {
        // Subscribed before it looks, so that an end either waits for this run or is seen by it.
        let asked = Self(asking.subscribe());
        (!*asking.borrow()).then_some(asked)
    }

    /// Resolves when the end is asked for.
    pub(crate) async fn asked(&mut self) {
        // An error cannot come: a run holds the sender too.
        let _ = self.0.wait_for(|asked| *asked).await;
    }
}

impl Connection {
    /// A connection that was made just now.
    pub(crate) fn new(made: Made) -> Self {
        let progress = made.hangup.progress();
        let inner = Arc::new(Inner::new(made));
        tokio::spawn(still::watch(
            Arc::downgrade(&inner),
            progress,
            inner.closing(),
        ));
        Self {
            inner,
            elevated: None,
            witness: Arc::new(Nobody),
        }
    }

    /// Resolves when the connection is gone, with the reason; at once where it is gone already.
    pub async fn closed(&self) -> Closed {
        self.inner.closed().await
    }

    /// Whether it is gone, or its end was asked for.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.inner.closed.borrow().is_some()
            || *self.inner.asked.borrow()
            || self.inner.handle.is_closed()
    }

    /// Ends the connection, within four seconds even where the server does not answer. What runs over
    /// it fails with [`ExecError::Lost`] and is ended on the server first, since a process without a
    /// terminal outlives its connection; no other command is begun.
    pub async fn close(&self) {
        let inner = &self.inner;
        inner.asked.send_replace(true);
        if timeout(RUNS_END, inner.asked.closed()).await.is_err() {
            tracing::debug!("a process could not be ended before the connection");
        }
        // russh takes no order while keys are agreed anew, so even this may have to wait.
        let leaving = async {
            let left = inner.handle.disconnect(Disconnect::ByApplication, "", "");
            if left.await.is_ok() {
                inner.closed().await;
            }
        };
        if timeout(HANGS_UP, leaving).await.is_err() {
            tracing::debug!("the server did not hang up in time");
        }
        drop(inner.hangup().take());
    }

    /// Asks the server for a sign of life, and ends the connection where nothing at all comes within
    /// this time.
    pub async fn check(&self, within: Duration) {
        let inner = &self.inner;
        let progress = inner.hangup().as_ref().map(Hangup::progress);
        let Some(progress) = progress else {
            return;
        };
        let before = progress.guard.received_bytes();
        let answered = timeout(within, inner.handle.send_ping()).await.is_ok();
        // An answer stands behind all that is on the line already.
        if !answered && progress.guard.received_bytes() == before {
            inner.is_silent.store(true, Ordering::Relaxed);
            drop(inner.hangup().take());
        }
    }

    /// `host:port`, for messages.
    pub(crate) fn address(&self) -> &str {
        &self.inner.address
    }

    /// What was agreed when the connection was made.
    #[must_use]
    pub fn details(&self) -> Details {
        self.inner.details.clone()
    }
}
