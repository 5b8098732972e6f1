//! Ends a process whose run is not wanted any more, and then its channel.
//!
//! Closing a channel or signalling it does not end the process everywhere (OpenSSH refuses signals
//! for root logins), so a second exec kills the process group by its id.

use std::{pin::pin, sync::Arc, time::Duration};

use bytes::Bytes;
use catalog::{Command, EXEC_LINE, arguments::Pid, process};
use russh::{Channel, ChannelMsg, Sig, client::Msg};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Next, Talk, fresh_marker};
use crate::{channels, connection::Inner};

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
            // A task of its own: it goes on to close its channel when this one closes first.
            let killing = tokio::spawn(kill(Arc::clone(&self.inner), pid));
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

/// Kills the process group through a channel of its own, which it closes whatever happens. Says
/// whether the server did so in time.
async fn kill(inner: Arc<Inner>, pid: Pid) -> bool {
    let Ok(input) = script(&process::end(pid)) else {
        return false;
    };
    let late = Instant::now() + ENDING;
    let Ok(Some(_turn)) = timeout_at(late, inner.channels.to_end_a_process()).await else {
        return false;
    };
    let Ok(Ok(mut channel)) = timeout_at(late, channels::open_one(&inner)).await else {
        return false;
    };
    match timeout_at(late, exit_of(&mut channel, input)).await {
        Ok(Exit::Closed(code)) => code == Some(0),
        Ok(Exit::Open) | Err(_) => {
            // A failure means that the connection is gone.
            let _ = channel.close().await;
            false
        }
    }
}

/// How the conversation about a kill ended.
enum Exit {
    /// The server closed the channel; the exit code, where it sent one.
    Closed(Option<u32>),
    /// It refused the command, or the connection is gone.
    Open,
}

async fn exit_of(channel: &mut Channel<Msg>, input: Bytes) -> Exit {
    let asked = async {
        channel.exec(true, EXEC_LINE).await?;
        channel.data_bytes(input).await?;
        channel.eof().await
    };
    if asked.await.is_err() {
        return Exit::Open;
    }
    let mut code = None;
    loop {
        match channel.wait().await {
            Some(ChannelMsg::ExitStatus { exit_status }) => code = Some(exit_status),
            Some(ChannelMsg::Close) => return Exit::Closed(code),
            Some(ChannelMsg::Failure) | None => return Exit::Open,
            Some(_) => {}
        }
    }
}

fn script(command: &Command) -> Result<Bytes, crate::ExecError> {
    Ok(Bytes::from(command.script_line(&fresh_marker()?)))
}
