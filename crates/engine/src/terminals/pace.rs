//! How fast a page reads, and so how much may be under way to it.
//!
//! Invariant: the amount stays between [`LEAST_AHEAD_BYTES`] and [`MOST_AHEAD_BYTES`], whatever a
//! page acknowledges.

use tokio::time::{Duration, Instant};

/// What may be under way to a page: what it reads in [`AHEAD`], between these two, or the third
/// where it has never had much to read.
const LEAST_AHEAD_BYTES: usize = 64 * 1024;
pub(super) const MOST_AHEAD_BYTES: usize = 2 * 1024 * 1024;
const FIRST_AHEAD_BYTES: usize = 384 * 1024;
const AHEAD: Duration = Duration::from_millis(40);
/// What is acknowledged at once and is less says nothing of how fast a page reads.
const TELLING_BYTES: usize = 32 * 1024;

/// By what it acknowledges while enough waits for it.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Bytes in a second; `None`: it has never had much to read.
    rate: Option<f64>,
    /// Since when enough waits.
    since: Option<Instant>,
}

impl Pace {
    /// What it reads in that time; `None`: it has never had much to read.
    pub(super) fn bytes_in(&self, time: Duration) -> Option<usize> {
        Some((self.rate? * time.as_secs_f64()) as usize)
    }

    /// How much may be under way to the page.
    pub(super) fn ahead_bytes(&self) -> usize {
        self.bytes_in(AHEAD).map_or(FIRST_AHEAD_BYTES, |bytes| {
            bytes.clamp(LEAST_AHEAD_BYTES, MOST_AHEAD_BYTES)
        })
    }

    /// So much is under way to it now.
    pub(super) fn given(&mut self, unread_bytes: usize, now: Instant) {
        if unread_bytes >= TELLING_BYTES {
            self.since.get_or_insert(now);
        }
    }

    /// It has taken in `bytes`, and `unread_bytes` are still under way.
    pub(super) fn acknowledged(&mut self, bytes: usize, unread_bytes: usize, now: Instant) {
        let Some(since) = self.since else { return };
        if bytes >= TELLING_BYTES {
            let rate = bytes as f64 / (now - since).as_secs_f64().max(1e-4);
            self.rate = Some(self.rate.map_or(rate, |before| before.midpoint(rate)));
        }
        self.since = (unread_bytes >= TELLING_BYTES).then_some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_as_much_ahead_as_it_reads() {
        let mut pace = Pace::default();
        let mut now = Instant::now();
        assert_eq!(pace.ahead_bytes(), FIRST_AHEAD_BYTES);
        let mut read = |pace: &mut Pace, millis, bytes| {
            pace.given(2 * bytes, now);
            now += Duration::from_millis(millis);
            pace.acknowledged(bytes, bytes, now);
            pace.acknowledged(bytes, 0, now + Duration::from_millis(millis));
            now += Duration::from_secs(1);
        };
        for _ in 0..20 {
            read(&mut pace, 2, 64 * 1024);
        }
        let ahead = pace.ahead_bytes();
        assert!((1250 * 1024..=1300 * 1024).contains(&ahead), "{ahead}");
        // Little that is read in a second says nothing.
        read(&mut pace, 1000, 1024);
        assert_eq!(pace.ahead_bytes(), ahead);
        for _ in 0..20 {
            read(&mut pace, 100, 64 * 1024);
        }
        assert_eq!(pace.ahead_bytes(), LEAST_AHEAD_BYTES);
    }
}
