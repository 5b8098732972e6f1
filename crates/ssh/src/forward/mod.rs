//! Connections from a server to hosts that it can reach (RFC 4254, 7.2): what jump hosts and
//! forwarded ports are made of.
//!
//! Invariant: they are no sessions, so they take no place of a command's; what comes over one is
//! taken at once and held up to a bound, so that nobody who does not read holds up another channel.

mod inbox;
mod stream;

use std::sync::Arc;

use russh::{Channel, ChannelOpenFailure, client::Msg};
use tokio::{
    sync::oneshot,
    time::{Duration, timeout},
};

use crate::{Connection, StreamError, channels::Opened, connection::Inner, error::one_line};

pub(crate) use inbox::Waiting;
pub use stream::Stream;

/// How long a server may take to reach the host: it waits for up to two minutes where a firewall
/// drops what it sends, which nobody else waits for.
const REACHED: Duration = Duration::from_secs(30);
/// The longest name that DNS has.
const HOST_BYTES: usize = 255;

impl Connection {
    /// Connects to a port of a host as seen from the server, whose resolver and network are used.
    /// May be dropped at any time: what the server opens then is closed again.
    ///
    /// `host` is a name, or an address of IPv4 or IPv6 without brackets.
    ///
    /// # Errors
    /// [`StreamError`], each with what failed; `NotReached` is the server's word, `NotAllowed` its
    /// settings'.
    pub async fn direct_tcpip(&self, host: &str, port: u16) -> Result<Stream, StreamError> {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || ".-_:%".contains(c);
        if host.is_empty() || host.len() > HOST_BYTES || !host.chars().all(is_allowed) {
            let host = one_line(host);
            return Err(StreamError::BadHost { host });
        }
        self.stream_to(host, port, REACHED).await
    }

    /// The same of a name that can be one, within a time.
    ///
    /// # Errors
    /// As above.
    pub(crate) async fn stream_to(
        &self,
        host: &str,
        port: u16,
        time: Duration,
    ) -> Result<Stream, StreamError> {
        let target = if host.contains(':') {
            format!("[{host}]:{port}")
        } else {
            format!("{host}:{port}")
        };
        let inner = Arc::clone(&self.inner);
        match timeout(time, open(&inner, host, port, &target)).await {
            Ok(opened) => Ok(Stream::new(inner, opened?)),
            Err(_) => Err(StreamError::Timeout {
                target,
                after: time,
            }),
        }
    }
}

async fn open(
    inner: &Arc<Inner>,
    host: &str,
    port: u16,
    target: &str,
) -> Result<Channel<Msg>, StreamError> {
    let refusals = inner.refusals.count();
    let (opened, opening) = oneshot::channel();
    let opener = Arc::clone(inner);
    let host = host.to_owned();
    tokio::spawn(async move {
        // Who asked is nobody's business over there.
        let handle = &opener.handle;
        let result = handle.channel_open_direct_tcpip(host, port.into(), "127.0.0.1", 0);
        // What nobody takes is closed with its drop.
        let _ = opened.send(result.await.map(Opened::new));
    });
    let target = || target.to_owned();
    match opening.await {
        Ok(Ok(opened)) => match opened.take() {
            Some(channel) => Ok(channel),
            None => Err(StreamError::Lost {
                closed: inner.closed().await,
            }),
        },
        Ok(Err(russh::Error::ChannelOpenFailure(reason))) => Err(match reason {
            ChannelOpenFailure::ConnectFailed => StreamError::NotReached {
                target: target(),
                said: worth_telling(inner.refusals.words_since(refusals).await),
            },
            ChannelOpenFailure::UnknownChannelType => StreamError::Unsupported,
            ChannelOpenFailure::ResourceShortage => StreamError::NoRoom { target: target() },
            _ => StreamError::NotAllowed {
                target: target(),
                said: worth_telling(inner.refusals.words_since(refusals).await),
            },
        }),
        Ok(Err(_)) | Err(_) => Err(StreamError::Lost {
            closed: inner.closed().await,
        }),
    }
}

/// OpenSSH says `open failed` where it has nothing to say.
fn worth_telling(said: Option<String>) -> Option<String> {
    said.filter(|said| said != "open failed")
}
