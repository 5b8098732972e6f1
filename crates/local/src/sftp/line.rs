//! What carries a session: a channel of a connection, or a pipe within the process.

use bytes::{Bytes, BytesMut};
use russh::{Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf, server::Msg};
use sftp::{Answer, Packets, Request};
use tokio::sync::mpsc::{Sender, UnboundedReceiver, channel, unbounded_channel};

use super::{Asked, End};
use crate::{Pipe, platform};

/// Batches of answers that a pipe holds for a client who does not take them.
const PIPED_BATCHES: usize = 2;

/// Answers below this share a message of a channel.
const SHORT_BYTES: usize = 4 * 1024;

/// Both directions of a session.
pub(crate) type Line = (Incoming, Outgoing);

/// What comes.
pub(crate) enum Incoming {
    Channel(ChannelReadHalf, Packets),
    Pipe(UnboundedReceiver<(u32, Request)>),
}

/// Where answers go.
pub(crate) enum Outgoing {
    Channel(ChannelWriteHalf<Msg>),
    Pipe(Sender<Vec<(u32, Answer)>>),
}

pub(crate) fn of_channel(channel: Channel<Msg>) -> Line {
    let (read, write) = channel.split();
    let incoming = Incoming::Channel(read, Packets::default());
    (incoming, Outgoing::Channel(write))
}

/// The client's end, and this one.
pub(crate) fn pipe() -> (Pipe, Line) {
    let (requests, asked) = unbounded_channel();
    let (answers, answered) = channel(PIPED_BATCHES);
    let line = (Incoming::Pipe(asked), Outgoing::Pipe(answers));
    ((platform::EXTENSIONS, requests, answered), line)
}

impl Incoming {
    /// Answers the client's greeting, which is its first packet; a pipe has none.
    pub(super) async fn greet(&mut self, outgoing: &Outgoing) -> Result<(), End> {
        if let (Self::Channel(read, packets), Outgoing::Channel(write)) = (self, outgoing) {
            let init = next_packet(read, packets).await?;
            let version = sftp::version(init, &platform::EXTENSIONS).map_err(End::Malformed)?;
            write.data_bytes(version).await.map_err(|_| End::Closed)?;
        }
        Ok(())
    }

    /// The next request. `Err`: none will come, for this reason.
    pub(super) async fn next(&mut self) -> Result<Asked, End> {
        match self {
            Self::Channel(read, packets) => Ok(Asked::read(next_packet(read, packets).await?)),
            Self::Pipe(asked) => {
                let (id, request) = asked.recv().await.ok_or(End::Closed)?;
                Ok(Asked::piped(id, request))
            }
        }
    }

    /// Whether what is not read yet waits at the client, and not in the connection's way.
    pub(super) fn may_wait(&self) -> bool {
        matches!(self, Self::Pipe(..))
    }
}

/// Without its length.
async fn next_packet(read: &mut ChannelReadHalf, packets: &mut Packets) -> Result<Bytes, End> {
    loop {
        if let Some(packet) = packets.next().map_err(End::Malformed)? {
            return Ok(packet);
        }
        match read.wait().await {
            Some(ChannelMsg::Data { data }) => packets.push(&data),
            Some(ChannelMsg::Eof) => return Err(End::Done),
            Some(ChannelMsg::Close) | None => return Err(End::Closed),
            Some(_) => {}
        }
    }
}

impl Outgoing {
    /// Says whether the client is still there.
    pub(super) async fn send(&self, answers: Vec<(u32, Answer)>) -> bool {
        match self {
            Self::Channel(write) => {
                for bytes in encode(&answers) {
                    if write.data_bytes(bytes).await.is_err() {
                        return false;
                    }
                }
                true
            }
            Self::Pipe(piped) => piped.send(answers).await.is_ok(),
        }
    }

    /// Ends it; a pipe ends when it is dropped.
    pub(super) async fn end(self, status: u32) {
        if let Self::Channel(write) = self {
            // All of this fails only when the connection is gone, and then nobody is left to tell.
            let _ = write.exit_status(status).await;
            let _ = write.eof().await;
            let _ = write.close().await;
        }
    }
}

/// Messages for a channel, in order.
fn encode(answers: &[(u32, Answer)]) -> Vec<Bytes> {
    let mut messages = Vec::new();
    let mut short = BytesMut::new();
    for (id, answer) in answers {
        let packet = answer.encode(*id);
        if packet.len() < SHORT_BYTES {
            short.extend_from_slice(&packet);
            continue;
        }
        if !short.is_empty() {
            messages.push(short.split().freeze());
        }
        messages.push(packet);
    }
    if !short.is_empty() {
        messages.push(short.freeze());
    }
    messages
}
