//! The sessions: who was let in, whether a person is there, and what ends with each.
//!
//! Invariant: pure; moments come from outside. Every cookie is compared with every session's, all of them
//! whatever is found. A session that is locked lets nothing through and is kept, so that its page can say so.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, SecondsFormat, Utc};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Serialize;
use tokio::{sync::watch, time::Instant};

use super::{ASKED_FOR, equal, is};

/// How many there may be; one more takes the place of the one that was used last of all long ago.
const MOST: usize = 32;
/// How many cookies of a request are looked at.
const MOST_PRESENTED: usize = 8;

/// A moment by both clocks: the steady one stands still while some computers sleep, the other can be set.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    steady: Instant,
    wall: DateTime<Utc>,
}

impl Moment {
    pub(super) fn now() -> Self {
        Self {
            steady: Instant::now(),
            wall: Utc::now(),
        }
    }

    /// The longer of what the clocks say.
    pub(super) fn since(self, earlier: Self) -> Duration {
        let steady = self.steady.saturating_duration_since(earlier.steady);
        let wall = (self.wall - earlier.wall).to_std().unwrap_or_default();
        steady.max(wall)
    }
}

/// What a request has that was let in: which session it is of, and when that is over.
#[derive(Clone)]
pub(crate) struct Pass {
    pub(crate) id: Arc<str>,
    open: watch::Receiver<()>,
}

impl Pass {
    /// Waits until the session is locked or ended.
    pub(crate) async fn over(&mut self) {
        while self.open.changed().await.is_ok() {}
    }
}

/// What a cookie opens.
pub(crate) enum Admission {
    Open(Pass),
    Locked,
    Unknown,
}

/// A browser that was let in.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionInfo {
    id: String,
    /// Whether it is the one that asks.
    is_current: bool,
    /// Whether it is locked: its browser sees nothing until an address is opened in it.
    is_locked: bool,
    /// RFC 3339 in UTC.
    opened_at: String,
    /// When its page last asked for anything, RFC 3339 in UTC.
    used_at: String,
    /// Which browser it says it is, for example `Firefox on Linux`; `null`: none that is known.
    browser: Option<String>,
}

struct Session {
    id: Arc<str>,
    cookie: SecretString,
    browser: Option<String>,
    opened_at: DateTime<Utc>,
    used_at: DateTime<Utc>,
    /// When a person last did something.
    active: Moment,
    /// What goes on in it ends when this is dropped; `None`: it is locked.
    open: Option<watch::Sender<()>>,
}

/// The secret of an address that a session asked for.
struct Asked {
    secret: SecretString,
    since: Moment,
    by: Arc<str>,
}

#[derive(Default)]
pub(super) struct Sessions {
    all: Vec<Session>,
    lock_after: Option<Duration>,
    /// What was asked for last.
    asked: Option<Asked>,
}

impl Sessions {
    /// Lets a browser in: one that has a session already gets a new cookie for it, and it is unlocked.
    pub(super) fn open(
        &mut self,
        presented: &[&str],
        cookie: SecretString,
        id: String,
        browser: Option<String>,
        now: Moment,
    ) {
        if let Some(session) = self.of(presented) {
            session.cookie = cookie;
            session.browser = browser;
            session.used_at = now.wall;
            session.active = now;
            session.open.get_or_insert_with(|| watch::Sender::new(()));
            return;
        }
        if self.all.len() >= MOST {
            let oldest = self.all.iter().enumerate();
            let oldest = oldest.min_by_key(|(_, session)| session.used_at);
            if let Some((at, _)) = oldest {
                self.all.remove(at);
                self.forget_orphan();
            }
        }
        self.all.push(Session {
            id: id.into(),
            cookie,
            browser,
            opened_at: now.wall,
            used_at: now.wall,
            active: now,
            open: Some(watch::Sender::new(())),
        });
    }

    pub(super) fn admit(&mut self, presented: &[&str], now: Moment) -> Admission {
        self.lock_idle(now);
        let Some(session) = self.of(presented) else {
            return Admission::Unknown;
        };
        let Some(open) = &session.open else {
            return Admission::Locked;
        };
        let pass = Pass {
            id: Arc::clone(&session.id),
            open: open.subscribe(),
        };
        session.used_at = now.wall;
        Admission::Open(pass)
    }

    fn of(&mut self, presented: &[&str]) -> Option<&mut Session> {
        let mut found = None;
        for session in &mut self.all {
            for value in presented.iter().take(MOST_PRESENTED) {
                if is(&session.cookie, value) {
                    found = Some(Arc::clone(&session.id));
                }
            }
        }
        let found = found?;
        self.all.iter_mut().find(|session| session.id == found)
    }

    /// Keeps the secret of an address for as long as the session is open that asks for it; `false`: it is
    /// not open.
    pub(super) fn ask(&mut self, id: &str, secret: SecretString, now: Moment) -> bool {
        self.lock_idle(now);
        let mut open = self.all.iter().filter(|each| each.open.is_some());
        let Some(by) = open.find(|each| &*each.id == id) else {
            return false;
        };
        self.asked = Some(Asked {
            secret,
            since: now,
            by: Arc::clone(&by.id),
        });
        true
    }

    /// Takes the secret of an address that was asked for; `false`: it is none, or none any more.
    pub(super) fn take(&mut self, secret: &SecretString, now: Moment) -> bool {
        self.lock_idle(now);
        let is_good =
            |asked: &&mut Asked| equal(&asked.secret, secret) && now.since(asked.since) < ASKED_FOR;
        let is_it = self.asked.as_mut().filter(is_good).is_some();
        if is_it {
            self.asked = None;
        }
        is_it
    }

    pub(super) fn take_back(&mut self) {
        self.asked = None;
    }

    /// An address is good no longer than the session that asked for it.
    fn forget_orphan(&mut self) {
        let open = |id: &str| {
            let mut open = self.all.iter().filter(|each| each.open.is_some());
            open.any(|each| &*each.id == id)
        };
        if self.asked.as_ref().is_some_and(|asked| !open(&asked.by)) {
            self.asked = None;
        }
    }

    pub(super) fn list(&self, current: &str) -> Vec<SessionInfo> {
        let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let info = |session: &Session| SessionInfo {
            id: session.id.to_string(),
            is_current: &*session.id == current,
            is_locked: session.open.is_none(),
            opened_at: moment(session.opened_at),
            used_at: moment(session.used_at),
            browser: session.browser.clone(),
        };
        self.all.iter().map(info).collect()
    }

    /// Ends those of other ids; whether there was one.
    pub(super) fn keep(&mut self, keeps: impl Fn(&str) -> bool) -> bool {
        let before = self.all.len();
        self.all.retain(|session| keeps(&session.id));
        self.forget_orphan();
        self.all.len() < before
    }

    pub(super) fn lock(&mut self, id: &str) {
        for session in self.all.iter_mut().filter(|each| &*each.id == id) {
            session.open = None;
        }
        self.forget_orphan();
    }

    pub(super) fn is_active(&mut self, id: &str, now: Moment) {
        for session in self.all.iter_mut().filter(|each| &*each.id == id) {
            session.active = now;
        }
    }

    /// Whoever changes it is there.
    pub(super) fn lock_after(&mut self, idle: Option<Duration>, by: Option<&str>, now: Moment) {
        if self.lock_after == idle {
            return;
        }
        self.lock_after = idle;
        if let Some(by) = by {
            self.is_active(by, now);
        }
    }

    /// Locks those whose time has come; gives how long it is until the next.
    pub(super) fn lock_idle(&mut self, now: Moment) -> Option<Duration> {
        let most = self.lock_after?;
        for session in &mut self.all {
            if now.since(session.active) >= most {
                session.open = None;
            }
        }
        self.forget_orphan();
        let open = self.all.iter().filter(|session| session.open.is_some());
        open.map(|session| most.saturating_sub(now.since(session.active)))
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(sessions: &mut Sessions, presented: &[&str], name: &str, now: Moment) {
        let cookie = SecretString::from(format!("cookie of {name}"));
        sessions.open(presented, cookie, name.to_owned(), None, now);
    }

    fn is_open(sessions: &mut Sessions, cookie: &str) -> bool {
        matches!(sessions.admit(&[cookie], Moment::now()), Admission::Open(_))
    }

    #[test]
    fn each_has_a_cookie_of_its_own_and_ends_by_itself() {
        let (mut sessions, now) = (Sessions::default(), Moment::now());
        for name in ["a", "b", "c"] {
            open(&mut sessions, &[], name, now);
        }
        assert!(sessions.keep(|id| id != "b"));
        assert!(!sessions.keep(|id| id != "b"), "it is gone");
        assert!(!is_open(&mut sessions, "cookie of b"));
        sessions.lock("a");
        assert!(matches!(
            sessions.admit(&["x", "cookie of a"], now),
            Admission::Locked
        ));
        assert!(is_open(&mut sessions, "cookie of c"));
    }

    #[test]
    fn a_locked_session_is_the_same_one_when_its_browser_opens_an_address() {
        let (mut sessions, now) = (Sessions::default(), Moment::now());
        open(&mut sessions, &[], "a", now);
        sessions.lock("a");
        open(&mut sessions, &["cookie of a"], "b", now);
        let list = sessions.list("a");
        assert_eq!(list.len(), 1);
        assert!(list.iter().all(|each| each.id == "a" && !each.is_locked));
        assert!(!is_open(&mut sessions, "cookie of a"), "the old cookie");
        assert!(is_open(&mut sessions, "cookie of b"));
    }

    #[test]
    fn there_are_no_more_than_so_many() {
        let mut sessions = Sessions::default();
        let mut now = Moment::now();
        for number in 0..=MOST {
            now.wall += chrono::TimeDelta::seconds(1);
            open(&mut sessions, &[], &number.to_string(), now);
        }
        assert_eq!(sessions.list("").len(), MOST);
        assert!(!is_open(&mut sessions, "cookie of 0"));
    }

    #[test]
    fn a_computer_that_slept_counts_by_its_other_clock() {
        let (mut sessions, now) = (Sessions::default(), Moment::now());
        open(&mut sessions, &[], "a", now);
        sessions.lock_after(Some(Duration::from_secs(600)), None, now);
        let mut later = now;
        later.wall += chrono::TimeDelta::hours(1);
        assert!(matches!(
            sessions.admit(&["cookie of a"], later),
            Admission::Locked
        ));
    }
}
