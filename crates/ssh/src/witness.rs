//! Who is told of everything that is started on a server, before it is started.
//!
//! Invariant: nothing is started on a channel before the witness has agreed; a connection for which
//! nobody is named starts nothing at all.

use std::sync::Arc;

use futures::future::BoxFuture;

use crate::{Connection, ExecError};

/// What is about to be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartKind {
    /// A command of the catalog.
    Command,
    /// The command that ends what an earlier one left running.
    Ending,
    /// A shell on a terminal.
    Shell,
    /// The server's SFTP server.
    Files,
}

/// What is about to be started, and how it is written by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starting {
    /// What kind of thing.
    pub kind: StartKind,
    /// The command, each word quoted where a shell needs it and without its secrets; with `sudo` or the
    /// like before it.
    pub command: String,
}

/// How something ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The exit code; `None`: a signal, or nobody knows.
    pub exit_code: Option<i32>,
    /// Bytes that came back; `None`: not counted.
    pub bytes: Option<u64>,
    /// `ok`, or what went wrong in a word.
    pub outcome: &'static str,
}

/// Is told of what is started.
pub trait Witness: Send + Sync {
    /// Nothing is started before this resolves, and nothing where it fails.
    fn begins(&self, starting: Starting) -> BoxFuture<'static, Result<Box<dyn Begun>, Unwritten>>;
}

/// What was begun. Dropped without an end it was given up.
pub trait Begun: Send {
    /// Notes the end.
    fn ended(self: Box<Self>, ending: Ending);
}

/// Why nothing may be started.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unwritten(pub String);

/// The witness of a connection until another is named.
pub(crate) struct Nobody;

impl Witness for Nobody {
    fn begins(&self, _: Starting) -> BoxFuture<'static, Result<Box<dyn Begun>, Unwritten>> {
        Box::pin(async { Err(Unwritten("nobody is told of it".to_owned())) })
    }
}

impl Connection {
    /// The same connection; all that is started over it from here on is told to this witness.
    #[must_use]
    pub fn witnessed(&self, witness: Arc<dyn Witness>) -> Self {
        Self {
            witness,
            ..self.clone()
        }
    }

    /// Tells the witness, and waits until it agrees.
    pub(crate) async fn begins(
        &self,
        kind: StartKind,
        command: String,
    ) -> Result<Box<dyn Begun>, ExecError> {
        let agreed = self.witness.begins(Starting { kind, command }).await;
        agreed.map_err(|source| ExecError::Unwritten { source })
    }
}
