//! Forwarded ports: a port of this computer whose connections go to a host as seen from a server.
//!
//! Invariant: a forwarded port belongs to its server. It stays while the connection is lost, and ends
//! when the server is disconnected or removed. It is granted by `terminal.open`, as a shell is: over a
//! forwarded port one reaches all that a program started in that shell could connect to, and nothing
//! narrower is among the capabilities.

mod carry;
mod info;
mod listener;
mod socks;
mod tally;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use catalog::Capability;
use chrono::{DateTime, SecondsFormat, Utc};
use store::{Deed, Kind};
use tokio::{task::AbortHandle, time::timeout};

pub use info::{ForwardFailure, ForwardInfo, ForwardTarget, NewForward};

use crate::{
    Engine, Error, gate,
    journal::Begun,
    session::{Session, writing::login_to},
};
use carry::Way;
use tally::Tally;

/// What the journal calls a forwarded port.
const OPEN: &str = "forwards.open";
/// Forwarded ports of one server.
const MOST_FORWARDS: usize = 50;
/// How long the first look at the other side may take; it is gone without then.
const FIRST_LOOK: Duration = Duration::from_secs(3);

/// All forwarded ports.
#[derive(Default)]
pub(crate) struct Forwards {
    all: Mutex<BTreeMap<u64, Forward>>,
    next: AtomicU64,
}

/// One; it ends when it is dropped.
struct Forward {
    session: Arc<Session>,
    to: ForwardTarget,
    local: SocketAddr,
    opened_at: DateTime<Utc>,
    tally: Arc<Tally>,
    accepting: AbortHandle,
    /// `None`: its end is written down.
    begun: Option<Begun>,
}

impl Engine {
    /// The forwarded ports of a server, oldest first.
    ///
    /// # Errors
    /// There is no such server.
    pub fn forwards(&self, server: &str) -> Result<Vec<ForwardInfo>, Error> {
        let session = self.session(server)?;
        let all = self.forwards.all();
        let of_server = all
            .iter()
            .filter(|(_, forward)| forward.session.id() == session.id());
        Ok(of_server.map(|(id, forward)| forward.info(*id)).collect())
    }

    /// Forwards a port. The other side is looked at once: what does not answer there is noted, since it
    /// may do so later.
    ///
    /// # Errors
    /// The profile does not grant it, the server is not connected or allows no forwarding, the port is
    /// taken, or there are too many.
    pub async fn open_forward(&self, server: &str, new: NewForward) -> Result<ForwardInfo, Error> {
        let session = self.session(server)?;
        let granted = gate::check(&session.profile(), Capability::TerminalOpen)?;
        session.link(granted)?;
        if session.profile().kind == Kind::Local {
            let words = "the ports of this computer need no forwarding";
            return Err(Error::Invalid(words.to_owned()));
        }
        let other_side = match &new.to {
            ForwardTarget::Port { port, .. } => Some(port.get()),
            ForwardTarget::Socks => None,
        };
        let tally = Arc::new(Tally::default());
        let way = Way {
            session: Arc::clone(&session),
            granted,
            to: new.to.clone(),
            tally: Arc::clone(&tally),
        };
        let listening = listener::listen(session.id(), new.local_port, other_side);
        let (listener, local) = listening.await?;
        let tool = match new.to {
            ForwardTarget::Port { .. } => "local",
            ForwardTarget::Socks => "socks",
        };
        let typed = as_typed(&session.user_link(granted)?.login, &new.to, local);
        let purpose = session.purpose(granted, OPEN, tool);
        let begun = purpose.begin_deed(Deed::ForwardedPort, &typed).await?;
        if let Err(error) = first_look(&way).await {
            begun.end(None, None, error.code());
            return Err(error);
        }
        let mut all = self.forwards.all();
        let theirs = all
            .values()
            .filter(|forward| forward.session.id() == session.id());
        if theirs.count() >= MOST_FORWARDS {
            let words = format!("{MOST_FORWARDS} ports of this server are forwarded already");
            return Err(Error::Conflict(words));
        }
        let forward = Forward {
            session,
            to: new.to,
            local,
            opened_at: Utc::now(),
            tally,
            begun: Some(begun),
            accepting: tokio::spawn(carry::accept(listener, way)).abort_handle(),
        };
        let id = self.forwards.next.fetch_add(1, Ordering::Relaxed) + 1;
        let info = forward.info(id);
        all.insert(id, forward);
        Ok(info)
    }

    /// Ends a forwarded port and all its connections.
    ///
    /// # Errors
    /// The server has no such forwarded port.
    pub fn close_forward(&self, server: &str, id: &str) -> Result<(), Error> {
        let session = self.session(server)?;
        let id: u64 = id
            .strip_prefix('f')
            .and_then(|id| id.parse().ok())
            .ok_or(Error::UnknownForward)?;
        let mut all = self.forwards.all();
        if all.get(&id).map(|forward| forward.session.id()) != Some(session.id()) {
            return Err(Error::UnknownForward);
        }
        drop(all.remove(&id));
        Ok(())
    }
}

impl Forwards {
    /// Ends those of a server that is disconnected or removed.
    pub(crate) fn close_of_server(&self, server: &str) {
        self.all()
            .retain(|_, forward| forward.session.id() != server);
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<u64, Forward>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Forward {
    fn info(&self, id: u64) -> ForwardInfo {
        let tally = &self.tally;
        ForwardInfo {
            id: format!("f{id}"),
            server: self.session.id().to_owned(),
            to: self.to.clone(),
            local_address: self.local.ip().to_string(),
            local_port: self.local.port(),
            opened_at: self.opened_at.to_rfc3339_opts(SecondsFormat::Millis, true),
            sent_bytes: tally.sent.load(Ordering::Relaxed),
            received_bytes: tally.received.load(Ordering::Relaxed),
            open_connections: tally.open.load(Ordering::Relaxed),
            total_connections: tally.total.load(Ordering::Relaxed),
            last_failure: tally.failure(),
        }
    }
}

impl Drop for Forward {
    fn drop(&mut self) {
        self.accepting.abort();
        let received = self.tally.received.load(Ordering::Relaxed);
        let sent = self.tally.sent.load(Ordering::Relaxed);
        if let Some(begun) = self.begun.take() {
            begun.end(None, Some(received.saturating_add(sent)), "ok");
        }
    }
}

/// The same as OpenSSH's client would be told.
fn as_typed(login: &ssh::Target, to: &ForwardTarget, local: SocketAddr) -> String {
    let way = match to {
        ForwardTarget::Port { host, port } if host.as_str().contains(':') => {
            format!("-L {local}:[{}]:{}", host.as_str(), port.get())
        }
        ForwardTarget::Port { host, port } => {
            format!("-L {local}:{}:{}", host.as_str(), port.get())
        }
        ForwardTarget::Socks => format!("-D {local}"),
    };
    let to = login_to(&login.user, &login.host, login.port);
    format!("ssh -N {way} {to}")
}

/// Whether the server forwards at all; it is better told now than to whatever connects later.
async fn first_look(way: &Way) -> Result<(), Error> {
    let ForwardTarget::Port { host, port } = &way.to else {
        return Ok(());
    };
    let looking = timeout(FIRST_LOOK, carry::reach(way, host.as_str(), port.get()));
    match looking.await {
        Err(_) | Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => match &error {
            Error::Forward {
                source: ssh::StreamError::NotReached { .. } | ssh::StreamError::NoRoom { .. },
                ..
            } => {
                way.tally.failed(&error);
                Ok(())
            }
            _ => Err(error),
        },
    }
}
