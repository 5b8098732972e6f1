//! What a client sends on a channel, on its way to a process.
//!
//! Invariant: it is always read at once (an unread channel would stall the whole connection) and
//! waits for the process in a queue with a bound.

use std::{
    convert::Infallible,
    future,
    sync::atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use russh::{ChannelMsg, ChannelReadHalf};
use tokio::{
    io::{AsyncWrite, AsyncWriteExt},
    sync::mpsc::{UnboundedReceiver, UnboundedSender},
};

use crate::report::Left;

/// Input that may wait for a process that does not read it. A real sshd would stop granting window;
/// russh grants on receipt, so the bound is kept here, and passing it ends the command.
const WAITING_INPUT_BYTES: usize = 16 * 1024 * 1024;

/// Reads all the client sends, at once, until it is gone or sends too much. What is neither input
/// nor its end goes to `other`.
pub(crate) async fn receive(
    mut incoming: ChannelReadHalf,
    queue: UnboundedSender<Bytes>,
    waiting_bytes: &AtomicUsize,
    mut other: impl FnMut(ChannelMsg),
) -> Left {
    let mut queue = Some(queue);
    loop {
        match incoming.wait().await {
            Some(ChannelMsg::Data { data }) => {
                let before = waiting_bytes.fetch_add(data.len(), Ordering::Relaxed);
                if before.saturating_add(data.len()) > WAITING_INPUT_BYTES {
                    return Left::TooMuchInput;
                }
                // Where the process no longer reads, its input is dropped as by a closed pipe.
                if queue.as_ref().is_none_or(|queue| queue.send(data).is_err()) {
                    waiting_bytes.store(0, Ordering::Relaxed);
                }
            }
            Some(ChannelMsg::Eof) => queue = None,
            Some(ChannelMsg::Close) | None => return Left::Closed,
            Some(message) => other(message),
        }
    }
}

/// Writes the queued input to the process and closes it behind the last; never ends by itself.
pub(crate) async fn feed<W: AsyncWrite + Unpin>(
    stdin: Option<W>,
    mut queued: UnboundedReceiver<Bytes>,
    waiting_bytes: &AtomicUsize,
) -> Infallible {
    if let Some(mut stdin) = stdin {
        while let Some(data) = queued.recv().await {
            if stdin.write_all(&data).await.is_err() {
                break;
            }
            waiting_bytes.fetch_sub(data.len(), Ordering::Relaxed);
        }
    }
    drop(queued);
    future::pending().await
}
