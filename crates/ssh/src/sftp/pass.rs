//! Files that were handed out and can be taken back: a check stands before each request.
//!
//! Invariant: once the check says no, no request of these files goes to the server any more, but the one
//! that closes what is open there.

use std::sync::Arc;

use bytes::Bytes;
use sftp::{Extensions, Limits, Request};

use super::session::{Failure, Pending, Session};

/// Says before each request whether it may go.
pub type Pass = Arc<dyn Fn() -> Result<(), NoPass> + Send + Sync>;

/// Why a request may not go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPass {
    /// The name of what is not granted any more.
    Withdrawn(&'static str),
    /// Who used them has left the server; the line may stand, for others.
    Left,
}

/// A session as one holder of files may use it.
#[derive(Clone)]
pub(super) struct Passed {
    session: Arc<Session>,
    /// `None`: there is nothing to ask.
    pass: Option<Pass>,
    /// What the server can do besides.
    pub(super) extensions: Extensions,
}

impl Passed {
    pub(super) fn new(session: Arc<Session>) -> Self {
        Self {
            extensions: session.extensions,
            session,
            pass: None,
        }
    }

    pub(super) fn only_while(self, pass: Pass) -> Self {
        Self {
            pass: Some(pass),
            ..self
        }
    }

    pub(super) fn ask(&self, request: Request) -> Pending {
        match self.check() {
            Ok(()) => self.session.ask(request),
            Err(failure) => self.session.refuse(failure),
        }
    }

    pub(super) async fn open(&self, request: Request) -> Result<Bytes, Failure> {
        self.check()?;
        self.session.open(request).await
    }

    pub(super) fn read(&self, handle: &Bytes, offset: u64, len: u32) -> Pending {
        match self.check() {
            Ok(()) => self.session.read(handle, offset, len),
            Err(failure) => self.session.refuse(failure),
        }
    }

    pub(super) async fn limits(&self) -> Limits {
        self.session.limits().await
    }

    pub(super) fn close(&self, handle: Bytes) {
        self.session.close(handle);
    }

    fn check(&self) -> Result<(), Failure> {
        let pass = self.pass.as_ref().map_or(Ok(()), |pass| pass());
        pass.map_err(|why| match why {
            NoPass::Withdrawn(capability) => Failure::Withdrawn(capability),
            NoPass::Left => Failure::Closed,
        })
    }
}
