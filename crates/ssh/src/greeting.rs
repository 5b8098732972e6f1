//! Looks whether an SSH server answers: connects, reads its greeting, closes. Nothing is sent.

use std::{net::IpAddr, time::Duration};

use tokio::{
    io::AsyncReadExt as _,
    time::{Instant, timeout_at},
};

use crate::{ConnectError, Hop, Phase, Target, dial::dial, error::one_line};

/// What a server may say before its greeting (RFC 4253, 4.2), and the greeting itself.
const MOST_BYTES: usize = 8 << 10;

/// The greeting of the server there, for example `SSH-2.0-OpenSSH_9.2p1 Debian-2`; connecting and
/// reading may take the time of a TCP connect each. The server sees a connection that was closed
/// before login.
///
/// # Errors
/// `NameUnknown`, `Refused`, `Unreachable`, `Timeout`, or `Protocol` where something else answered.
pub async fn greeting(hop: &Hop) -> Result<String, ConnectError> {
    let (address, time) = (hop.target.address(), hop.timeouts.connect);
    let mut stream = dial(hop).await?;
    let deadline = Instant::now() + time;
    let odd = |reason: String| ConnectError::Protocol {
        address: address.clone(),
        reason,
    };
    let mut said = Vec::with_capacity(256);
    loop {
        if let Some(greeting) = find(&said) {
            return Ok(greeting);
        }
        let first = said.split(|byte| *byte == b'\n').next();
        let first = one_line(&String::from_utf8_lossy(first.unwrap_or_default()));
        if said.len() >= MOST_BYTES {
            return Err(odd(format!("it said {first:?}")));
        }
        let mut piece = [0; 1024];
        let read = timeout_at(deadline, stream.read(&mut piece)).await;
        match read {
            Ok(Ok(0)) if said.is_empty() => {
                return Err(odd("it closed the connection without a word".to_owned()));
            }
            Ok(Ok(0)) => return Err(odd(format!("it said {first:?}"))),
            Ok(Ok(length)) => said.extend(piece.iter().take(length)),
            Ok(Err(error)) => return Err(odd(one_line(&error.to_string()))),
            // A mail server says its own greeting and waits.
            Err(_) if !said.is_empty() => return Err(odd(format!("it said {first:?}"))),
            Err(_) => {
                return Err(ConnectError::Timeout {
                    address: address.clone(),
                    phase: Phase::Banner,
                    after: time,
                });
            }
        }
    }
}

/// The addresses that the host's name stands for, eight at most; asks the resolver alone.
///
/// # Errors
/// `NameUnknown`, `Timeout`.
pub async fn addresses(target: &Target, time: Duration) -> Result<Vec<IpAddr>, ConnectError> {
    let unknown = |reason: &str| ConnectError::NameUnknown {
        host: target.host.clone(),
        reason: one_line(reason),
    };
    if !target.has_plausible_host() {
        return Err(unknown("not a host name"));
    }
    let looking = tokio::net::lookup_host((target.host.as_str(), target.port));
    let found = match tokio::time::timeout(time, looking).await {
        Ok(found) => found.map_err(|error| unknown(&error.to_string()))?,
        Err(_) => {
            return Err(ConnectError::Timeout {
                address: target.address(),
                phase: Phase::Connect,
                after: time,
            });
        }
    };
    let mut addresses: Vec<IpAddr> = found.map(|address| address.ip()).collect();
    addresses.dedup();
    addresses.truncate(8);
    if addresses.is_empty() {
        return Err(unknown("the name has no address"));
    }
    Ok(addresses)
}

/// The first whole line that begins as a greeting does.
fn find(said: &[u8]) -> Option<String> {
    let whole = said.iter().rposition(|byte| *byte == b'\n')?;
    let lines = said.get(..whole)?.split(|byte| *byte == b'\n');
    let greeting = lines
        .into_iter()
        .find(|line| line.starts_with(b"SSH-2.0-") || line.starts_with(b"SSH-1.99-"))?;
    let text = String::from_utf8_lossy(greeting);
    Some(one_line(&text).chars().take(255).collect())
}
