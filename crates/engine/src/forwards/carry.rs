//! Accepts the connections of one forwarded port and carries each over the server's connection.
//!
//! Invariant: each passes the gate anew, and none outlives the task that accepted it. While there is no
//! connection to the server the port stays, and what connects is closed at once.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::copy_bidirectional_with_sizes,
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    info::ForwardTarget,
    socks::{Fate, read_wish},
    tally::{Counted, Tally},
};
use crate::{Error, gate::Granted, session::Session};

/// Connections of one port at a time.
const MOST_CONNECTIONS: usize = 256;
/// How long a SOCKS client may take to say where it wants to go.
const SAYS_WHERE: Duration = Duration::from_secs(10);
/// After this computer had no room for another connection.
const PAUSE: Duration = Duration::from_millis(200);
/// What is taken at once, each way.
const PIECE_BYTES: usize = 64 << 10;

/// One forwarded port, as those see it who carry its connections.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) session: Arc<Session>,
    pub(super) granted: Granted,
    pub(super) to: ForwardTarget,
    pub(super) tally: Arc<Tally>,
}

/// Accepts until it is aborted, or the permission is taken away: all that is carried ends with it.
pub(super) async fn accept(listener: TcpListener, way: Way) {
    tokio::select! {
        biased;
        _denied = way.session.withdrawn(way.granted) => {}
        () = accept_all(listener, &way) => {}
    }
}

async fn accept_all(listener: TcpListener, way: &Way) {
    let mut carried = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = carried.join_next() => continue,
        };
        match accepted {
            Ok(_) if carried.len() >= MOST_CONNECTIONS => {
                let words = format!("{MOST_CONNECTIONS} connections are open over it already");
                way.tally.failed(&Error::Conflict(words));
            }
            Ok((stream, _)) => {
                let way = way.clone();
                carried.spawn(async move {
                    let _open = way.tally.begin();
                    if let Err(error) = carry(&way, stream).await {
                        way.tally.failed(&error);
                    }
                });
            }
            Err(error) => {
                let words = format!("this computer took no connection: {error}");
                way.tally.failed(&Error::Conflict(words));
                sleep(PAUSE).await;
            }
        }
    }
}

async fn carry(way: &Way, stream: TcpStream) -> Result<(), Error> {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was not set");
    }
    let (far, near) = match &way.to {
        ForwardTarget::Port { host, port } => {
            (reach(way, host.as_str(), port.get()).await?, stream)
        }
        ForwardTarget::Socks => match by_socks(way, stream).await? {
            Some(both) => both,
            None => return Ok(()),
        },
    };
    let (mut near, mut far) = (
        Counted {
            stream: near,
            tally: Arc::clone(&way.tally),
        },
        far,
    );
    let both = copy_bidirectional_with_sizes(&mut near, &mut far, PIECE_BYTES, PIECE_BYTES);
    let carried = tokio::select! {
        carried = both => carried,
        () = way.session.left() => return Ok(()),
    };
    match carried {
        Ok(_) => Ok(()),
        // Who connected may go away at any time; what the connection did is worth telling.
        Err(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(source) => Err(way.failed(Clone::clone(source))),
            None => Ok(()),
        },
    }
}

/// Connects to where the client says. `None`: it was no SOCKS client that stayed.
async fn by_socks(
    way: &Way,
    mut stream: TcpStream,
) -> Result<Option<(ssh::Stream, TcpStream)>, Error> {
    let wish = match timeout(SAYS_WHERE, read_wish(&mut stream)).await {
        Ok(Ok(wish)) => wish,
        Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => {
            return Err(Error::Invalid(error.to_string()));
        }
        Ok(Err(_)) => return Ok(None),
        Err(_) => {
            let words = "what connected did not say where it wants to go";
            return Err(Error::Invalid(words.to_owned()));
        }
    };
    let (fate, reached) = match reach(way, &wish.host, wish.port).await {
        Ok(far) => (Fate::Granted, Ok(far)),
        Err(error) => (fate(&error), Err(error)),
    };
    let answered = wish.answer(&mut stream, fate).await;
    let far = reached?;
    Ok(answered.is_ok().then_some((far, stream)))
}

fn fate(error: &Error) -> Fate {
    match error {
        Error::Forward { source, .. } => match source {
            ssh::StreamError::NotAllowed { .. } => Fate::NotAllowed,
            ssh::StreamError::NotReached { said, .. }
                if said
                    .as_deref()
                    .is_some_and(|said| said.to_ascii_lowercase().contains("refused")) =>
            {
                Fate::Refused
            }
            ssh::StreamError::NotReached { .. } | ssh::StreamError::Timeout { .. } => {
                Fate::Unreachable
            }
            ssh::StreamError::Lost { .. } => Fate::NoServer,
            _ => Fate::Failed,
        },
        Error::NotConnected { .. } => Fate::NoServer,
        Error::Denied { .. } => Fate::NotAllowed,
        _ => Fate::Failed,
    }
}

/// Opens a stream to the host over the server's connection as it is now.
pub(super) async fn reach(way: &Way, host: &str, port: u16) -> Result<ssh::Stream, Error> {
    let link = way.session.link(way.granted)?;
    let opened = link.connection.direct_tcpip(host, port).await;
    opened.map_err(|source| way.failed(source))
}

impl Way {
    fn failed(&self, source: ssh::StreamError) -> Error {
        Error::Forward {
            server: self.session.profile().name.clone(),
            source,
        }
    }
}
