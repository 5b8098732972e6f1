//! A server that does what no server may: it speaks SSH byte by byte, so that it can lie anywhere.
//!
//! Invariant: each [`Case`] goes on with its mischief for as long as the client stays.

mod case;
mod early;
mod files;
mod kex;
mod late;
mod login;
mod wire;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use aws_lc_rs::signature::Ed25519KeyPair;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
};

pub use case::{Case, Step};

use wire::Wire;

/// The numbers of messages (RFC 4250, 4.1).
mod msg {
    pub(super) const DISCONNECT: u8 = 1;
    pub(super) const IGNORE: u8 = 2;
    pub(super) const DEBUG: u8 = 4;
    pub(super) const SERVICE_REQUEST: u8 = 5;
    pub(super) const SERVICE_ACCEPT: u8 = 6;
    pub(super) const EXT_INFO: u8 = 7;
    pub(super) const KEXINIT: u8 = 20;
    pub(super) const NEWKEYS: u8 = 21;
    pub(super) const KEX_ECDH_INIT: u8 = 30;
    pub(super) const KEX_ECDH_REPLY: u8 = 31;
    pub(super) const KEX_DH_GEX_GROUP: u8 = 31;
    pub(super) const KEX_DH_GEX_REQUEST: u8 = 34;
    pub(super) const USERAUTH_REQUEST: u8 = 50;
    pub(super) const USERAUTH_FAILURE: u8 = 51;
    pub(super) const USERAUTH_SUCCESS: u8 = 52;
    pub(super) const USERAUTH_BANNER: u8 = 53;
    pub(super) const USERAUTH_INFO_REQUEST: u8 = 60;
    pub(super) const USERAUTH_INFO_RESPONSE: u8 = 61;
    pub(super) const GLOBAL_REQUEST: u8 = 80;
    pub(super) const REQUEST_SUCCESS: u8 = 81;
    pub(super) const REQUEST_FAILURE: u8 = 82;
    pub(super) const CHANNEL_OPEN: u8 = 90;
    pub(super) const CHANNEL_OPEN_CONFIRMATION: u8 = 91;
    pub(super) const CHANNEL_WINDOW_ADJUST: u8 = 93;
    pub(super) const CHANNEL_DATA: u8 = 94;
    pub(super) const CHANNEL_EXTENDED_DATA: u8 = 95;
    pub(super) const CHANNEL_EOF: u8 = 96;
    pub(super) const CHANNEL_CLOSE: u8 = 97;
    pub(super) const CHANNEL_REQUEST: u8 = 98;
    pub(super) const CHANNEL_SUCCESS: u8 = 99;
}

/// A running hostile server on 127.0.0.1. It ends, with all its connections, when dropped.
pub struct Hostile {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: AbortHandle,
}

impl Hostile {
    /// Starts one.
    ///
    /// # Panics
    /// Where there is no loopback interface, or outside a tokio runtime.
    pub async fn start(case: Case) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback");
        let address = listener.local_addr().expect("it is bound");
        let connections = Arc::new(AtomicUsize::new(0));
        let task = tokio::spawn(accept(listener, case, Arc::clone(&connections)));
        Self {
            address,
            connections,
            task: task.abort_handle(),
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections came so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, case: Case, connections: Arc<AtomicUsize>) {
    // One key, so that a client that connects again knows it.
    let key = Arc::new(kex::host_key());
    let mut tasks = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::SeqCst);
        tasks.spawn(serve(stream, case, Arc::clone(&key)));
    }
}

async fn serve(stream: TcpStream, case: Case, key: Arc<Ed25519KeyPair>) {
    let mut wire = Wire::new(stream);
    let played = async {
        early::play(&mut wire, case, &key).await?;
        login::play(&mut wire, case).await?;
        files::play(&mut wire, case).await?;
        late::play(&mut wire, case, &key).await
    };
    // An error means that the client has gone, which is all it can do.
    let _ = played.await;
}
