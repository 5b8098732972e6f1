//! A session's administrator access: whether commands and files are root's, until when, by what.
//!
//! Invariant: the password is in one place, for one host and user; it is forgotten with the access,
//! which ends by itself when it is not used.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use catalog::{ServerFacts, elevation::Elevation};
use chrono::{SecondsFormat, Utc};
use secrecy::SecretString;
use tokio::{sync::Notify, time::Instant};

use super::{Link, Session};
use crate::{
    AdministratorState, ConnectionState,
    cache::Cache,
    gate::{self, Granted},
};

/// While it is used all the time, pages are told this often until when it lasts.
const TELL_EVERY: Duration = Duration::from_secs(30);

/// Whether it is on.
#[derive(Default)]
pub(crate) struct Administrator {
    on: Mutex<Option<On>>,
    /// Tells the one who waits for its end that something is different.
    changed: Notify,
}

/// It is on.
struct On {
    way: Elevation,
    secret: Option<Arc<SecretString>>,
    /// Who and where the password is for: the login, and the host's key.
    place: Place,
    /// How long it lasts unused; `None`: as long as the server is not disconnected.
    lifetime: Option<Duration>,
    used: Instant,
    told: Instant,
}

/// The user of a host, and the host's key.
type Place = (String, Option<String>);

impl On {
    fn until(&self) -> Option<Instant> {
        Some(self.used + self.lifetime?)
    }
}

impl Administrator {
    /// To be called when it, or the connection, is not what it was.
    pub(super) fn changed(&self) {
        self.changed.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Option<On>> {
        self.on.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Link {
    /// The same connection, as root.
    fn elevated(&self, connection: ssh::Connection, way: Elevation) -> Self {
        let facts = ServerFacts {
            uid: 0,
            ..self.facts.clone()
        };
        Self {
            connection,
            login: self.login.clone(),
            facts,
            // What root is told is kept apart.
            cache: Cache::default(),
            way: Some(way),
        }
    }
}

impl Session {
    /// Turns it on, with a connection that has shown to be root's; `false`: the link is not the session's any
    /// more, or it may not be used any more, and nothing is kept.
    pub(crate) fn raise(
        self: &Arc<Self>,
        link: &Arc<Link>,
        proof: Granted,
        (connection, way): (ssh::Connection, Elevation),
        secret: Option<Arc<SecretString>>,
        lifetime: Option<Duration>,
    ) -> bool {
        let now = Instant::now();
        let first = {
            // Held until it is on: a disconnect, or a permission that is taken away, comes before or after.
            let mut links = self.links_to_change();
            let links = links
                .as_mut()
                .filter(|links| Arc::ptr_eq(&links.user, link));
            let may = gate::check(&self.profile(), proof.capability()).is_ok();
            let Some(links) = links.filter(|_| may) else {
                return false;
            };
            let mut on = self.administrator.lock();
            let first = on.is_none();
            *on = Some(On {
                way,
                secret,
                place: place(link),
                lifetime,
                used: now,
                told: now,
            });
            links.root = Some(Arc::new(link.elevated(connection, way)));
            first
        };
        self.administrator.changed();
        if first {
            tokio::spawn(keep(Arc::downgrade(self)));
        }
        self.tell();
        self.live.ask_anew();
        true
    }

    /// Lets it last from now on; `false`: it is not on.
    pub(crate) fn prolong(&self, lifetime: Option<Duration>) -> bool {
        let now = Instant::now();
        let is_on = match &mut *self.administrator.lock() {
            Some(on) => {
                (on.lifetime, on.used, on.told) = (lifetime, now, now);
                true
            }
            None => false,
        };
        if is_on {
            self.administrator.changed();
            self.tell();
        }
        is_on
    }

    /// Notes that a person used it: from now on it lasts as long again. What is asked again and
    /// again by itself is no use.
    pub(crate) fn used(&self) {
        let now = Instant::now();
        let news = match &mut *self.administrator.lock() {
            Some(on) => {
                on.used = now;
                let news = on.lifetime.is_some() && now.duration_since(on.told) > TELL_EVERY;
                if news {
                    on.told = now;
                }
                news
            }
            None => false,
        };
        if news {
            self.tell();
        }
    }

    /// Turns it off: what runs as root is ended, its files are closed, the password is forgotten.
    pub(crate) async fn lower(&self) {
        if let Some(root) = self.forget_administrator() {
            root.connection.end_elevation().await;
        }
    }

    /// Forgets the password and that it was on; gives what is still to be ended.
    pub(super) fn forget_administrator(&self) -> Option<Arc<Link>> {
        let was_on = self.administrator.lock().take().is_some();
        self.administrator.changed();
        let root = self.take_root();
        if was_on {
            self.tell();
            self.live.ask_anew();
        }
        root
    }

    /// How commands and files are root's now; `None`: they are the user's.
    pub(crate) fn way(&self) -> Option<Elevation> {
        self.root().and_then(|root| root.way)
    }

    /// The link of a new connection as root's, where administrator access is on for just this user
    /// and host; else it is off from now on.
    pub(super) fn raised(&self, link: &Link) -> Option<Arc<Link>> {
        let mut on = self.administrator.lock();
        let place = place(link);
        if on.as_ref().is_some_and(|on| on.place != place) {
            *on = None;
        }
        let on = on.as_ref()?;
        let connection = link.connection.elevated(on.way, on.secret.clone());
        Some(Arc::new(link.elevated(connection, on.way)))
    }

    /// As the surfaces see it.
    pub(crate) fn administrator_state(&self, state: &ConnectionState) -> AdministratorState {
        if let ConnectionState::Connected { details, .. } = state
            && details.uid == 0
        {
            return AdministratorState::Always;
        }
        match &*self.administrator.lock() {
            Some(on) => AdministratorState::On {
                way: on.way,
                until: on.until().map(|until| {
                    let left = until.saturating_duration_since(Instant::now());
                    (Utc::now() + left).to_rfc3339_opts(SecondsFormat::Millis, true)
                }),
            },
            None => AdministratorState::Limited,
        }
    }
}

fn place(link: &Link) -> Place {
    let key = link.connection.details().host_key;
    (link.login.user.clone(), key.map(|key| key.fingerprint))
}

/// Ends it when it was not used for its time, or when its password is not taken any more.
async fn keep(session: Weak<Session>) {
    loop {
        let Some(session) = session.upgrade() else {
            return;
        };
        let until = match &*session.administrator.lock() {
            Some(on) => on.until(),
            None => return,
        };
        if until.is_some_and(|until| until <= Instant::now()) {
            tracing::info!(
                server = session.id(),
                "administrator access was not used, and ends"
            );
            session.lower().await;
            return;
        }
        let root = session.root();
        let refused = async {
            match &root {
                Some(root) => root.connection.password_refused().await,
                None => std::future::pending().await,
            }
        };
        let late = async {
            match until {
                Some(until) => tokio::time::sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = late => {}
            () = session.administrator.changed.notified() => {}
            () = refused => {
                tracing::info!(server = session.id(), "the password is not taken any more");
                session.lower().await;
                return;
            }
        }
    }
}
