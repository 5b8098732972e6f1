//! What carries an SFTP session: a channel, or, inside this process, a pipe.

use bytes::Bytes;
use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf, client::Msg};
use sftp::{Answer, Extensions, Packets, Request};
use tokio::sync::{mpsc, watch};

use super::session::Failure;
use crate::Closed;

/// A session with the SFTP server of this process, which no channel has to carry and nobody has to
/// encode: what it can do besides, since nobody greets; where requests go; what comes in answer. Each
/// request and each answer has its number.
pub type FilesPipe = (
    Extensions,
    mpsc::UnboundedSender<(u32, Request)>,
    mpsc::Receiver<Vec<(u32, Answer)>>,
);

/// Begins a session with the SFTP server of this process.
pub type FilesDoor = Box<dyn Fn() -> FilesPipe + Send + Sync>;

/// What comes.
pub(super) enum Incoming {
    Channel(ChannelReadHalf, Packets),
    Pipe {
        extensions: Extensions,
        answers: mpsc::Receiver<Vec<(u32, Answer)>>,
        held: std::vec::IntoIter<(u32, Answer)>,
        /// The connection the pipe belongs to: it ends with that.
        closed: watch::Receiver<Option<Closed>>,
    },
}

/// Where requests go.
pub(super) enum Outgoing {
    Channel(ChannelWriteHalf<Msg>),
    Pipe(mpsc::UnboundedSender<(u32, Request)>),
}

/// `first`: what was read from it already.
pub(super) fn of_channel(
    read: ChannelReadHalf,
    write: ChannelWriteHalf<Msg>,
    first: &[u8],
) -> (Incoming, Outgoing) {
    let mut packets = Packets::default();
    packets.push(first);
    let incoming = Incoming::Channel(read, packets);
    (incoming, Outgoing::Channel(write))
}

pub(super) fn of_pipe(
    (extensions, requests, answers): FilesPipe,
    closed: watch::Receiver<Option<Closed>>,
) -> (Incoming, Outgoing) {
    let incoming = Incoming::Pipe {
        extensions,
        answers,
        held: Vec::new().into_iter(),
        closed,
    };
    (incoming, Outgoing::Pipe(requests))
}

impl Incoming {
    /// Greets the server; gives what it can do besides. Before anything else.
    pub(super) async fn greeting(&mut self, outgoing: &Outgoing) -> Result<Extensions, Failure> {
        match (self, outgoing) {
            (Self::Channel(read, packets), Outgoing::Channel(write)) => {
                let sent = write.data_bytes(sftp::init()).await;
                sent.map_err(|_| Failure::Closed)?;
                Ok(Extensions::decode(next_packet(read, packets).await?)?)
            }
            (Self::Pipe { extensions, .. }, _) => Ok(*extensions),
            (Self::Channel(..), Outgoing::Pipe(_)) => Err(Failure::Unfit),
        }
    }

    /// The next answer, with its number.
    pub(super) async fn next(&mut self) -> Result<(u32, Answer), Failure> {
        match self {
            Self::Channel(read, packets) => Ok(Answer::decode(next_packet(read, packets).await?)?),
            Self::Pipe {
                answers,
                held,
                closed,
                ..
            } => loop {
                if let Some(answer) = held.next() {
                    return Ok(answer);
                }
                let some = tokio::select! {
                    some = answers.recv() => some.ok_or(Failure::Closed)?,
                    _ = closed.wait_for(Option::is_some) => return Err(Failure::Closed),
                };
                *held = some.into_iter();
            },
        }
    }
}

/// Without its length.
async fn next_packet(read: &mut ChannelReadHalf, packets: &mut Packets) -> Result<Bytes, Failure> {
    loop {
        if let Some(packet) = packets.next()? {
            return Ok(packet);
        }
        match read.wait().await {
            Some(ChannelMsg::Data { data }) => packets.push(&data),
            Some(ChannelMsg::Close) | None => return Err(Failure::Closed),
            Some(_) => {}
        }
    }
}

impl Outgoing {
    pub(super) async fn send(&self, id: u32, request: Request) -> Result<(), Failure> {
        match self {
            Self::Channel(write) => {
                let (head, data) = request.encode_apart(id);
                for piece in [head, data] {
                    if !piece.is_empty() {
                        let sent = write.data_bytes(piece).await;
                        sent.map_err(|_| Failure::Closed)?;
                    }
                }
                Ok(())
            }
            Self::Pipe(requests) => requests.send((id, request)).map_err(|_| Failure::Closed),
        }
    }

    /// A pipe ends when it is dropped.
    pub(super) async fn close(&self) {
        if let Self::Channel(write) = self {
            // A failure means that it is closed already.
            let _ = write.close().await;
        }
    }
}
