//! The byte stream under an SSH connection, with a handle that ends it whatever state SSH is in.
//!
//! Invariant: when the [`Hangup`] is dropped the next read or write fails, one that waits too, so no
//! task and no socket outlives the connection it belongs to; the same where the guard ends it, and
//! where nothing that is written is taken any more.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::oneshot,
    time::Sleep,
};

use crate::{error::one_line, progress::Progress};

/// Bytes of the host's first lines that are looked at.
const GREETING_BYTES: usize = 4096;

/// How long not one byte may be taken of what is written: a line that has gone dead, or a server
/// that reads nothing. russh waits for that alone, so its signs of life do not tell.
const TAKES_NOTHING: Duration = Duration::from_secs(12);

/// Keeps the stream alive; dropped, it ends it.
#[derive(Debug)]
pub(crate) struct Hangup {
    #[expect(dead_code, reason = "held for its drop")]
    alive: oneshot::Sender<()>,
    progress: Arc<Progress>,
}

impl Hangup {
    /// Tells the line that somebody is logged in.
    pub(crate) fn logged_in(&self) {
        self.progress.guard.logged_in();
    }

    /// What is known of the connection's making.
    pub(crate) fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }
}

/// The stream. It also notes when the host's greeting has come.
pub(crate) struct Line<S> {
    stream: S,
    hangup: Option<oneshot::Receiver<()>>,
    greeting: Option<Vec<u8>>,
    progress: Arc<Progress>,
    /// Runs while nothing is taken.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl<S> Line<S> {
    pub(crate) fn new(stream: S, progress: Arc<Progress>) -> (Self, Hangup) {
        let (alive, hangup) = oneshot::channel();
        let line = Self {
            stream,
            hangup: Some(hangup),
            greeting: Some(Vec::new()),
            progress: Arc::clone(&progress),
            stalled: None,
        };
        (line, Hangup { alive, progress })
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
        match self.progress.guard.broken() {
            Some(reason) => Err(io::Error::other(reason.to_owned())),
            None => Ok(()),
        }
    }

    /// Fails when nothing has been taken for too long, and wakes the caller then.
    fn stall(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(TAKES_NOTHING)));
        match stalled.as_mut().poll(cx) {
            Poll::Ready(()) => Err(io::ErrorKind::TimedOut.into()),
            Poll::Pending => Ok(()),
        }
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

/// Whether the other end closed the connection, however that showed.
pub(crate) fn was_hung_up(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionReset | UnexpectedEof)
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
        let bytes = buf.filled().len().saturating_sub(before);
        this.progress.guard.received(bytes);
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
        let written = Pin::new(&mut this.stream).poll_write(cx, buf);
        if written.is_pending() {
            this.stall(cx)?;
        } else {
            this.stalled = None;
        }
        written
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

    #[tokio::test(start_paused = true)]
    async fn a_write_that_nobody_takes_fails_and_one_that_goes_on_slowly_does_not() {
        let (near, mut far) = tokio::io::duplex(4);
        let (mut line, _hangup) = Line::new(near, Arc::new(Progress::new()));
        let writing = tokio::spawn(async move { line.write_all(b"more than it takes").await });
        for _ in 0..10 {
            tokio::time::sleep(TAKES_NOTHING - Duration::from_secs(1)).await;
            far.read_u8().await.unwrap();
        }
        let begun = tokio::time::Instant::now();
        let error = writing.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() <= TAKES_NOTHING, "{:?}", begun.elapsed());
    }

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
