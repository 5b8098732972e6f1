//! One `exec` channel: a command line run by the login shell, its streams, its end.
//!
//! Invariant: what the client sends is always read at once (an unread channel would stall the whole
//! connection), what the process prints waits for the client's window, and a process never outlives
//! its channel: when the client closes it, or is gone, the process group is ended and reaped.

use std::{
    convert::Infallible,
    future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use bytes::{Bytes, BytesMut};
use russh::{
    Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf, Sig,
    server::{Handle, Msg},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    process::ChildStdin,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

use crate::platform::{Account, Exit, Group, GroupId};

/// Input that may wait for a process that does not read it. A real sshd would stop granting window;
/// russh grants on receipt, so the bound is kept here, and passing it ends the command.
const WAITING_INPUT_BYTES: usize = 16 * 1024 * 1024;

/// Bytes read from a pipe at a time: one SSH packet.
const CHUNK_BYTES: usize = 32 * 1024;

/// The extended data type of standard error (RFC 4254, 5.2).
const STDERR: u32 = 1;

/// The exit status where no shell could be started.
const NOT_STARTED: u32 = 127;

/// Why a command was given up before it ended by itself.
enum Left {
    /// The client closed the channel, or is gone.
    Closed,
    /// More than [`WAITING_INPUT_BYTES`] of input waited for the process.
    TooMuchInput,
    /// The process could not be waited for.
    Lost(std::io::Error),
}

/// Runs `line` and answers on `channel` until the process has ended and all it printed is sent.
pub(crate) async fn run(
    account: Arc<Account>,
    line: Vec<u8>,
    channel: Channel<Msg>,
    connection: Handle,
) {
    let (incoming, outgoing) = channel.split();
    let left = match account.start(&line) {
        Err(problem) => {
            say(&outgoing, &problem.to_string()).await;
            let _ = outgoing.exit_status(NOT_STARTED).await;
            None
        }
        Ok(mut group) => match follow(&mut group, incoming, &outgoing).await {
            Ok(exit) => {
                report(exit, &outgoing, &connection).await;
                None
            }
            Err(left) => {
                group.end().await;
                Some(left)
            }
        },
    };
    match left {
        Some(Left::Closed) => return,
        Some(Left::TooMuchInput) => say(&outgoing, "the command did not read its input").await,
        Some(Left::Lost(error)) => say(&outgoing, &error.to_string()).await,
        None => {}
    }
    // These fail only when the connection is gone, and then nobody is left to tell.
    let _ = outgoing.eof().await;
    let _ = outgoing.close().await;
}

/// Carries the streams both ways until the process has ended, or must.
async fn follow(
    group: &mut Group,
    incoming: ChannelReadHalf,
    outgoing: &ChannelWriteHalf<Msg>,
) -> Result<Exit, Left> {
    let (stdin, stdout, stderr) = group.take_streams();
    let (queue, queued) = unbounded_channel();
    let waiting_bytes = AtomicUsize::new(0);
    let id = group.id();
    let output = async {
        // Both pipes first, then the exit: until it is waited for, the group's id stays its own.
        tokio::join!(
            send(stdout, outgoing, None),
            send(stderr, outgoing, Some(STDERR))
        );
        group.wait().await.map_err(Left::Lost)
    };
    tokio::select! {
        biased;
        left = receive(incoming, queue, &waiting_bytes, id) => Err(left),
        never = feed(stdin, queued, &waiting_bytes) => match never {},
        ended = output => ended,
    }
}

/// Reads all the client sends, at once, until it is gone or sends too much.
async fn receive(
    mut incoming: ChannelReadHalf,
    queue: UnboundedSender<Bytes>,
    waiting_bytes: &AtomicUsize,
    group: GroupId,
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
            Some(ChannelMsg::Signal { signal }) => group.signal(&signal),
            Some(ChannelMsg::Close) | None => return Left::Closed,
            Some(_) => {}
        }
    }
}

/// Writes the queued input to the process and closes it behind the last; never ends by itself.
async fn feed(
    stdin: Option<ChildStdin>,
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

/// Sends a pipe's bytes, as the client's window allows, until it is closed at either end.
async fn send<R: AsyncRead + Unpin>(
    pipe: Option<R>,
    outgoing: &ChannelWriteHalf<Msg>,
    kind: Option<u32>,
) {
    let Some(mut pipe) = pipe else { return };
    let mut buffer = BytesMut::new();
    loop {
        buffer.reserve(CHUNK_BYTES);
        match pipe.read_buf(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let data = buffer.split().freeze();
        let sent = match kind {
            None => outgoing.data_bytes(data).await,
            Some(kind) => outgoing.extended_data_bytes(kind, data).await,
        };
        if sent.is_err() {
            return;
        }
    }
}

async fn report(exit: Exit, outgoing: &ChannelWriteHalf<Msg>, connection: &Handle) {
    match exit {
        Exit::Code(code) => {
            let _ = outgoing.exit_status(code).await;
        }
        Exit::Signal { name, core_dumped } => {
            let none = String::new;
            let _ = connection
                .exit_signal_request(
                    outgoing.id(),
                    Sig::Custom(name),
                    core_dumped,
                    none(),
                    none(),
                )
                .await;
        }
    }
}

async fn say(outgoing: &ChannelWriteHalf<Msg>, message: &str) {
    let message = Bytes::from(format!("headlessos: {message}\n"));
    let _ = outgoing.extended_data_bytes(STDERR, message).await;
}
