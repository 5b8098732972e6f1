//! One `exec` channel: a command line run by the login shell, its streams, its end.
//!
//! Invariant: what the client sends is always read at once (an unread channel would stall the whole
//! connection), what the process prints waits for the client's window, and a process never outlives
//! its channel: when the client closes it, or is gone, the process group is ended and reaped.

use std::sync::{Arc, atomic::AtomicUsize};

use bytes::BytesMut;
use russh::{
    Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf,
    server::{Handle, Msg},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    sync::mpsc::unbounded_channel,
};

use crate::{
    environment::Environment,
    input::{feed, receive},
    platform::{Account, Exit, Group},
    report::{self, Left, STDERR},
};

/// Bytes read from a pipe at a time: one SSH packet.
const CHUNK_BYTES: usize = 32 * 1024;

/// Runs `line` and answers on `channel` until the process has ended and all it printed is sent.
pub(crate) async fn run(
    account: Arc<Account>,
    line: Vec<u8>,
    environment: Environment,
    channel: Channel<Msg>,
    connection: Handle,
) {
    let (incoming, outgoing) = channel.split();
    let outcome = match account.start(&line, &environment) {
        Err(problem) => Err(Left::NotStarted(problem)),
        Ok(mut group) => {
            let outcome = follow(&mut group, incoming, &outgoing).await;
            if outcome.is_err() {
                group.end().await;
            }
            outcome
        }
    };
    report::finish(outcome, &outgoing, &connection, Some(STDERR)).await;
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
    let other = |message| {
        if let ChannelMsg::Signal { signal } = message {
            id.signal(&signal);
        }
    };
    tokio::select! {
        biased;
        left = receive(incoming, queue, &waiting_bytes, other) => Err(left),
        never = feed(stdin, queued, &waiting_bytes) => match never {},
        ended = output => ended,
    }
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
