//! A page's look at a terminal: frames out, keys and sizes in.
//!
//! Invariant: nothing comes out of it and nothing goes in once terminals are not granted any more.

use std::sync::Arc;

use bytes::Bytes;
use terminal::Size;
use tokio::sync::Notify;

use super::{live::LiveTerminal, shell::Order, viewer::Frame};
use crate::{gate::Granted, session::Session};

/// One page that looks at a terminal. It is forgotten when this is dropped.
pub struct TerminalView {
    terminal: Arc<LiveTerminal>,
    session: Arc<Session>,
    granted: Granted,
    number: u64,
    news: Arc<Notify>,
}

impl TerminalView {
    pub(super) fn new(
        terminal: Arc<LiveTerminal>,
        session: Arc<Session>,
        granted: Granted,
    ) -> Self {
        let (number, news) = terminal.look();
        Self {
            terminal,
            session,
            granted,
            number,
            news,
        }
    }

    /// The next frame; `None`: the terminal was closed, or is not granted any more. May be dropped at
    /// any time without losing one.
    pub async fn next(&self) -> Option<Frame> {
        tokio::select! {
            biased;
            _denied = self.session.withdrawn(self.granted) => None,
            frame = self.terminal.next_frame(self.number, &self.news) => frame,
        }
    }

    /// Whether terminals are still granted.
    #[must_use]
    pub fn is_granted(&self) -> bool {
        self.session.holds(&[self.granted.capability()]).is_ok()
    }

    /// The page has taken in that many more bytes of frames.
    pub fn acknowledge(&self, bytes: usize) {
        self.terminal.acknowledged(self.number, bytes);
    }

    /// Keys for the shell. Waits while the shell does not read; without a shell, or a permission for it,
    /// they are dropped.
    pub async fn input(&self, bytes: Bytes) {
        if !self.is_granted() {
            return;
        }
        self.terminal.used(self.number);
        if let Some(orders) = self.terminal.orders() {
            // A failure means that the shell has just ended.
            let _ = orders.send(Order::Input(bytes)).await;
        }
    }

    /// The page has room for this size.
    pub fn resize(&self, size: Size) {
        if !self.is_granted() {
            return;
        }
        self.terminal.resize(self.number, size);
    }
}

impl Drop for TerminalView {
    fn drop(&mut self) {
        self.terminal.look_away(self.number);
    }
}
