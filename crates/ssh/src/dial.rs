//! From a name to a TCP connection.
//!
//! Invariant: addresses are tried one after the other, never side by side: a host sees at most one
//! connection, since short-lived ones trip fail2ban and its like.

use std::{io, net::SocketAddr, time::Duration};

use tokio::{
    net::{TcpSocket, TcpStream, lookup_host},
    time::{Instant, timeout_at},
};

use crate::{
    ConnectError, Connection, Family, Hop, Phase, StreamError, Target, error::one_line,
    forward::Stream,
};

/// Addresses of one name that are tried.
const MOST_ADDRESSES: usize = 8;
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

/// Opens the connection within the time, for each attempt.
///
/// # Errors
/// `NameUnknown`, or what the first address that failed said.
pub(crate) async fn dial(hop: &Hop) -> Result<TcpStream, ConnectError> {
    let mut left = hop.attempts;
    loop {
        left = left.saturating_sub(1);
        match try_to_dial(hop).await {
            Err(_) if left > 0 => tokio::time::sleep(BETWEEN_ATTEMPTS).await,
            ended => return ended,
        }
    }
}

async fn try_to_dial(hop: &Hop) -> Result<TcpStream, ConnectError> {
    let (target, time) = (&hop.target, hop.timeouts.connect);
    let address = target.address();
    let too_late = || ConnectError::Timeout {
        address: address.clone(),
        phase: Phase::Connect,
        after: time,
    };
    let unknown = |reason: &str| ConnectError::NameUnknown {
        host: target.host.clone(),
        reason: one_line(reason),
    };
    if !target.has_plausible_host() {
        return Err(unknown("not a host name"));
    }
    let deadline = Instant::now() + time;
    let found = timeout_at(deadline, lookup_host((target.host.as_str(), target.port)))
        .await
        .map_err(|_| too_late())?
        .map_err(|error| unknown(&error.to_string()))?;
    let wanted = |address: &SocketAddr| match hop.family {
        None => true,
        Some(Family::V4) => address.is_ipv4(),
        Some(Family::V6) => address.is_ipv6(),
    };
    let addresses: Vec<_> = found.filter(wanted).take(MOST_ADDRESSES).collect();
    let mut left = u32::try_from(addresses.len()).unwrap_or(1);
    let mut first_failure = None;
    for candidate in addresses {
        let now = Instant::now();
        let share = deadline.saturating_duration_since(now) / left.max(1);
        left = left.saturating_sub(1);
        let failure = match timeout_at(now + share, open(candidate, hop)).await {
            Ok(Ok(stream)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "TCP_NODELAY was not set");
                }
                return Ok(stream);
            }
            Ok(Err(error)) => failure(&address, &error, too_late),
            Err(_) => too_late(),
        };
        first_failure.get_or_insert(failure);
    }
    Err(first_failure.unwrap_or_else(|| unknown("the name has no address")))
}

/// Connects, from the address of this computer that is wanted.
async fn open(to: SocketAddr, hop: &Hop) -> io::Result<TcpStream> {
    let Some(from) = &hop.bind_address else {
        return TcpStream::connect(to).await;
    };
    let mut own = lookup_host((from.as_str(), 0)).await?;
    let own = own
        .find(|own| own.is_ipv4() == to.is_ipv4())
        .ok_or(io::ErrorKind::AddrNotAvailable)?;
    let socket = if to.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    socket.bind(own)?;
    socket.connect(to).await
}

/// Opens a way to the target through a connection (RFC 4254, 7.2). The name is looked up there. What comes
/// over it is taken at once, so that a target that nobody reads (a person is asked, an agent signs) holds up
/// nobody else behind the same host.
///
/// # Errors
/// `NotPassedOn`, `Timeout`, or `NameUnknown` for what cannot be a name.
pub(crate) async fn through(
    via: &Connection,
    target: &Target,
    time: Duration,
) -> Result<Stream, ConnectError> {
    let address = target.address();
    if !target.has_plausible_host() {
        return Err(ConnectError::NameUnknown {
            host: target.host.clone(),
            reason: "not a host name".to_owned(),
        });
    }
    let error = match via.stream_to(&target.host, target.port, time).await {
        Ok(stream) => return Ok(stream),
        Err(StreamError::Timeout { .. }) => {
            return Err(ConnectError::Timeout {
                address,
                phase: Phase::Connect,
                after: time,
            });
        }
        Err(error) => error,
    };
    let (reason, is_forbidden) = match error {
        StreamError::NotAllowed { .. } => ("it does not pass connections on", true),
        StreamError::NotReached { .. } => ("it could not connect", false),
        StreamError::Lost { .. } => ("the connection to it is gone", false),
        _ => ("it refused", false),
    };
    Err(ConnectError::NotPassedOn {
        address,
        via: via.address().to_owned(),
        reason: reason.to_owned(),
        is_forbidden,
    })
}

fn failure(
    address: &str,
    error: &io::Error,
    too_late: impl FnOnce() -> ConnectError,
) -> ConnectError {
    let address = address.to_owned();
    match error.kind() {
        io::ErrorKind::ConnectionRefused => ConnectError::Refused { address },
        io::ErrorKind::TimedOut => too_late(),
        _ => ConnectError::Unreachable {
            address,
            reason: one_line(&error.to_string()),
        },
    }
}
