//! What carries an SFTP session's packets: a channel, or, inside this process, a pipe.

use bytes::Bytes;
use russh::{Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf, client::Msg};
use sftp::Packets;
use tokio::sync::{mpsc, watch};

use super::session::Failure;
use crate::Closed;

/// The two ends of a session with the SFTP server of this process, which no channel has to carry:
/// requests go, answers come, each message one packet or several, whole and with their lengths.
pub type FilesPipe = (mpsc::UnboundedSender<Bytes>, mpsc::Receiver<Bytes>);

/// Begins a session with the SFTP server of this process.
pub type FilesDoor = Box<dyn Fn() -> FilesPipe + Send + Sync>;

/// What comes.
pub(super) enum Incoming {
    Channel(ChannelReadHalf, Packets),
    Pipe {
        answers: mpsc::Receiver<Bytes>,
        held: Bytes,
        /// The connection the pipe belongs to: it ends with that.
        closed: watch::Receiver<Option<Closed>>,
    },
}

/// Where requests go.
pub(super) enum Outgoing {
    Channel(ChannelWriteHalf<Msg>),
    Pipe(mpsc::UnboundedSender<Bytes>),
}

pub(super) fn of_channel(channel: Channel<Msg>) -> (Incoming, Outgoing) {
    let (read, write) = channel.split();
    let incoming = Incoming::Channel(read, Packets::default());
    (incoming, Outgoing::Channel(write))
}

pub(super) fn of_pipe(
    (requests, answers): FilesPipe,
    closed: watch::Receiver<Option<Closed>>,
) -> (Incoming, Outgoing) {
    let incoming = Incoming::Pipe {
        answers,
        held: Bytes::new(),
        closed,
    };
    (incoming, Outgoing::Pipe(requests))
}

impl Incoming {
    /// The next packet, without its length.
    pub(super) async fn next(&mut self) -> Result<Bytes, Failure> {
        loop {
            match self {
                Self::Channel(read, packets) => {
                    if let Some(packet) = packets.next()? {
                        return Ok(packet);
                    }
                    match read.wait().await {
                        Some(ChannelMsg::Data { data }) => packets.push(&data),
                        Some(ChannelMsg::Close) | None => return Err(Failure::Closed),
                        Some(_) => {}
                    }
                }
                Self::Pipe {
                    answers,
                    held,
                    closed,
                } => {
                    if let Some(packet) = sftp::next_packet(held)? {
                        return Ok(packet);
                    }
                    *held = tokio::select! {
                        answer = answers.recv() => answer.ok_or(Failure::Closed)?,
                        _ = closed.wait_for(Option::is_some) => return Err(Failure::Closed),
                    };
                }
            }
        }
    }
}

impl Outgoing {
    pub(super) async fn send(&self, packet: Bytes) -> Result<(), Failure> {
        match self {
            Self::Channel(write) => {
                let sent = write.data_bytes(packet).await;
                sent.map_err(|_| Failure::Closed)
            }
            Self::Pipe(requests) => requests.send(packet).map_err(|_| Failure::Closed),
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
