//! What carries a session's packets: a channel of a connection, or a pipe within the process.

use bytes::Bytes;
use russh::{Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf, server::Msg};
use sftp::Packets;
use tokio::sync::mpsc::{Receiver, Sender, UnboundedReceiver, channel, unbounded_channel};

use super::End;
use crate::Pipe;

/// Batches of answers that a pipe holds for a client who does not take them.
const PIPED_BATCHES: usize = 2;

/// Both directions of a session.
pub(crate) type Line = (Incoming, Outgoing);

/// What comes.
pub(crate) enum Incoming {
    Channel(ChannelReadHalf, Packets),
    Pipe(UnboundedReceiver<Bytes>, Bytes),
}

/// Where answers go.
pub(crate) enum Outgoing {
    Channel(ChannelWriteHalf<Msg>),
    Pipe(Sender<Bytes>),
}

pub(crate) fn of_channel(channel: Channel<Msg>) -> Line {
    let (read, write) = channel.split();
    let incoming = Incoming::Channel(read, Packets::default());
    (incoming, Outgoing::Channel(write))
}

/// The client's end, and this one.
pub(crate) fn pipe() -> (Pipe, Line) {
    let (requests, asked): (_, UnboundedReceiver<Bytes>) = unbounded_channel();
    let (answers, answered): (_, Receiver<Bytes>) = channel(PIPED_BATCHES);
    let line = (Incoming::Pipe(asked, Bytes::new()), Outgoing::Pipe(answers));
    ((requests, answered), line)
}

impl Incoming {
    /// The next packet, without its length. `Err`: none will come, for this reason.
    pub(super) async fn next(&mut self) -> Result<Bytes, End> {
        loop {
            match self {
                Self::Channel(read, packets) => {
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
                Self::Pipe(asked, held) => {
                    if let Some(packet) = sftp::next_packet(held).map_err(End::Malformed)? {
                        return Ok(packet);
                    }
                    *held = asked.recv().await.ok_or(End::Closed)?;
                }
            }
        }
    }

    /// Whether what is not read yet waits at the client, and not in the connection's way.
    pub(super) fn may_wait(&self) -> bool {
        matches!(self, Self::Pipe(..))
    }
}

impl Outgoing {
    /// Says whether the client is still there.
    pub(super) async fn send(&self, bytes: Bytes) -> bool {
        match self {
            Self::Channel(write) => write.data_bytes(bytes).await.is_ok(),
            Self::Pipe(answers) => answers.send(bytes).await.is_ok(),
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
