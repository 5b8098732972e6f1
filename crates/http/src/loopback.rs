//! The listening sockets.
//!
//! Invariant: [`Loopback`] can be made only by [`Loopback::bind`], which knows no address but
//! 127.0.0.1 and ::1; nothing else in the workspace listens.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr},
};

use axum::{Router, serve::ListenerExt};
use tokio::net::TcpListener;

/// How many ports behind the wanted one are tried.
const TRIES: u16 = 100;

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

    pub(crate) async fn serve(self, router: Router) -> io::Result<()> {
        // A key's echo is a small packet that must not wait for the answer to the last one.
        let without_delay = |listener: TcpListener| {
            listener.tap_io(|stream| {
                let _ = stream.set_nodelay(true);
            })
        };
        let v4 = axum::serve(without_delay(self.v4), router.clone());
        match self.v6 {
            Some(v6) => {
                let v6 = axum::serve(without_delay(v6), router);
                tokio::try_join!(async { v4.await }, async { v6.await }).map(|_| ())
            }
            None => v4.await,
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
    use super::*;

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
}
