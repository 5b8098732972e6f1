//! Ends a process whose run is not wanted any more, and then its channel.
//!
//! Closing a channel or signalling it does not end the process everywhere (OpenSSH refuses signals
//! for root logins), so a second exec kills the process group by its id.

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use catalog::{Command, EXEC_LINE, arguments::Pid, process};
use russh::Sig;
use tokio::time::timeout;

use super::{Next, Talk, fresh_marker};
use crate::channels;

/// How long a process id may still come that has not come yet: a login shell that is slow.
const LATE_PID: Duration = Duration::from_secs(30);
/// How long ending the process may take.
const ENDING: Duration = Duration::from_secs(10);
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
            let inner = std::sync::Arc::clone(&self.inner);
            let killing = timeout(ENDING, kill(&inner, pid));
            let killed = match self.drain_while(killing).await {
                Some(killed) => killed.unwrap_or(false),
                None => return,
            };
            if !killed && !self.collector.has_exited() {
                tracing::debug!(pid = pid.get(), "the process could not be ended by its id");
                let _ = self.write.signal(Sig::KILL).await;
            }
        }
        // A failure means that the connection is gone.
        let _ = self.write.close().await;
        let closed = self
            .drain_while(tokio::time::sleep(CLOSING))
            .await
            .is_none();
        if !closed {
            tracing::debug!("the server did not close a channel in time");
        }
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

/// Kills the process group through a channel of its own. Says whether the server did so.
async fn kill(inner: &std::sync::Arc<crate::connection::Inner>, pid: Pid) -> bool {
    let Some(_turn) = inner.channels.to_end_a_process().await else {
        return false;
    };
    let Ok(mut channel) = channels::open_one(inner).await else {
        return false;
    };
    let Ok(input) = script(&process::end(pid)) else {
        return false;
    };
    let asked = async {
        channel.exec(true, EXEC_LINE).await?;
        channel.data_bytes(input).await?;
        channel.eof().await
    };
    if asked.await.is_err() {
        return false;
    }
    let mut exit = None;
    while let Some(message) = channel.wait().await {
        match message {
            russh::ChannelMsg::ExitStatus { exit_status } => exit = Some(exit_status),
            russh::ChannelMsg::Close => break,
            russh::ChannelMsg::Failure => {
                let _ = channel.close().await;
                break;
            }
            _ => {}
        }
    }
    exit == Some(0)
}

fn script(command: &Command) -> Result<Bytes, crate::ExecError> {
    Ok(Bytes::from(command.script_line(&fresh_marker()?)))
}
