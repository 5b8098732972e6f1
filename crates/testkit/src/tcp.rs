//! Things that listen but are no SSH server, or stop being one halfway.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

/// How it treats a connection.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Accepts and says nothing, ever.
    Silent,
    /// Says this and then nothing.
    Says(Vec<u8>),
    /// Says lines for ever and never comes to the SSH version.
    Chatty,
    /// Says its SSH version, reads a little and hangs up: in the middle of the key exchange.
    HangsUp,
}

/// A listener on 127.0.0.1. It ends when dropped.
#[derive(Debug)]
pub struct Listener {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: AbortHandle,
}

impl Listener {
    /// Starts one.
    ///
    /// # Panics
    /// Where there is no loopback interface, or outside a tokio runtime.
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback");
        let address = listener.local_addr().expect("it is bound");
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        let accepting = async move {
            let mut talks = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                talks.spawn(talk(stream, manner.clone()));
            }
        };
        Self {
            address,
            connections,
            task: tokio::spawn(accepting).abort_handle(),
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Connections so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An address of this computer where nothing listens.
///
/// # Panics
/// Where there is no loopback interface.
pub async fn closed_port() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback");
    listener.local_addr().expect("it is bound")
}

async fn talk(mut stream: TcpStream, manner: Manner) {
    // An error means that the other side has gone.
    let _ = match manner {
        Manner::Silent => Ok(()),
        Manner::Says(words) => stream.write_all(&words).await,
        Manner::Chatty => loop {
            if let Err(error) = stream.write_all(b"welcome to a very long story\r\n").await {
                break Err(error);
            }
        },
        Manner::HangsUp => {
            let _ = stream.write_all(b"SSH-2.0-Halfway\r\n").await;
            let _ = stream.read(&mut [0; 64]).await;
            return;
        }
    };
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
}
