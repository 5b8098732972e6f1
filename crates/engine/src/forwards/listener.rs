//! The ports of this computer that connections are forwarded from.
//!
//! Invariant: they are on loopback addresses, and never on 127.0.0.1 itself: browsers keep cookies by
//! host, whatever the port, so what is forwarded there would get the session's cookie of HeadlessOS.
//! Each server has an address of its own in 127.64.0.0/10, so that servers do not get each other's
//! cookies either.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use crate::Error;

/// Ports below belong to root.
const FIRST_FREE: u16 = 1024;

/// Listens on the server's own address, on the wanted port. Where none is wanted, it is the port of the
/// other side if that is free, else any.
///
/// # Errors
/// [`Error::Conflict`]: the port is taken or not ours to take.
pub(super) async fn listen(
    server: &str,
    wanted: Option<u16>,
    other_side: Option<u16>,
) -> Result<(TcpListener, SocketAddr), Error> {
    let wanted = wanted.filter(|port| *port != 0);
    let first = wanted.or(other_side.filter(|port| *port >= FIRST_FREE));
    let listener = match (bind(server, first.unwrap_or(0)).await, wanted) {
        (Err(_), None) => bind(server, 0).await,
        (bound, _) => bound,
    };
    let listener = listener.map_err(|error| refused(&error, first))?;
    let address = listener
        .local_addr()
        .map_err(|error| refused(&error, first))?;
    Ok((listener, address))
}

/// On systems where all of 127.0.0.0/8 is this computer that is one address for each server; macOS has
/// 127.0.0.1 alone, so there it is ::1.
async fn bind(server: &str, port: u16) -> io::Result<TcpListener> {
    match TcpListener::bind((own_address(server), port)).await {
        Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => {
            TcpListener::bind((IpAddr::V6(Ipv6Addr::LOCALHOST), port)).await
        }
        bound => bound,
    }
}

/// The same address each time, so that what a browser keeps for it stays with the server.
fn own_address(server: &str) -> IpAddr {
    let digest = Sha256::digest(server.as_bytes());
    let byte = |at: usize| digest.get(at).copied().unwrap_or_default();
    IpAddr::V4(Ipv4Addr::new(
        127,
        64 | (byte(0) & 63),
        byte(1),
        byte(2) | 1,
    ))
}

fn refused(error: &io::Error, port: Option<u16>) -> Error {
    let port = port.map_or_else(|| "a port".to_owned(), |port| format!("port {port}"));
    Error::Conflict(match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("{port} of this computer is taken by another program; choose another")
        }
        io::ErrorKind::PermissionDenied => {
            format!("{port} of this computer needs administrator rights; choose one above 1023")
        }
        _ => format!("{port} of this computer cannot be listened on: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_a_loopback_address_of_its_own_that_is_not_127_0_0_1() {
        let all: std::collections::BTreeSet<_> = (0..200)
            .map(|number| own_address(&format!("web{number}")))
            .collect();
        assert_eq!(all.len(), 200);
        for address in all {
            let IpAddr::V4(address) = address else {
                panic!("{address}");
            };
            assert!(
                address.is_loopback() && address.octets()[1] >= 64,
                "{address}"
            );
            assert!(
                address.octets()[1] < 128 && address.octets()[3] > 0,
                "{address}"
            );
        }
        assert_eq!(own_address("web1"), own_address("web1"));
    }

    #[tokio::test]
    async fn a_taken_port_is_replaced_unless_it_was_wanted() {
        let (_held, first) = listen("web1", None, None).await.unwrap();
        let (_other, second) = listen("web1", None, Some(first.port())).await.unwrap();
        assert_ne!(first.port(), second.port());
        let error = listen("web1", Some(first.port()), None).await.unwrap_err();
        assert!(error.to_string().contains("is taken"), "{error}");
        let (_same, there) = listen("web2", Some(first.port()), None).await.unwrap();
        assert_eq!(
            there.port(),
            first.port(),
            "another server's address is free"
        );
        assert_ne!(there.ip(), first.ip());
    }
}
