//! The listening sockets, and the connections that come by them.
//!
//! Invariant: [`Loopback`] can be made only by [`Loopback::bind`], which knows no address but
//! 127.0.0.1 and ::1; nothing else in the workspace listens. Whoever connects and says nothing is not
//! waited for, and there are no more than so many.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// How many ports behind the wanted one are tried.
const TRIES: u16 = 100;
/// How many connections there may be to one address; one more is closed. Those that have become sockets
/// of a session are not counted.
const MOST: usize = 256;
/// How long the head of a request may take, from when the connection is free for it.
const HEAD: Duration = Duration::from_secs(30);
/// How long is waited when the system has no room for another connection.
const NO_ROOM: Duration = Duration::from_secs(1);

/// One port on 127.0.0.1 and, where this computer has IPv6, on ::1.
pub struct Loopback {
    port: u16,
    v4: TcpListener,
    v6: Option<TcpListener>,
}

impl Loopback {
    /// Listens on the port, or on the next that is free on both addresses; 0 takes any.
    ///
    /// # Errors
    /// None of the hundred ports from there on is free.
    pub async fn bind(wanted: u16) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for step in 0..TRIES {
            let port = if wanted == 0 {
                0
            } else {
                wanted.saturating_add(step)
            };
            match Self::bind_both(port).await {
                Ok(loopback) => return Ok(loopback),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn bind_both(port: u16) -> io::Result<Self> {
        let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = v4.local_addr()?.port();
        let v6 = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Ok(v6) => Some(v6),
            // This computer has no IPv6, so nobody else can be at [::1] either.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::AddrNotAvailable | io::ErrorKind::Unsupported
                ) || has_no_ipv6(&error) =>
            {
                None
            }
            // Taken by somebody else, or not to be had: a page at [::1] would not be ours.
            Err(error) => return Err(error),
        };
        Ok(Self { port, v4, v6 })
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address to open, without a secret in it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers whoever connects. Never ends; when it is dropped all connections end, and the port is
    /// still ours.
    pub(crate) async fn serve(&self, router: Router) {
        let v4 = answer(&self.v4, &router, MOST);
        match &self.v6 {
            Some(v6) => {
                tokio::join!(v4, answer(v6, &router, MOST));
            }
            None => v4.await,
        }
    }

    /// Hangs up on whoever connects, so that pages know at once that nobody is there. Never ends.
    pub async fn turn_away(&self) {
        let router = Router::new();
        let v4 = answer(&self.v4, &router, 0);
        match &self.v6 {
            Some(v6) => {
                tokio::join!(v4, answer(v6, &router, 0));
            }
            None => v4.await,
        }
    }
}

async fn answer(listener: &TcpListener, router: &Router, most: usize) {
    let mut connections = JoinSet::new();
    loop {
        let stream = accept(listener).await;
        while connections.try_join_next().is_some() {}
        if connections.len() >= most {
            tracing::debug!("a connection was closed: there are {most}");
            continue;
        }
        // A key's echo is a small packet that must not wait for the answer to the last one.
        let _ = stream.set_nodelay(true);
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD);
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        connections.spawn(async move {
            if let Err(error) = connection.with_upgrades().await {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
}

/// The next connection, whatever becomes of those before.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
                ) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                tokio::time::sleep(NO_ROOM).await;
            }
        }
    }
}

/// The number that the system has for an address family that it does not know; the standard library
/// gives it no name of its own.
fn has_no_ipv6(error: &io::Error) -> bool {
    let number = if cfg!(target_os = "linux") {
        97
    } else if cfg!(windows) {
        10_047
    } else {
        47
    };
    error.raw_os_error() == Some(number)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn a_port_that_is_only_held_hangs_up_at_once() {
        let loopback = Loopback::bind(0).await.unwrap();
        let asked = ask(loopback.v4.local_addr().unwrap());
        tokio::select! {
            (_, read) = asked => assert_eq!(read, 0),
            () = loopback.turn_away() => {}
        }
    }

    #[tokio::test]
    async fn a_taken_port_gives_way_to_the_next_and_all_are_loopback() {
        let first = Loopback::bind(0).await.unwrap();
        let second = Loopback::bind(first.port()).await.unwrap();
        assert!(second.port() > first.port());
        for loopback in [&first, &second] {
            assert!(loopback.v4.local_addr().unwrap().ip().is_loopback());
            if let Some(v6) = &loopback.v6 {
                assert!(v6.local_addr().unwrap().ip().is_loopback());
            }
        }
    }

    /// What comes over a connection that asks for nothing of ours.
    async fn ask(to: std::net::SocketAddr) -> (TcpStream, usize) {
        let mut stream = TcpStream::connect(to).await.unwrap();
        let request = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
        // It may be closed already.
        let _ = stream.write_all(request).await;
        let mut begin = [0; 8];
        let read = stream.read(&mut begin).await.unwrap_or(0);
        (stream, read)
    }

    #[tokio::test]
    async fn there_are_no_more_connections_than_so_many() {
        let loopback = Loopback::bind(0).await.unwrap();
        let to = loopback.v4.local_addr().unwrap();
        let router = Router::new();
        let asks = async {
            let (first, read) = ask(to).await;
            assert!(read > 0);
            let (_second, read) = ask(to).await;
            assert!(read > 0);
            assert_eq!(ask(to).await.1, 0, "a third one");
            drop(first);
            // It is known to be gone a moment later.
            while ask(to).await.1 == 0 {}
        };
        tokio::select! {
            () = answer(&loopback.v4, &router, 2) => {}
            () = asks => {}
        }
    }
}
