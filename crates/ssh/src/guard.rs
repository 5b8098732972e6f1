//! What a server may do to a connection, and the end of the connection where it does more.
//!
//! Invariant: what is counted here is bounded on every connection, so that nothing that grows with it
//! in the library below can grow for ever.

use std::{
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

/// Bytes that may come before login: names, keys and a few texts are some ten thousand.
const BEFORE_LOGIN_BYTES: u64 = 1 << 20;
/// Channels that a server may want to open. Nobody asks for any; OpenSSH and dropbear open none.
const UNASKED_CHANNELS: usize = 100;
/// Agreements on new keys in a row, each after less than this and with less data than this between.
const HASTY_AGREEMENTS: usize = 20;
const HASTE: Duration = Duration::from_secs(1);
const HASTE_BYTES: u64 = 64 << 10;

/// Counts what one server does.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    broken: OnceLock<String>,
    stands: AtomicBool,
    received_bytes: AtomicU64,
    unasked_channels: AtomicUsize,
    agreements: Mutex<Agreements>,
}

#[derive(Debug, Default)]
struct Agreements {
    /// When the last one was, and what had come until then.
    last: Option<(Instant, u64)>,
    hasty: usize,
}

impl Guard {
    /// Why the connection is to end now; `None`: it is not.
    pub(crate) fn broken(&self) -> Option<&str> {
        self.broken.get().map(String::as_str)
    }

    /// Ends the connection with the next read or write; gives the reason that was first.
    pub(crate) fn end(&self, reason: &str) -> String {
        self.broken.get_or_init(|| reason.to_owned()).clone()
    }

    /// From now on somebody is logged in, and any number of bytes may come.
    pub(crate) fn logged_in(&self) {
        self.stands.store(true, Ordering::Relaxed);
    }

    /// So many bytes came.
    pub(crate) fn received(&self, bytes: usize) {
        let before = self
            .received_bytes
            .fetch_add(bytes as u64, Ordering::Relaxed);
        if before > BEFORE_LOGIN_BYTES && !self.stands.load(Ordering::Relaxed) {
            self.end("it sends without end before anybody is logged in");
        }
    }

    /// How many came so far.
    pub(crate) fn received_bytes(&self) -> u64 {
        self.received_bytes.load(Ordering::Relaxed)
    }

    /// A channel was wanted that nobody asked for. The error is why the connection has to end.
    pub(crate) fn unasked_channel(&self) -> Result<(), String> {
        match self.unasked_channels.fetch_add(1, Ordering::Relaxed) {
            ..UNASKED_CHANNELS => Ok(()),
            _ => Err(self.end("it opens one channel after the other that nobody asked for")),
        }
    }

    /// New keys were agreed on. The error is why the connection has to end.
    pub(crate) fn agreed_anew(&self) -> Result<(), String> {
        let received = self.received_bytes.load(Ordering::Relaxed);
        let now = Instant::now();
        let mut agreements = self
            .agreements
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let hasty = agreements.last.is_some_and(|(when, bytes)| {
            now.duration_since(when) < HASTE && received.saturating_sub(bytes) < HASTE_BYTES
        });
        agreements.last = Some((now, received));
        agreements.hasty = if hasty { agreements.hasty + 1 } else { 0 };
        if agreements.hasty > HASTY_AGREEMENTS {
            return Err(self.end("it wants new keys over and over"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_answer_before_login_ends_it_and_after_login_does_not() {
        let guard = Guard::default();
        guard.received(1 << 20);
        assert_eq!(guard.broken(), None);
        guard.received(1);
        guard.received(1);
        assert!(guard.broken().is_some());
        let guard = Guard::default();
        guard.logged_in();
        guard.received(1 << 30);
        guard.received(1);
        assert_eq!(guard.broken(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn new_keys_after_much_data_or_time_are_fine() {
        let guard = Guard::default();
        guard.logged_in();
        for _ in 0..1000 {
            guard.received(1 << 20);
            guard.agreed_anew().unwrap();
        }
        for _ in 0..1000 {
            tokio::time::advance(HASTE).await;
            guard.agreed_anew().unwrap();
        }
        let ended = (0..100).any(|_| guard.agreed_anew().is_err());
        assert!(ended);
    }

    #[test]
    fn a_few_unasked_channels_are_refused_and_many_end_it() {
        let guard = Guard::default();
        for _ in 0..UNASKED_CHANNELS {
            guard.unasked_channel().unwrap();
        }
        guard.unasked_channel().unwrap_err();
        assert!(guard.broken().is_some());
    }
}
