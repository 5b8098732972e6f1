//! Programs that speak a protocol as root, each on a channel of its own.
//!
//! Invariant: such a program ends with the elevation, whoever still uses it.

use std::time::Duration;

use catalog::Command;
use russh::{ChannelReadHalf, ChannelWriteHalf, client::Msg};
use tokio::time::sleep_until;

use super::{Collector, End, Held, Speech, Talk, fresh_marker};
use crate::{
    Connection, ExecError, StartKind,
    channels::{self, Room},
    witness::{Begun, Ending},
};

/// How long a program of root's may take to start.
const PROTOCOL_START: Duration = Duration::from_secs(15);
/// What may be printed before a program of root's speaks its protocol.
const PROTOCOL_NOISE_BYTES: usize = 256 * 1024;

impl Connection {
    /// Starts a program that speaks a protocol as root, on a channel of its own.
    pub(crate) async fn open_elevated(&self, command: &Command) -> Result<Opened, ExecError> {
        let late = tokio::time::Instant::now() + PROTOCOL_START;
        let Some(elevated) = &self.elevated else {
            return Err(ExecError::Limited);
        };
        let mut held = self.held()?;
        let marker = fresh_marker()?;
        let mut speech = Speech::of_protocol(command, &marker, elevated);
        let (channel, room) = channels::open_shell(&self.inner).await?;
        let (read, write) = channel.split();
        let mut talk = Talk {
            connection: self.clone(),
            read,
            write,
            collector: Collector::new(&marker, PROTOCOL_NOISE_BYTES),
            pieces: None,
            _slot: None,
        };
        let begun = match self.begins(StartKind::Files, self.as_typed(command)).await {
            Ok(begun) => begun,
            Err(error) => {
                // A failure means that the connection is gone.
                let _ = talk.write.close().await;
                return Err(error);
            }
        };
        let end = tokio::select! {
            end = talk.converse(&mut speech) => end,
            error = held.ended() => End::Failed(error),
            () = sleep_until(late) => End::Failed(ExecError::Timeout { after: PROTOCOL_START }),
        };
        let error = match end {
            End::Begun => {
                let first = talk.collector.take_stdout().unwrap_or_default();
                let hold = Hold {
                    begun,
                    elevated: Some((held, room)),
                };
                return Ok(Opened {
                    read: talk.read,
                    write: talk.write,
                    first,
                    hold,
                });
            }
            End::Failed(error) => error,
            End::Closed => match talk.collector.finish(Duration::ZERO) {
                // It began and has ended already: there is no such program.
                Ok(_) => ExecError::NoSftpServer,
                Err(error) => error,
            },
            End::Lost | End::Abandoned => self.inner.lost().await,
        };
        begun.ended(Ending {
            exit_code: None,
            bytes: None,
            outcome: error.code(),
        });
        // A failure means that it is closed already.
        let _ = talk.write.close().await;
        Err(error)
    }
}

/// A channel over which a program of root's speaks its protocol.
pub(crate) struct Opened {
    pub(crate) read: ChannelReadHalf,
    pub(crate) write: ChannelWriteHalf<Msg>,
    /// What it said already.
    pub(crate) first: Vec<u8>,
    /// Kept as long as it is used.
    pub(crate) hold: Hold,
}

/// A program that speaks a protocol, as long as it is used: what its witness is to be told at the end
/// and, of root's, its place in the budget and among those that an end waits for.
pub(crate) struct Hold {
    begun: Box<dyn Begun>,
    elevated: Option<(Held, Room)>,
}

impl Hold {
    /// Of a program that ends with its channel.
    pub(crate) fn of(begun: Box<dyn Begun>) -> Self {
        Self {
            begun,
            elevated: None,
        }
    }

    /// Resolves when it is to end.
    pub(crate) async fn ended(&mut self) {
        match &mut self.elevated {
            Some((held, _)) => {
                let _why = held.ended().await;
            }
            None => std::future::pending().await,
        }
    }

    /// It is over: `ok`, or what went wrong in a word.
    pub(crate) fn over(self, outcome: &'static str) {
        self.begun.ended(Ending {
            exit_code: None,
            bytes: None,
            outcome,
        });
    }
}
