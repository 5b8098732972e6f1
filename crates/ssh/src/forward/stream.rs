//! A stream of bytes over one channel, and the two tasks that carry them.
//!
//! Invariant: the channel is drained as long as the server may send, and closed once nobody holds the
//! stream. What is written waits for the server's window in a task of its own, because a write that is
//! given up halfway would keep russh's lock on the window, and with it the connection.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::BytesMut;
use russh::{Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf, client::Msg};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, DuplexStream, ReadBuf, duplex},
    sync::oneshot,
    time::{Duration, sleep},
};

use super::inbox::Inbox;
use crate::{StreamError, connection::Inner};

/// What may wait to be sent.
const TO_SEND_BYTES: usize = 256 << 10;
/// What is sent in one piece.
const PIECE_BYTES: usize = 32 << 10;
/// How long what was written before a stream was dropped may take to leave.
const LEAVES: Duration = Duration::from_secs(5);

/// A stream to a host beyond a server; holds the connection to that server.
///
/// A read of nothing is the other side's end; what is written afterwards still goes there. Shutting it
/// down is our end; what comes afterwards is still read. Dropped, it is closed after what was written
/// has left. A failure is a [`StreamError`] inside of the [`io::Error`].
pub struct Stream {
    inbox: Arc<Inbox>,
    to_send: DuplexStream,
    inner: Arc<Inner>,
    /// Dropped with the stream, which tells the task.
    _held: oneshot::Sender<()>,
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream").finish_non_exhaustive()
    }
}

impl Stream {
    pub(super) fn new(inner: Arc<Inner>, channel: Channel<Msg>) -> Self {
        let (read, write) = channel.split();
        let (to_send, written) = duplex(TO_SEND_BYTES);
        let (held, dropped) = oneshot::channel();
        let inbox = Arc::new(Inbox::default());
        let carrying = carry(
            read,
            Arc::new(write),
            written,
            dropped,
            Arc::clone(&inbox),
            Arc::clone(&inner),
        );
        tokio::spawn(carrying);
        Self {
            inbox,
            to_send,
            inner,
            _held: held,
        }
    }
}

/// Takes what comes until both sides are done, beside a task that sends.
async fn carry(
    mut read: ChannelReadHalf,
    write: Arc<ChannelWriteHalf<Msg>>,
    written: DuplexStream,
    mut dropped: oneshot::Receiver<()>,
    inbox: Arc<Inbox>,
    inner: Arc<Inner>,
) {
    let mut sending = tokio::spawn(send(Arc::clone(&write), written));
    let waiting = Arc::clone(&inner.waiting);
    let (is_closed, is_dropped) = loop {
        tokio::select! {
            message = read.wait() => match message {
                Some(ChannelMsg::Data { data }) => {
                    if let Err(error) = inbox.push(data, &waiting) {
                        inbox.fail(error);
                        break (false, false);
                    }
                }
                Some(ChannelMsg::Eof) => inbox.finish(),
                Some(ChannelMsg::Close) => {
                    inbox.finish();
                    break (true, false);
                }
                Some(_) => {}
                None => {
                    inbox.fail(StreamError::Lost { closed: inner.closed().await });
                    break (true, false);
                }
            },
            _ = &mut dropped => break (false, true),
        }
    };
    if is_dropped {
        // Still drained, or nothing of ours would be taken either.
        let draining = async { while read.wait().await.is_some() {} };
        tokio::select! {
            _ = &mut sending => {}
            () = draining => {}
            () = sleep(LEAVES) => {}
        }
    }
    // With it goes the other end of what is written, so a write fails from here on.
    sending.abort();
    // Before the close: an unread channel holds up the loop that takes it.
    drop(read);
    if !is_closed {
        // A failure means that the connection is gone.
        let _ = write.close().await;
    }
}

/// Sends what is written as fast as the server takes it, and then the end.
async fn send(write: Arc<ChannelWriteHalf<Msg>>, mut written: DuplexStream) {
    let mut piece = BytesMut::new();
    loop {
        piece.reserve(PIECE_BYTES);
        match written.read_buf(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(_) if write.data_bytes(piece.split().freeze()).await.is_err() => return,
            Ok(_) => {}
        }
    }
    // A failure means that the connection is gone.
    let _ = write.eof().await;
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.inbox.give_up(&self.inner.waiting);
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.inbox.poll_read(cx, buf, &self.inner.waiting)
    }
}

impl Stream {
    /// The reason, where one is known, in place of a broken pipe.
    fn told<T>(&self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| self.inbox.failure().unwrap_or(error))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.to_send).poll_write(cx, buf);
        written.map(|written| this.told(written))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().to_send).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().to_send).poll_shutdown(cx)
    }
}
