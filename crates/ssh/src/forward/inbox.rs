//! What has come over one stream and was not read yet.
//!
//! Invariant: it never holds more than [`STREAM_BYTES`], and all streams of a connection together not
//! more than [`ALL_BYTES`] and a little for each. russh gives a server new window when bytes come, not
//! when they are read, so a server cannot be made to wait; what is too much ends the one stream.

use std::{
    collections::VecDeque,
    io,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
};

use bytes::{Buf, Bytes};
use tokio::io::ReadBuf;

use crate::StreamError;

/// What may wait in one stream.
pub(super) const STREAM_BYTES: usize = 32 << 20;
/// What may wait in all streams of a connection, ...
const ALL_BYTES: usize = 128 << 20;
/// ... save this much in each, so that those who read are not ended for those who do not.
const SHARE_BYTES: usize = 1 << 20;
/// What a piece takes besides its bytes.
const PIECE_BYTES: usize = 96;

/// How many bytes wait in all streams of one connection.
#[derive(Debug, Default)]
pub(crate) struct Waiting(AtomicUsize);

#[derive(Default)]
pub(super) struct Inbox(Mutex<State>);

#[derive(Default)]
struct State {
    pieces: VecDeque<Bytes>,
    /// With what each piece takes besides.
    waiting_bytes: usize,
    is_gone: bool,
    end: Option<End>,
    reader: Option<Waker>,
}

enum End {
    /// Nothing more comes.
    Finished,
    /// Something is missing.
    Failed(StreamError),
}

impl Inbox {
    /// Takes what came.
    ///
    /// # Errors
    /// [`StreamError::NotRead`] where too much waits already.
    pub(super) fn push(&self, piece: Bytes, all: &Waiting) -> Result<(), StreamError> {
        if piece.is_empty() {
            return Ok(());
        }
        let bytes = piece.len() + PIECE_BYTES;
        let mut state = self.state();
        if state.is_gone {
            return Ok(());
        }
        let here = state.waiting_bytes + bytes;
        let everywhere = all.0.load(Ordering::Relaxed).saturating_add(bytes);
        let limit_bytes = if everywhere > ALL_BYTES {
            SHARE_BYTES
        } else {
            STREAM_BYTES
        };
        if here > limit_bytes {
            return Err(StreamError::NotRead { limit_bytes });
        }
        all.0.fetch_add(bytes, Ordering::Relaxed);
        state.waiting_bytes = here;
        state.pieces.push_back(piece);
        wake(state);
        Ok(())
    }

    /// Nothing more comes; the first end counts.
    pub(super) fn finish(&self) {
        self.end(End::Finished);
    }

    /// The same, and something is missing.
    pub(super) fn fail(&self, error: StreamError) {
        self.end(End::Failed(error));
    }

    fn end(&self, end: End) {
        let mut state = self.state();
        state.end.get_or_insert(end);
        wake(state);
    }

    /// Why what was sent may not have arrived; `None`: nothing is known to be wrong.
    pub(super) fn failure(&self) -> Option<io::Error> {
        match &self.state().end {
            Some(End::Failed(error)) => Some(error.to_io()),
            Some(End::Finished) | None => None,
        }
    }

    pub(super) fn poll_read(
        &self,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
        all: &Waiting,
    ) -> Poll<io::Result<()>> {
        let mut state = self.state();
        if state.pieces.is_empty() {
            return match &state.end {
                Some(End::Finished) => Poll::Ready(Ok(())),
                Some(End::Failed(error)) => Poll::Ready(Err(error.to_io())),
                None => {
                    state.reader = Some(cx.waker().clone());
                    Poll::Pending
                }
            };
        }
        let mut taken = 0;
        while buf.remaining() > 0
            && let Some(piece) = state.pieces.front_mut()
        {
            let some = piece.split_to(piece.len().min(buf.remaining()));
            buf.put_slice(&some);
            taken += some.len();
            if !piece.has_remaining() {
                state.pieces.pop_front();
                taken += PIECE_BYTES;
            }
        }
        state.waiting_bytes = state.waiting_bytes.saturating_sub(taken);
        all.0.fetch_sub(taken, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }

    /// Forgets what waits and what comes yet: nobody will read it.
    pub(super) fn give_up(&self, all: &Waiting) {
        let mut state = self.state();
        state.pieces = VecDeque::new();
        all.0.fetch_sub(state.waiting_bytes, Ordering::Relaxed);
        state.waiting_bytes = 0;
        state.is_gone = true;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wake(mut state: MutexGuard<'_, State>) {
    let reader = state.reader.take();
    drop(state);
    if let Some(reader) = reader {
        reader.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use futures::FutureExt;

    use super::*;

    fn read(inbox: &Inbox, all: &Waiting, most: usize) -> Option<io::Result<Vec<u8>>> {
        let mut bytes = vec![0; most];
        let mut buf = ReadBuf::new(&mut bytes);
        let read = poll_fn(|cx| inbox.poll_read(cx, &mut buf, all)).now_or_never()?;
        Some(read.map(|()| buf.filled().to_vec()))
    }

    #[test]
    fn what_came_is_read_in_order_and_then_the_end() {
        let (inbox, all) = (Inbox::default(), Waiting::default());
        inbox.push(Bytes::from_static(b"abc"), &all).unwrap();
        inbox.push(Bytes::from_static(b"def"), &all).unwrap();
        assert_eq!(read(&inbox, &all, 4).unwrap().unwrap(), b"abcd");
        assert_eq!(read(&inbox, &all, 4).unwrap().unwrap(), b"ef");
        assert!(read(&inbox, &all, 4).is_none());
        inbox.finish();
        inbox.fail(StreamError::Unsupported);
        assert_eq!(read(&inbox, &all, 4).unwrap().unwrap(), b"");
        assert_eq!(all.0.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn too_much_in_one_or_in_all_is_refused_but_who_reads_goes_on() {
        let all = Waiting::default();
        let piece = || Bytes::from(vec![0; 1 << 20]);
        let inboxes: Vec<Inbox> = (0..5).map(|_| Inbox::default()).collect();
        let mut refused = Vec::new();
        for inbox in &inboxes {
            while inbox.push(piece(), &all).is_ok() {}
            refused.push(inbox.state().pieces.len());
        }
        assert_eq!(refused, [31, 31, 31, 31, 3], "the last finds them all full");
        let reads = Inbox::default();
        for _ in 0..100 {
            reads.push(Bytes::from(vec![0; 1 << 19]), &all).unwrap();
            read(&reads, &all, 1 << 20).unwrap().unwrap();
        }
        for inbox in &inboxes {
            inbox.give_up(&all);
        }
        assert_eq!(all.0.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn pieces_of_one_byte_count_for_what_they_take() {
        let (inbox, all) = (Inbox::default(), Waiting::default());
        let mut pieces = 0;
        while inbox.push(Bytes::from_static(b"x"), &all).is_ok() {
            pieces += 1;
        }
        assert!(pieces <= STREAM_BYTES / PIECE_BYTES, "{pieces}");
    }
}
