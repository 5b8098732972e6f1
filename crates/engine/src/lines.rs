//! The connections that stand, by where they lead, so that there is never a second one to the same
//! place: a bastion is shared by all the servers behind it, and by its own session.
//!
//! Invariant: one attempt at a time to each place; a line lives as long as somebody holds it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use futures::{FutureExt, future::BoxFuture};

/// Who logs in where, and by what, for each hop of a way: a login that was meant to be by a key is not
/// taken for done because one by a password stands.
type Place = Vec<(String, String, u16, ssh::AuthMethod)>;

/// All lines of the program.
#[derive(Default)]
pub(crate) struct Lines {
    places: Mutex<HashMap<Place, Arc<Stand>>>,
}

/// What stands at a place. Locked while it is being reached.
type Stand = tokio::sync::Mutex<Weak<Line>>;

/// A connection that stands, held with all it goes through.
pub(crate) struct Line {
    connection: ssh::Connection,
    _via: Option<Arc<Line>>,
}

impl Line {
    /// The connection itself.
    pub(crate) fn connection(&self) -> &ssh::Connection {
        &self.connection
    }

    /// A line that no other can share.
    pub(crate) fn own(connection: ssh::Connection) -> Arc<Self> {
        Arc::new(Self {
            connection,
            _via: None,
        })
    }

    /// Ends the connection, unless others hold it too.
    pub(crate) async fn release(self: Arc<Self>) {
        if let Some(line) = Arc::into_inner(self) {
            line.connection.close().await;
        }
    }
}

/// Why a way did not lead to its end: at which of its hops, from 0, and why.
pub(crate) struct Stopped {
    pub(crate) hop: usize,
    pub(crate) source: ssh::ConnectError,
}

impl Lines {
    /// The line at the end of a way: the one that stands, or a new one. `ask` gives who is asked
    /// about a hop, by its number. A way has a hop at least.
    pub(crate) fn reach<'a>(
        &'a self,
        way: &'a [ssh::Hop],
        ask: &'a (dyn Fn(usize) -> Arc<dyn ssh::Ask> + Send + Sync),
    ) -> BoxFuture<'a, Result<Arc<Line>, Stopped>> {
        async move {
            let Some((hop, before)) = way.split_last() else {
                return Err(Stopped {
                    hop: 0,
                    source: ssh::ConnectError::NameUnknown {
                        host: String::new(),
                        reason: "no host is named".to_owned(),
                    },
                });
            };
            let stand = self.stand(way);
            let mut standing = stand.lock().await;
            if let Some(line) = standing.upgrade()
                && !line.connection.is_closed()
            {
                return Ok(line);
            }
            let via = if before.is_empty() {
                None
            } else {
                Some(self.reach(before, ask).await?)
            };
            let through = via.as_ref().map(|line| line.connection());
            let connection = ssh::connect(hop, through, ask(before.len()))
                .await
                .map_err(|source| Stopped {
                    hop: before.len(),
                    source,
                })?;
            let line = Arc::new(Line {
                connection,
                _via: via,
            });
            *standing = Arc::downgrade(&line);
            Ok(line)
        }
        .boxed()
    }

    fn stand(&self, way: &[ssh::Hop]) -> Arc<Stand> {
        let place = way.iter().map(|hop| {
            let target = &hop.target;
            let method = hop.proofs.method.clone();
            (
                target.user.clone(),
                target.host.clone(),
                target.port,
                method,
            )
        });
        let mut places = self.places();
        // Places that nobody is at, or on the way to, are forgotten.
        places.retain(|_, stand| {
            Arc::strong_count(stand) > 1
                || stand
                    .try_lock()
                    .is_ok_and(|standing| standing.strong_count() > 0)
        });
        Arc::clone(places.entry(place.collect()).or_default())
    }

    fn places(&self) -> MutexGuard<'_, HashMap<Place, Arc<Stand>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
