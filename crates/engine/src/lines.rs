//! The connections that stand, by where they lead, so that there is never a second one to the same
//! place: a bastion is shared by all the servers behind it, and by its own session.
//!
//! Invariant: one attempt at a time to each place, and its failure is that of all who waited for it; a
//! line lives as long as somebody holds it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use futures::{FutureExt, future::BoxFuture};
use tokio::{
    sync::watch,
    time::{Duration, Instant},
};

/// So old may the failure of another be that is taken for one's own: many servers behind one host that
/// is away try it about as often as one of them would. Shorter than any wait for the next attempt.
const SAME_MOMENT: Duration = Duration::from_millis(900);
/// The same for what only a person can mend: a login that was refused is not tried once for each
/// server behind it.
const GIVEN_UP: Duration = Duration::from_secs(600);

/// Who logs in where, and by what, for each hop of a way: a login that was meant to be by a key is not
/// taken for done because one by a password stands.
type Place = Vec<(String, String, u16, ssh::AuthMethod)>;

/// All lines of the program.
#[derive(Default)]
pub(crate) struct Lines {
    places: Mutex<HashMap<Place, Arc<Stand>>>,
    woken: watch::Sender<u64>,
}

/// What stands at a place. Locked while it is being reached.
type Stand = tokio::sync::Mutex<Standing>;

#[derive(Default)]
struct Standing {
    line: Weak<Line>,
    /// How the last attempt failed, and when; `None`: it did not.
    failed: Option<(Instant, ssh::ConnectError)>,
}

impl Standing {
    /// The failure of another that is that of one who came then, too.
    fn failure(&self, came: Instant, wanted: Wanted) -> Option<ssh::ConnectError> {
        let (at, error) = self.failed.as_ref()?;
        // What a person stopped in one place they may want in another.
        let meanwhile = *at > came && !matches!(error, ssh::ConnectError::Cancelled { .. });
        let holds = if error.may_pass() {
            SAME_MOMENT
        } else {
            GIVEN_UP
        };
        let holds = wanted == Wanted::ByItself && at.elapsed() < holds;
        (meanwhile || holds).then(|| error.clone())
    }

    /// Whether nothing would be forgotten with it.
    fn is_over(&self) -> bool {
        let failed = self.failed.as_ref();
        self.line.strong_count() == 0 && failed.is_none_or(|(at, _)| at.elapsed() >= GIVEN_UP)
    }
}

/// Who wants a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A person, now.
    ByPerson,
    /// A session that lost its own.
    ByItself,
}

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
    /// Whoever holds a line, or waits for one, is to look now.
    pub(crate) fn wake(&self) {
        self.woken
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Follows what [`Self::wake`] says.
    pub(crate) fn woken(&self) -> watch::Receiver<u64> {
        self.woken.subscribe()
    }

    /// The line at the end of a way: the one that stands, or a new one. `ask` gives who is asked
    /// about a hop, by its number. A way has a hop at least.
    pub(crate) fn reach<'a>(
        &'a self,
        way: &'a [ssh::Hop],
        ask: &'a (dyn Fn(usize) -> Arc<dyn ssh::Ask> + Send + Sync),
        wanted: Wanted,
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
            let came = Instant::now();
            let stand = self.stand(way);
            let mut standing = stand.lock().await;
            if let Some(line) = standing.line.upgrade()
                && !line.connection.is_closed()
            {
                return Ok(line);
            }
            let stopped = |source| Stopped {
                hop: before.len(),
                source,
            };
            if let Some(failure) = standing.failure(came, wanted) {
                return Err(stopped(failure));
            }
            let via = if before.is_empty() {
                None
            } else {
                Some(self.reach(before, ask, wanted).await?)
            };
            let through = via.as_ref().map(|line| line.connection());
            let connection = match ssh::connect(hop, through, ask(before.len())).await {
                Ok(connection) => connection,
                Err(source) => {
                    standing.failed = Some((Instant::now(), source.clone()));
                    return Err(stopped(source));
                }
            };
            let line = Arc::new(Line {
                connection,
                _via: via,
            });
            *standing = Standing {
                line: Arc::downgrade(&line),
                failed: None,
            };
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
                || stand.try_lock().is_ok_and(|standing| !standing.is_over())
        });
        Arc::clone(places.entry(place.collect()).or_default())
    }

    fn places(&self) -> MutexGuard<'_, HashMap<Place, Arc<Stand>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(error: ssh::ConnectError) -> Standing {
        Standing {
            failed: Some((Instant::now(), error)),
            ..Standing::default()
        }
    }

    fn address() -> String {
        "host:22".to_owned()
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_login_is_not_repeated_but_for_a_person() {
        let refused = ssh::ConnectError::AuthFailed {
            address: address(),
            user: "ada".to_owned(),
            tried: Vec::new(),
            offered: Vec::new(),
            remarks: Vec::new(),
        };
        let came = Instant::now();
        tokio::time::advance(Duration::from_secs(1)).await;
        let standing = standing(refused);
        for wanted in [Wanted::ByPerson, Wanted::ByItself] {
            assert!(standing.failure(came, wanted).is_some(), "it waited for it");
        }
        tokio::time::advance(GIVEN_UP - Duration::from_secs(1)).await;
        let now = Instant::now();
        assert!(standing.failure(now, Wanted::ByItself).is_some());
        assert!(standing.failure(now, Wanted::ByPerson).is_none());
        assert!(!standing.is_over());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(standing.failure(Instant::now(), Wanted::ByItself).is_none());
        assert!(standing.is_over());
    }

    #[tokio::test(start_paused = true)]
    async fn what_may_pass_is_tried_again_a_second_later() {
        let standing = standing(ssh::ConnectError::Refused { address: address() });
        let later = |by| standing.failure(Instant::now(), by).is_some();
        assert!(later(Wanted::ByItself) && !later(Wanted::ByPerson));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(!later(Wanted::ByItself));
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_person_stopped_stops_no_other_person() {
        let came = Instant::now();
        tokio::time::advance(Duration::from_secs(1)).await;
        let standing = standing(ssh::ConnectError::Cancelled { address: address() });
        assert!(standing.failure(came, Wanted::ByPerson).is_none());
        assert!(standing.failure(came, Wanted::ByItself).is_some());
    }
}
