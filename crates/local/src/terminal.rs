//! One channel with a terminal: the user's login shell, or a line it runs, and the keys and the
//! output between it and the client.
//!
//! Invariant: what the client sends is always read at once, what is printed waits for the client's
//! window, and a shell never outlives its channel: when the client closes it, or is gone, the
//! terminal is hung up and the shell ended and reaped. The channel ends with the shell, whoever
//! else still has the terminal open.

use std::sync::{Arc, atomic::AtomicUsize};

use bytes::Bytes;
use russh::{
    Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf,
    server::{Handle, Msg},
};
use tokio::sync::{mpsc::unbounded_channel, watch};

use crate::{
    environment::Environment,
    input::{feed, receive},
    platform::{Account, Exit, Group, Master, Output, READ_BYTES, Size, Terminal},
    report::{self, Left},
};

/// What is still read once the shell has ended: more than any system holds for a terminal, and an
/// end to it where a process in the background prints for ever.
const LAST_BYTES: usize = 1024 * 1024;

/// Runs `line`, or the login shell, on `terminal` and answers on `channel` until the shell has
/// ended and all it printed is sent.
pub(crate) async fn run(
    account: Arc<Account>,
    terminal: Terminal,
    line: Option<Vec<u8>>,
    environment: Environment,
    channel: Channel<Msg>,
    connection: Handle,
) {
    let (incoming, outgoing) = channel.split();
    let outcome = match account.start_on(terminal, line.as_deref(), &environment) {
        Err(problem) => Err(Left::NotStarted(problem)),
        Ok((mut group, mut master)) => {
            let outcome = follow(&mut group, &mut master, incoming, &outgoing).await;
            group.hang_up(master).await;
            outcome
        }
    };
    report::finish(outcome, &outgoing, &connection, None).await;
}

/// Carries keys and output until the shell has ended, or must.
async fn follow(
    group: &mut Group,
    master: &mut Master,
    incoming: ChannelReadHalf,
    outgoing: &ChannelWriteHalf<Msg>,
) -> Result<Exit, Left> {
    let (queue, queued) = unbounded_channel();
    let waiting_bytes = AtomicUsize::new(0);
    let (ended, ending) = watch::channel(false);
    let (printed, keys, sizer) = master.split();
    let id = group.id();
    let still_runs = ending.clone();
    let other = |message| match message {
        // Once it has been waited for, the group's id may be another's.
        ChannelMsg::Signal { signal } if !*still_runs.borrow() => id.signal(&signal),
        ChannelMsg::WindowChange {
            col_width,
            row_height,
            pix_width,
            pix_height,
        } => sizer.resize(Size::new(col_width, row_height, pix_width, pix_height)),
        _ => {}
    };
    let shell = async {
        let exit = group.wait().await.map_err(Left::Lost);
        ended.send_replace(true);
        exit
    };
    let output = async { tokio::join!(shell, send(printed, outgoing, ending)).0 };
    tokio::select! {
        biased;
        left = receive(incoming, queue, &waiting_bytes, other) => Err(left),
        never = feed(Some(keys), queued, &waiting_bytes) => match never {},
        ended = output => ended,
    }
}

/// Sends what is printed, as the client's window allows, until no process has the terminal open,
/// or the shell has ended and what was there then is sent.
async fn send(
    mut printed: Output<'_>,
    outgoing: &ChannelWriteHalf<Msg>,
    mut ending: watch::Receiver<bool>,
) {
    let mut buffer = Vec::with_capacity(READ_BYTES);
    loop {
        let shell_ends = async {
            let _ = ending.wait_for(|ended| *ended).await;
        };
        let read = tokio::select! {
            biased;
            () = shell_ends => break,
            read = printed.read(&mut buffer) => read,
        };
        if read.is_err() || pass_on(&mut buffer, outgoing).await.is_err() {
            return;
        }
    }
    let mut last_bytes = 0;
    while last_bytes < LAST_BYTES && printed.read_now(&mut buffer).is_ok() {
        last_bytes += buffer.len();
        if pass_on(&mut buffer, outgoing).await.is_err() {
            return;
        }
    }
}

async fn pass_on(
    buffer: &mut Vec<u8>,
    outgoing: &ChannelWriteHalf<Msg>,
) -> Result<(), russh::Error> {
    let data = Bytes::copy_from_slice(buffer);
    buffer.clear();
    outgoing.data_bytes(data).await
}
