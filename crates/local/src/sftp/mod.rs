//! The `sftp` subsystem, version 3, over the user's own files: its channel, from the first packet
//! to the last answer.
//!
//! Invariant: requests are worked off one after the other, as they came. The channel is always read
//! at once (an unread one would stall the whole connection), what waits has a bound, answers go as
//! the client's window allows, and a disk is waited for only on threads that may block.

mod batch;
mod extended;
mod failure;
mod files;
mod handles;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use russh::{Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf, server::Msg};
use sftp::{Malformed, Packets, Request};
use tokio::{
    sync::mpsc::{
        Receiver, Sender, UnboundedReceiver, UnboundedSender, channel, unbounded_channel,
    },
    task::spawn_blocking,
};

use crate::platform::{self, Account};
use batch::Batches;
use files::Files;

/// Memory of the requests that may wait for the disk, or for the client to take its answers. A real
/// sshd would stop granting window; russh grants on receipt, so the bound is kept here, and passing
/// it ends the session.
const WAITING_BYTES: usize = 32 * 1024 * 1024;

/// What a request takes besides its bytes, generously.
const REQUEST_BYTES: usize = 256;

/// Batches of answers that wait behind the one that is being sent.
const READY_BATCHES: usize = 1;

/// A request, or a packet that is none, with its number.
struct Asked {
    id: u32,
    request: Result<Request, Malformed>,
    /// What it counts for among [`WAITING_BYTES`].
    memory_bytes: usize,
}

/// How a session ends.
enum End {
    /// The client closed the channel, or is gone.
    Closed,
    /// The client has nothing more to ask, and all is answered.
    Done,
    /// What the client sent is not SFTP.
    Malformed(Malformed),
    /// More requests waited than may.
    TooMuch,
}

/// Answers on `channel` until the client closes it or breaks the protocol.
pub(crate) async fn run(account: Arc<Account>, channel: Channel<Msg>) {
    let (incoming, outgoing) = channel.split();
    let status = match serve(account, incoming, &outgoing).await {
        End::Closed => return,
        End::Done => 0,
        End::Malformed(error) => {
            tracing::debug!(%error, "this computer: no SFTP");
            1
        }
        End::TooMuch => {
            tracing::debug!("this computer: too many SFTP requests wait");
            1
        }
    };
    // All of this fails only when the connection is gone, and then nobody is left to tell.
    let _ = outgoing.exit_status(status).await;
    let _ = outgoing.eof().await;
    let _ = outgoing.close().await;
}

async fn serve(
    account: Arc<Account>,
    mut incoming: ChannelReadHalf,
    outgoing: &ChannelWriteHalf<Msg>,
) -> End {
    let (packets, version) = match begin(&mut incoming).await {
        Ok(begun) => begun,
        Err(end) => return end,
    };
    let (queue, queued) = unbounded_channel();
    let (answers, ready) = channel(READY_BATCHES);
    // There is room for the first.
    let _ = answers.try_send(vec![version]);
    let waiting_bytes = AtomicUsize::new(0);
    let mut files = Some(Files::new(account));
    let answering = async {
        tokio::join!(
            work(&mut files, queued, &waiting_bytes, answers),
            send(ready, outgoing)
        );
    };
    let end = tokio::select! {
        biased;
        end = receive(incoming, packets, queue, &waiting_bytes) => end,
        () = answering => End::Done,
    };
    // Closing a file may wait for a disk too.
    spawn_blocking(move || drop(files));
    end
}

/// Reads the client's first packet; what came behind it is in the packets. The other is the answer.
async fn begin(incoming: &mut ChannelReadHalf) -> Result<(Packets, Bytes), End> {
    let mut packets = Packets::default();
    loop {
        match incoming.wait().await {
            Some(ChannelMsg::Data { data }) => packets.push(&data),
            Some(ChannelMsg::Eof) => return Err(End::Done),
            Some(ChannelMsg::Close) | None => return Err(End::Closed),
            Some(_) => {}
        }
        if let Some(init) = packets.next().map_err(End::Malformed)? {
            let version = sftp::version(init, &platform::EXTENSIONS).map_err(End::Malformed)?;
            return Ok((packets, version));
        }
    }
}

/// Reads all the client sends, at once, until it is gone or breaks the protocol.
async fn receive(
    mut incoming: ChannelReadHalf,
    mut packets: Packets,
    queue: UnboundedSender<Asked>,
    waiting_bytes: &AtomicUsize,
) -> End {
    let mut queue = Some(queue);
    loop {
        loop {
            let asked = match packets.next() {
                Ok(Some(packet)) => Asked::read(packet),
                Ok(None) => break,
                Err(error) => return End::Malformed(error),
            };
            let before = waiting_bytes.fetch_add(asked.memory_bytes, Ordering::Relaxed);
            if before.saturating_add(asked.memory_bytes) > WAITING_BYTES {
                return End::TooMuch;
            }
            if let Some(queue) = &queue {
                // A failure means that the other end is gone, and that this one will be told.
                let _ = queue.send(asked);
            }
        }
        match incoming.wait().await {
            Some(ChannelMsg::Data { data }) => packets.push(&data),
            Some(ChannelMsg::Eof) => queue = None,
            Some(ChannelMsg::Close) | None => return End::Closed,
            Some(_) => {}
        }
    }
}

impl Asked {
    fn read(packet: Bytes) -> Self {
        // Behind the kind: an answer needs it even where the rest makes no sense.
        let id = packet.get(1..5).and_then(|id| id.try_into().ok());
        let memory_bytes = packet.len() + REQUEST_BYTES;
        match Request::decode(packet) {
            Ok((id, request)) => Self {
                id,
                request: Ok(request),
                memory_bytes,
            },
            Err(error) => Self {
                id: id.map(u32::from_be_bytes).unwrap_or_default(),
                request: Err(error),
                memory_bytes,
            },
        }
    }
}

/// Works off what is queued until there will be no more. The files are back when it has ended, but
/// not when it is dropped at work.
async fn work(
    files: &mut Option<Files>,
    queued: UnboundedReceiver<Asked>,
    waiting_bytes: &AtomicUsize,
    answers: Sender<Vec<Bytes>>,
) {
    let mut batches = Batches::new(queued);
    while let Some(batch) = batches.next().await {
        let Some(mut opened) = files.take() else {
            return;
        };
        let memory_bytes = batch.iter().map(|asked| asked.memory_bytes).sum();
        let outlet = answers.clone();
        let working = spawn_blocking(move || {
            let answered = batch::answer(&mut opened, batch, &|| outlet.is_closed());
            (opened, answered)
        });
        // A failure means that the program is ending.
        let Ok((opened, answered)) = working.await else {
            return;
        };
        *files = Some(opened);
        waiting_bytes.fetch_sub(memory_bytes, Ordering::Relaxed);
        if answers.send(answered).await.is_err() {
            return;
        }
    }
}

/// Sends the answers, as the client's window allows, until there will be no more.
async fn send(mut ready: Receiver<Vec<Bytes>>, outgoing: &ChannelWriteHalf<Msg>) {
    while let Some(batch) = ready.recv().await {
        for bytes in batch {
            if outgoing.data_bytes(bytes).await.is_err() {
                return;
            }
        }
    }
}
