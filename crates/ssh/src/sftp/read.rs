//! A file's bytes in order, at wire speed: many requests are under way at once.
//!
//! Invariant: what comes out is what lies in the file from the offset on, without a gap, whatever
//! sizes the server's answers have. What is under way at once is bounded.

use std::collections::VecDeque;

use bytes::Bytes;
use catalog::arguments::RemotePath;
use sftp::{Request, open};
use tokio::time::Instant;

use super::{
    error::FileError,
    files::{Files, Handle, Metadata, attributes},
    session::{Failure, Pending, data},
};

/// Bytes of one request: the most that OpenSSH sends.
const CHUNK_BYTES: u32 = 255 * 1024;
/// Requests under way to begin with, 2 MB: no more than a router on the way holds back at once.
const FIRST_UNDER_WAY: usize = 8;
/// Requests under way at most on a short way: 4 MB.
const LEAST_UNDER_WAY: usize = 16;
/// And on the longest: 16 MB, the window of the channel.
const MOST_UNDER_WAY: usize = 64;
/// Requests for each millisecond of the round trip: 80 MB/s.
const UNDER_WAY_PER_MS: f64 = 0.32;
/// One request more for so many that were answered: a line that is filled at one stroke loses much
/// of it.
const ANSWERED_FOR_ONE_MORE: usize = 16;

/// A file that is read.
pub struct Reader {
    pub(super) handle: Handle,
    chunk_bytes: u32,
    /// Where the next request begins.
    asked: u64,
    /// Where to stop.
    end: u64,
    pending: VecDeque<(u64, u32, Pending)>,
    /// Requests that may be under way now, and at most.
    wanted: usize,
    most: usize,
    /// Answered since there was one more.
    answered: usize,
}

impl Files {
    /// Opens a file to read it; gives it with what it is.
    ///
    /// # Errors
    /// As the server says.
    pub async fn read(&self, path: &RemotePath) -> Result<(Reader, Metadata), FileError> {
        let handle = self.open(path, open::READ, None).await?;
        let asked = Request::FStat {
            handle: handle.id.clone(),
        };
        let begun = Instant::now();
        let metadata = attributes(self.session.ask(asked)).await?;
        let round_trip_ms = begun.elapsed().as_secs_f64() * 1000.0;
        let end = metadata.size_bytes.unwrap_or(0);
        let limit = u32::try_from(self.session.limits().await.read_bytes).unwrap_or(u32::MAX);
        let chunk_bytes = match limit {
            0 => 32 * 1024,
            limit => limit.min(CHUNK_BYTES),
        };
        let reader = Reader {
            handle,
            chunk_bytes,
            asked: 0,
            end,
            pending: VecDeque::new(),
            wanted: FIRST_UNDER_WAY,
            most: most_under_way(round_trip_ms),
            answered: 0,
        };
        Ok((reader, metadata))
    }

    /// Reads a small file whole: one of at most `most_bytes`, as it is now.
    ///
    /// # Errors
    /// As the server says; `Ok(None)` where it is larger.
    pub async fn read_whole(
        &self,
        path: &RemotePath,
        most_bytes: usize,
    ) -> Result<Option<(Vec<u8>, Metadata)>, FileError> {
        let (mut reader, metadata) = self.read(path).await?;
        // Files of `/proc` have no size, so only "end of file" is the end.
        reader.end = u64::MAX;
        let mut content = Vec::new();
        while let Some(piece) = reader.next().await? {
            if content.len() + piece.len() > most_bytes {
                return Ok(None);
            }
            content.extend_from_slice(&piece);
        }
        Ok(Some((content, metadata)))
    }
}

/// As many as fill the line over this round trip.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is clamped"
)]
fn most_under_way(round_trip_ms: f64) -> usize {
    let wanted = (round_trip_ms * UNDER_WAY_PER_MS).ceil();
    wanted.clamp(LEAST_UNDER_WAY as f64, MOST_UNDER_WAY as f64) as usize
}

impl Reader {
    /// Only these bytes: from `start` on, before `end`. Before the first call of
    /// [`Self::next`].
    pub fn range(&mut self, start: u64, end: u64) {
        self.asked = start;
        self.end = end;
    }

    /// The next bytes; `None`: that was all.
    ///
    /// # Errors
    /// As the server says; `Shorter` where the file ends before the end that was set.
    pub async fn next(&mut self) -> Result<Option<Bytes>, FileError> {
        while self.asked < self.end && self.pending.len() < self.wanted {
            let left = u32::try_from(self.end - self.asked).unwrap_or(u32::MAX);
            let len = left.min(self.chunk_bytes);
            self.ask(self.asked, len, false);
            self.asked += u64::from(len);
        }
        let Some((offset, len, pending)) = self.pending.pop_front() else {
            return Ok(None);
        };
        let bytes = match pending.await.and_then(|answer| data(answer, len)) {
            Ok(bytes) => bytes,
            Err(failure) if failure.is_end_of_file() => {
                self.pending.clear();
                self.asked = self.end;
                return match self.end {
                    u64::MAX => Ok(None),
                    _ => Err(FileError::Shorter),
                };
            }
            Err(failure) => return Err(failure.into()),
        };
        let got = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        if got == 0 {
            return Err(Failure::Unfit.into());
        }
        if got < len {
            // The gap first.
            self.ask(offset + u64::from(got), len - got, true);
        } else {
            self.answered += 1;
            if self.answered == ANSWERED_FOR_ONE_MORE {
                self.answered = 0;
                self.wanted = self.most.min(self.wanted + 1);
            }
        }
        Ok(Some(bytes))
    }

    fn ask(&mut self, offset: u64, len: u32, first: bool) {
        let asked = (
            offset,
            len,
            self.handle.session.read(&self.handle.id, offset, len),
        );
        if first {
            self.pending.push_front(asked);
        } else {
            self.pending.push_back(asked);
        }
    }
}
