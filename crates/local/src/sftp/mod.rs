//! The `sftp` subsystem, version 3, over the user's own files: its channel, from the first packet
//! to the last answer.
//!
//! Invariant: requests are worked off one after the other, as they came. A channel is always read at
//! once (an unread one would stall the whole connection), what waits has a bound, answers go as the
//! client takes them, and a disk is waited for only on threads that may block.

mod batch;
mod extended;
mod failure;
mod files;
mod handles;
mod line;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use sftp::{Answer, Malformed, Request};
use tokio::{
    sync::{
        Notify,
        mpsc::{Receiver, Sender, UnboundedReceiver, UnboundedSender, channel, unbounded_channel},
    },
    task::spawn_blocking,
};

use crate::platform::Account;
use batch::Batches;
use files::Files;
use line::{Incoming, Line, Outgoing};
pub(crate) use line::{of_channel, pipe};

/// Memory of the requests that may wait for the disk, or for the client to take its answers. A real
/// sshd would stop granting window; russh grants on receipt, so the bound is kept here, and passing
/// it ends the session. Of a pipe no more is read meanwhile.
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

/// What waits for the disk.
#[derive(Default)]
struct Waiting {
    bytes: AtomicUsize,
    /// Told when it became less.
    less: Notify,
}

/// Answers until the client closes the line or breaks the protocol.
pub(crate) async fn run(account: Arc<Account>, (incoming, outgoing): Line) {
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
    outgoing.end(status).await;
}

async fn serve(account: Arc<Account>, mut incoming: Incoming, outgoing: &Outgoing) -> End {
    if let Err(end) = incoming.greet(outgoing).await {
        return end;
    }
    let (queue, queued) = unbounded_channel();
    let (answers, ready) = channel(READY_BATCHES);
    let waiting = Waiting::default();
    let mut files = Some(Files::new(account));
    let answering = async {
        tokio::join!(
            work(&mut files, queued, &waiting, answers),
            send(ready, outgoing)
        );
    };
    let end = tokio::select! {
        biased;
        end = receive(incoming, queue, &waiting) => end,
        () = answering => End::Done,
    };
    // Closing a file may wait for a disk too.
    spawn_blocking(move || drop(files));
    end
}

/// Reads all the client sends, at once, until it is gone or breaks the protocol.
async fn receive(mut incoming: Incoming, queue: UnboundedSender<Asked>, waiting: &Waiting) -> End {
    let mut queue = Some(queue);
    loop {
        let asked = match incoming.next().await {
            Ok(asked) => asked,
            // What was asked before is still answered.
            Err(End::Done) => {
                queue = None;
                continue;
            }
            Err(end) => return end,
        };
        let mut before = waiting.bytes.load(Ordering::Relaxed);
        while incoming.may_wait() && before.saturating_add(asked.memory_bytes) > WAITING_BYTES {
            waiting.less.notified().await;
            before = waiting.bytes.load(Ordering::Relaxed);
        }
        let before = waiting
            .bytes
            .fetch_add(asked.memory_bytes, Ordering::Relaxed);
        if before.saturating_add(asked.memory_bytes) > WAITING_BYTES {
            return End::TooMuch;
        }
        if let Some(queue) = &queue {
            // A failure means that the other end is gone, and that this one will be told.
            let _ = queue.send(asked);
        }
    }
}

impl Asked {
    fn piped(id: u32, request: Request) -> Self {
        let data_bytes = match &request {
            Request::Write { data, .. } => data.len(),
            _ => 0,
        };
        Self {
            id,
            request: Ok(request),
            memory_bytes: data_bytes + REQUEST_BYTES,
        }
    }

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
    waiting: &Waiting,
    answers: Sender<Vec<(u32, Answer)>>,
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
        waiting.bytes.fetch_sub(memory_bytes, Ordering::Relaxed);
        waiting.less.notify_one();
        if answers.send(answered).await.is_err() {
            return;
        }
    }
}

/// Sends the answers, as the client's window allows, until there will be no more.
async fn send(mut ready: Receiver<Vec<(u32, Answer)>>, outgoing: &Outgoing) {
    while let Some(batch) = ready.recv().await {
        if !outgoing.send(batch).await {
            return;
        }
    }
}
