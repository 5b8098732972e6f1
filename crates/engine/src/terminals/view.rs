//! A page's look at a terminal: frames out, keys and sizes in.

use std::sync::Arc;

use bytes::Bytes;
use terminal::Size;
use tokio::sync::Notify;

use super::{live::LiveTerminal, shell::Order, viewer::Frame};

/// One page that looks at a terminal. It is forgotten when this is dropped.
pub struct TerminalView {
    terminal: Arc<LiveTerminal>,
    number: u64,
    news: Arc<Notify>,
}

impl TerminalView {
    pub(super) fn new(terminal: Arc<LiveTerminal>) -> Self {
        let (number, news) = terminal.look();
        Self {
            terminal,
            number,
            news,
        }
    }

    /// The next frame; `None`: the terminal was closed. May be dropped at any time without losing
    /// one.
    pub async fn next(&self) -> Option<Frame> {
        self.terminal.next_frame(self.number, &self.news).await
    }

    /// The page has taken in that many more bytes of frames.
    pub fn acknowledge(&self, bytes: usize) {
        self.terminal.acknowledged(self.number, bytes);
    }

    /// Keys for the shell. Waits while the shell does not read; without a shell they are dropped.
    pub async fn input(&self, bytes: Bytes) {
        self.terminal.used(self.number);
        if let Some(orders) = self.terminal.orders() {
            // A failure means that the shell has just ended.
            let _ = orders.send(Order::Input(bytes)).await;
        }
    }

    /// The page has room for this size.
    pub fn resize(&self, size: Size) {
        self.terminal.resize(self.number, size);
    }
}

impl Drop for TerminalView {
    fn drop(&mut self) {
        self.terminal.look_away(self.number);
    }
}
