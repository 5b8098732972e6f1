//! A connection that stands: what it is, and how it ends. Commands are in `exec`, files in `sftp`.
//!
//! Invariant: when the last clone is dropped, the TCP connection and every task of it end.

use std::{fmt, sync::Arc};

use russh::{Disconnect, client::Handle};
use tokio::sync::watch;

use crate::{ExecError, channels::Channels, client::Client, line::Hangup, sftp::Sftp};

/// What was agreed when the connection was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// The host key's SHA-256 fingerprint; `None`: the other end is in this process.
    pub host_key_fingerprint: Option<String>,
    /// The key exchange, for example `mlkem768x25519-sha256`.
    pub key_exchange: String,
    /// The cipher, for example `aes128-gcm@openssh.com`.
    pub cipher: String,
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
    /// The server gave no sign of life for fifteen seconds.
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
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("details", &self.inner.details)
            .finish_non_exhaustive()
    }
}

/// What all clones share.
pub(crate) struct Inner {
    pub(crate) handle: Handle<Client>,
    pub(crate) channels: Channels,
    pub(crate) sftp: Sftp,
    details: Details,
    closed: watch::Receiver<Option<Closed>>,
    asked: watch::Sender<bool>,
    _hangup: Hangup,
}

impl Inner {
    pub(crate) fn new(
        handle: Handle<Client>,
        version: &str,
        details: Details,
        closed: watch::Receiver<Option<Closed>>,
        hangup: Hangup,
    ) -> Self {
        Self {
            handle,
            channels: Channels::for_version(version),
            sftp: Sftp::new(),
            details,
            closed,
            asked: watch::Sender::new(false),
            _hangup: hangup,
        }
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
        reason.unwrap_or(Closed::ByServer { reason: None })
    }

    /// The error for a request that got no answer because the connection went away.
    pub(crate) async fn lost(&self) -> ExecError {
        ExecError::Lost {
            closed: self.closed().await,
        }
    }
}

impl Connection {
    /// Resolves when the connection is gone, with the reason; at once where it is gone already.
    pub async fn closed(&self) -> Closed {
        self.inner.closed().await
    }

    /// Ends the connection. What runs over it fails with [`ExecError::Lost`].
    pub async fn close(&self) {
        self.inner.asked.send_replace(true);
        if self
            .inner
            .handle
            .disconnect(Disconnect::ByApplication, "", "")
            .await
            .is_ok()
        {
            self.inner.closed().await;
        }
    }

    /// What was agreed when the connection was made.
    #[must_use]
    pub fn details(&self) -> Details {
        self.inner.details.clone()
    }
}
