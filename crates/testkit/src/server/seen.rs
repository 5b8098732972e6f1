//! What a test server has seen.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use super::SeenShell;

/// Counts one open channel for as long as it lives, for its connection and for the server.
pub(super) struct Open {
    connection: Arc<AtomicUsize>,
    seen: Arc<Seen>,
}

impl Open {
    pub(super) fn new(connection: &Arc<AtomicUsize>, seen: &Arc<Seen>) -> Self {
        connection.fetch_add(1, Ordering::SeqCst);
        seen.opened_channels.fetch_add(1, Ordering::SeqCst);
        let open = seen.channels.fetch_add(1, Ordering::SeqCst) + 1;
        seen.most_channels.fetch_max(open, Ordering::SeqCst);
        Self {
            connection: Arc::clone(connection),
            seen: Arc::clone(seen),
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.connection.fetch_sub(1, Ordering::SeqCst);
        self.seen.channels.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Counts one forwarded connection for as long as it lives.
pub(super) struct Forwarded(Arc<Seen>);

impl Forwarded {
    pub(super) fn new(seen: &Arc<Seen>) -> Self {
        seen.forwarded.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(seen))
    }
}

impl Drop for Forwarded {
    fn drop(&mut self) {
        self.0.forwarded.fetch_sub(1, Ordering::SeqCst);
    }
}

/// One proof that a client gave or offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The user it was for.
    pub user: String,
    /// The method by its name in RFC 4252, for example `password`.
    pub method: &'static str,
    /// Whether a password, or an answer to a prompt, came with it.
    pub with_secret: bool,
}

/// What a server has seen so far.
#[derive(Debug, Default)]
pub struct Seen {
    connections: AtomicUsize,
    channels: AtomicUsize,
    opened_channels: AtomicUsize,
    most_channels: AtomicUsize,
    refused_channels: AtomicUsize,
    forwarded: AtomicUsize,
    attempts: Mutex<Vec<Attempt>>,
    commands: Mutex<Vec<Vec<String>>>,
    killed: Mutex<Vec<u32>>,
    shells: Mutex<Vec<SeenShell>>,
}

impl Seen {
    /// TCP connections.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Channels that are open now.
    pub fn channels(&self) -> usize {
        self.channels.load(Ordering::SeqCst)
    }

    /// Channels that were opened so far.
    pub fn opened_channels(&self) -> usize {
        self.opened_channels.load(Ordering::SeqCst)
    }

    /// The most channels that were open at once, on all connections together.
    pub fn most_channels(&self) -> usize {
        self.most_channels.load(Ordering::SeqCst)
    }

    /// Channels that were refused.
    pub fn refused_channels(&self) -> usize {
        self.refused_channels.load(Ordering::SeqCst)
    }

    /// Forwarded connections that are open now.
    pub fn forwarded(&self) -> usize {
        self.forwarded.load(Ordering::SeqCst)
    }

    /// The proofs, in order.
    ///
    /// # Panics
    /// Never.
    pub fn attempts(&self) -> Vec<Attempt> {
        self.attempts.lock().expect("not poisoned").clone()
    }

    /// The commands that were run, each as its words, in order.
    ///
    /// # Panics
    /// Never.
    pub fn commands(&self) -> Vec<Vec<String>> {
        self.commands.lock().expect("not poisoned").clone()
    }

    /// The process ids that were killed by a command, in order.
    ///
    /// # Panics
    /// Never.
    pub fn killed(&self) -> Vec<u32> {
        self.killed.lock().expect("not poisoned").clone()
    }

    /// The shells, and the execs with a pseudo-terminal, in the order they were started.
    ///
    /// # Panics
    /// Never.
    pub fn shells(&self) -> Vec<SeenShell> {
        self.shells.lock().expect("not poisoned").clone()
    }

    pub(super) fn connected(&self) {
        self.connections.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn refused(&self) {
        self.refused_channels.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn attempt(&self, user: &str, method: &'static str, with_secret: bool) {
        let attempt = Attempt {
            user: user.to_owned(),
            method,
            with_secret,
        };
        self.attempts.lock().expect("not poisoned").push(attempt);
    }

    pub(super) fn command(&self, words: Vec<String>) {
        self.commands.lock().expect("not poisoned").push(words);
    }

    pub(super) fn kill(&self, pid: u32) {
        self.killed.lock().expect("not poisoned").push(pid);
    }

    /// Takes down a shell and returns its number.
    pub(super) fn shell(&self, shell: SeenShell) -> usize {
        let mut shells = self.shells.lock().expect("not poisoned");
        shells.push(shell);
        shells.len() - 1
    }

    pub(super) fn update_shell(&self, number: usize, update: impl FnOnce(&mut SeenShell)) {
        update(&mut self.shells.lock().expect("not poisoned")[number]);
    }
}
