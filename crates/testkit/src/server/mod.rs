//! An SSH server for tests: honest by default, with every dishonesty a test needs.

mod behaviour;
mod exec;
mod files;
mod forward;
mod seen;
mod session;
mod shell;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use russh::keys::{Algorithm, HashAlg, PrivateKey, PublicKey, key::safe_rng};
use tokio::{net::TcpListener, task::AbortHandle};

pub use behaviour::Behaviour;
pub use exec::{Answer, Asked, End};
pub use seen::{Attempt, Seen};
pub use shell::{
    Event, Output, SeenShell, Shell, ShellEnd, Terminal, Window, closes, echo, exits, flood, lines,
    shell, silent,
};

use session::Session;

/// Bytes that wait between russh and the socket.
const STREAM_BYTES: usize = 256 * 1024;

/// A running server on 127.0.0.1. It ends, with all its connections, when dropped.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Seen>,
    key: Arc<Mutex<PrivateKey>>,
    task: AbortHandle,
}

impl Server {
    /// Starts one, with a fresh ed25519 host key.
    ///
    /// # Panics
    /// Where there is no loopback interface, or outside a tokio runtime.
    pub async fn start(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback");
        let address = listener.local_addr().expect("it is bound");
        let key = Arc::new(Mutex::new(fresh_key()));
        let seen = Arc::new(Seen::default());
        let accepting = accept(listener, behaviour, Arc::clone(&key), Arc::clone(&seen));
        let task = tokio::spawn(accepting).abort_handle();
        Self {
            address,
            seen,
            key,
            task,
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has seen so far.
    #[must_use]
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// The host key's `SHA256:` fingerprint.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.public_key().fingerprint(HashAlg::Sha256).to_string()
    }

    /// The host key.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        self.key.lock().expect("not poisoned").public_key().clone()
    }

    /// A line for a `known_hosts` file.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn known_hosts_line(&self) -> String {
        let key = self.public_key().to_openssh().expect("it encodes");
        format!("[127.0.0.1]:{} {key}\n", self.address.port())
    }

    /// Shows another host key from the next connection on.
    ///
    /// # Panics
    /// Never.
    pub fn change_host_key(&self) {
        *self.key.lock().expect("not poisoned") = fresh_key();
    }

    /// Ends the server and all its connections, as when sshd is killed.
    pub fn kill(&self) {
        self.task.abort();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A fresh ed25519 key.
///
/// # Panics
/// Never.
#[must_use]
pub fn fresh_key() -> PrivateKey {
    fresh_key_of(Algorithm::Ed25519)
}

/// A fresh key of a kind.
///
/// # Panics
/// Where no key of that kind can be made.
#[must_use]
pub fn fresh_key_of(algorithm: Algorithm) -> PrivateKey {
    PrivateKey::random(&mut safe_rng(), algorithm).expect("such keys can be made")
}

/// The server's side of a connection inside the process.
pub struct InMemory {
    /// What the server has seen.
    pub seen: Arc<Seen>,
    frozen: tokio::sync::watch::Sender<bool>,
}

impl InMemory {
    /// From now on nothing gets through, in either direction, and nothing is closed: a line that
    /// has gone dead.
    pub fn freeze(&self) {
        self.frozen.send_replace(true);
    }
}

/// Serves one connection over a stream without any port, and so without any real time: a test may
/// pause the clock. Ends when the stream is dropped.
///
/// # Panics
/// Outside a tokio runtime.
#[must_use]
pub fn in_memory(behaviour: Behaviour) -> (tokio::io::DuplexStream, InMemory) {
    let seen = Arc::new(Seen::default());
    seen.connected();
    let (client, mut near) = tokio::io::duplex(STREAM_BYTES);
    let (mut far, server) = tokio::io::duplex(STREAM_BYTES);
    let (frozen, mut freezing) = tokio::sync::watch::channel(false);
    let session = Session::new(behaviour.clone(), Arc::clone(&seen));
    let config = Arc::new(config(&behaviour, fresh_key()));
    tokio::spawn(async move {
        if let Ok(running) = russh::server::run_stream(config, server, session).await {
            // How a connection ends is the client's business.
            let _ = running.await;
        }
    });
    tokio::spawn(async move {
        let frozen = tokio::select! {
            _ = tokio::io::copy_bidirectional(&mut near, &mut far) => false,
            frozen = freezing.wait_for(|frozen| *frozen) => frozen.is_ok(),
        };
        if frozen {
            std::future::pending::<()>().await;
        }
    });
    (client, InMemory { seen, frozen })
}

fn config(behaviour: &Behaviour, key: PrivateKey) -> russh::server::Config {
    russh::server::Config {
        methods: behaviour.methods(),
        auth_rejection_time: Duration::ZERO,
        keys: vec![key],
        max_auth_attempts: behaviour.most_attempts,
        channel_buffer_size: 1024,
        inactivity_timeout: None,
        nodelay: true,
        ..russh::server::Config::default()
    }
}

async fn accept(
    listener: TcpListener,
    behaviour: Behaviour,
    key: Arc<Mutex<PrivateKey>>,
    seen: Arc<Seen>,
) {
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        seen.connected();
        let config = config(&behaviour, key.lock().expect("not poisoned").clone());
        let session = Session::new(behaviour.clone(), Arc::clone(&seen));
        // russh's task is its own; between it and the socket stands one that ends with the server.
        let (near, mut far) = tokio::io::duplex(STREAM_BYTES);
        connections.spawn(async move {
            let mut stream = stream;
            let serving = russh::server::run_stream(Arc::new(config), near, session);
            let carrying = tokio::io::copy_bidirectional(&mut stream, &mut far);
            // How a connection ends is the client's business.
            let _ = tokio::join!(async { serving.await?.await }, carrying);
        });
    }
}
