//! Ends a process whose run is not wanted any more, and then its channel.
//!
//! Closing a channel or signalling it does not end the process everywhere (OpenSSH refuses signals
//! for root logins), so a second exec kills the process group by its id.

use std::{pin::pin, sync::Arc, time::Duration};

use catalog::{arguments::Pid, process};
use russh::Sig;
use tokio::time::{Instant, timeout, timeout_at};

use super::{Collector, End, Next, Talk, fresh_marker, speech::Speech};
use crate::{Connection, StartKind, channels, witness::Ending};

/// How long a process id may still come that has not come yet: a login shell that is slow.
const LATE_PID: Duration = Duration::from_secs(30);
/// How long ending the process may take.
const ENDING: Duration = Duration::from_secs(10);
/// What may be printed by it, and by a login shell before.
const KILL_OUTPUT_BYTES: usize = 256 * 1024;
/// How long the server may take to close the channel.
const CLOSING: Duration = Duration::from_secs(10);

impl Talk {
    /// Ends the process, then the channel, and all the while takes and drops what it still prints.
    pub(super) async fn stop(mut self) {
        self.collector.discard();
        if timeout(LATE_PID, self.drain_until_known()).await == Ok(Drained::Closed) {
            return;
        }
        if let Some(pid) = self.collector.to_end() {
            // A task of its own: it goes on to close its channel when this one closes first.
            let killing = tokio::spawn(kill(self.connection.clone(), pid));
            let killed = match self.drain_while(killing).await {
                Some(killed) => killed.unwrap_or(false),
                None => return,
            };
            if killed {
                // Waited for before closing it here, which could not be waited for.
                let wait = tokio::time::sleep(CLOSING);
                if self.drain_while(wait).await.is_none() {
                    return;
                }
                tracing::debug!("the server did not close the channel of an ended process");
            } else if !self.collector.has_exited() {
                tracing::debug!(pid = pid.get(), "the process could not be ended by its id");
                let _ = self.write.signal(Sig::KILL).await;
            }
        }
        // A failure means that the connection is gone.
        let _ = self.write.close().await;
        // russh does not tell of the server's close after ours; its place is left free for a while.
        let _ = self.drain_while(tokio::time::sleep(CLOSING)).await;
    }

    /// Until the process id is known, or will never be.
    async fn drain_until_known(&mut self) -> Drained {
        while self.collector.may_still_start() {
            let Some(message) = self.read.wait().await else {
                return Drained::Closed;
            };
            match self.collector.take(message) {
                Next::More => {}
                Next::Closed => return Drained::Closed,
                Next::Failed(_) => break,
            }
        }
        Drained::Known
    }

    /// Does the work while draining; `None`: the channel has closed first.
    async fn drain_while<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return Some(done),
                message = self.read.wait() => match message.map(|message| self.collector.take(message)) {
                    None | Some(Next::Closed) => return None,
                    Some(Next::More | Next::Failed(_)) => {}
                },
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Drained {
    Known,
    Closed,
}

/// Kills the process group through a channel of its own, which it closes whatever happens; as root
/// what is root's. Says whether the server did so in time.
async fn kill(connection: Connection, pid: Pid) -> bool {
    let Ok(marker) = fresh_marker() else {
        return false;
    };
    let elevated = connection.elevated.as_ref();
    let command = process::end(pid);
    let mut speech = Speech::of(&command, None, &marker, elevated);
    let typed = connection.as_typed(&command);
    let late = Instant::now() + ENDING;
    let inner = Arc::clone(&connection.inner);
    let Ok(Some(_turn)) = timeout_at(late, inner.channels.to_end_a_process()).await else {
        return false;
    };
    let Ok(Ok(channel)) = timeout_at(late, channels::open_one(&inner)).await else {
        return false;
    };
    let (read, write) = channel.split();
    let mut talk = Talk {
        connection,
        read,
        write,
        collector: Collector::new(&marker, KILL_OUTPUT_BYTES),
        pieces: None,
        _slot: None,
    };
    let beginning = talk.connection.begins(StartKind::Ending, typed);
    let Ok(Ok(begun)) = timeout_at(late, beginning).await else {
        // A failure means that the connection is gone.
        let _ = talk.write.close().await;
        return false;
    };
    let ended = timeout_at(late, talk.converse(&mut speech)).await;
    let exit_code = talk.collector.exit_code();
    let killed = matches!(ended, Ok(End::Closed)) && exit_code == Some(0);
    begun.ended(Ending {
        exit_code,
        bytes: Some(talk.collector.received_bytes()),
        outcome: if killed { "ok" } else { "failed" },
    });
    if !matches!(ended, Ok(End::Closed)) {
        // A failure means that the connection is gone.
        let _ = talk.write.close().await;
    }
    killed
}
