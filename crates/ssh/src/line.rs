//! The byte stream under an SSH connection, with a handle that ends it whatever state SSH is in.
//!
//! Invariant: when the [`Hangup`] is dropped the next read or write fails, one that waits too, so no task and no socket outlives
//! the connection it belongs to.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::oneshot,
};

use crate::{error::one_line, progress::Progress};

/// Bytes of the host's first lines that are looked at.
const GREETING_BYTES: usize = 4096;

/// Keeps the stream alive; dropped, it ends it.
#[derive(Debug)]
pub(crate) struct Hangup(#[expect(dead_code, reason = "held for its drop")] oneshot::Sender<()>);

/// The stream. It also notes when the host's greeting has come.
pub(crate) struct Line<S> {
    stream: S,
    hangup: Option<oneshot::Receiver<()>>,
    greeting: Option<Vec<u8>>,
    progress: Arc<Progress>,
}

impl<S> Line<S> {
    pub(crate) fn new(stream: S, progress: Arc<Progress>) -> (Self, Hangup) {
        let (alive, hangup) = oneshot::channel();
        let line = Self {
            stream,
            hangup: Some(hangup),
            greeting: Some(Vec::new()),
            progress,
        };
        (line, Hangup(alive))
    }

    /// Fails once the handle is gone, and wakes the caller then. Reads and writes come from russh's
    /// one task, so one place for a waker is enough.
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let ended = match &mut self.hangup {
            Some(hangup) => Pin::new(hangup).poll(cx).is_ready(),
            None => true,
        };
        if ended {
            self.hangup = None;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    /// Looks for the line that begins with `SSH-` (RFC 4253, 4.2).
    fn listen(&mut self, heard: &[u8]) {
        let Some(greeting) = &mut self.greeting else {
            return;
        };
        greeting.extend(
            heard
                .iter()
                .take(GREETING_BYTES.saturating_sub(greeting.len())),
        );
        let complete = greeting.split_inclusive(|byte| *byte == b'\n');
        let mut lines = complete.filter(|line| line.ends_with(b"\n"));
        if let Some(first) = lines.clone().next() {
            self.progress
                .heard(&one_line(&String::from_utf8_lossy(first)));
        }
        if let Some(version) = lines.find(|line| line.starts_with(b"SSH-")) {
            self.progress
                .greeted(one_line(&String::from_utf8_lossy(version)));
            self.greeting = None;
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Line<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.check(cx)?;
        let before = buf.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(cx, buf);
        if this.greeting.is_some() {
            this.listen(buf.filled().get(before..).unwrap_or_default());
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Line<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.check(cx)?;
        Pin::new(&mut this.stream).poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.check(cx)?;
        Pin::new(&mut this.stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn the_handles_end_ends_a_read_and_a_write_that_wait() {
        for writes in [false, true] {
            let (near, _far) = tokio::io::duplex(4);
            let (mut line, hangup) = Line::new(near, Arc::new(Progress::new()));
            let waiting = tokio::spawn(async move {
                if writes {
                    line.write_all(b"more than it takes").await
                } else {
                    line.read_u8().await.map(drop)
                }
            });
            tokio::task::yield_now().await;
            assert!(!waiting.is_finished());
            drop(hangup);
            tokio::task::yield_now().await;
            let error = waiting.now_or_never().unwrap().unwrap().unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::ConnectionAborted);
        }
    }
}
