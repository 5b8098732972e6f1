//! Who may use the API: launch secrets, each exchanged once for the cookie of a session.
//!
//! Invariant: a secret holds 256 random bits, is compared in constant time and lives in memory only; it
//! leaves in one answer alone, the address that a session asks for. The key of the program's proofs, which a
//! session may have and which is kept over runs, opens nothing.

mod browser;
mod proof;
mod sessions;

use std::{
    fmt::Write as _,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use tokio::sync::Notify;

pub(crate) use browser::name as browser_name;
pub(crate) use sessions::{Admission, Pass, SessionInfo};
use sessions::{Moment, Sessions};

/// How long a launch secret is good that was asked for while the program runs.
pub const ASKED_FOR: Duration = Duration::from_secs(60);
/// How often clocks are looked at while a session may be locked for want of activity: a computer that
/// slept is not told by its timers.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// Takes a launch secret that the user left by other means, once; `false`: there is no such.
type TakeLeft = Box<dyn Fn(&SecretString) -> bool + Send + Sync>;

/// The secrets and sessions of one run of the program.
pub struct Access {
    inner: Mutex<Inner>,
    changed: Notify,
    take_left: TakeLeft,
    /// What the program proves to be itself by on this port.
    identity: SecretString,
}

struct Inner {
    /// Of the address that the program itself opened.
    launch: Option<SecretString>,
    sessions: Sessions,
}

impl Access {
    /// Draws the launch secret, to be put into the address that is opened. `take_left` is asked about
    /// one that is not known here. A page that an earlier run left knows this one again where `kept` is
    /// the same, and the port.
    ///
    /// # Errors
    /// The system has no random bits.
    pub fn new(
        kept: &SecretString,
        port: u16,
        take_left: impl Fn(&SecretString) -> bool + Send + Sync + 'static,
    ) -> Result<(Self, SecretString), getrandom::Error> {
        let launch = draw_secret()?;
        let identity = match proof::key_of(kept, port) {
            Some(key) => key,
            None => draw_secret()?,
        };
        let copy = SecretString::from(launch.expose_secret());
        let inner = Inner {
            launch: Some(launch),
            sessions: Sessions::default(),
        };
        let access = Self {
            inner: Mutex::new(inner),
            changed: Notify::new(),
            take_left: Box::new(take_left),
            identity,
        };
        Ok((access, copy))
    }

    /// Takes a launch secret and gives a cookie's value; a second time it gives nothing. `presented` are
    /// the cookies that came along: a session whose browser opens another address is the same session.
    pub(crate) fn exchange(
        &self,
        secret: &SecretString,
        presented: &[&str],
        browser: Option<String>,
    ) -> Option<SecretString> {
        let cookie = draw_secret().ok()?;
        let copy = SecretString::from(cookie.expose_secret());
        let id: String = draw_secret()
            .ok()?
            .expose_secret()
            .chars()
            .take(16)
            .collect();
        let mut inner = self.lock();
        let now = Moment::now();
        // In one step with what it opens: between the two nobody ends the session that had asked for it.
        if !inner.take_known(secret, now) {
            drop(inner);
            if !(self.take_left)(secret) {
                return None;
            }
            inner = self.lock();
        }
        inner.sessions.open(presented, cookie, id, browser, now);
        drop(inner);
        self.changed.notify_one();
        Some(copy)
    }

    /// The key that a page holds the program's proofs against.
    pub(crate) fn identity(&self) -> &SecretString {
        &self.identity
    }

    /// Proves that this is the program that gave the key; `None`: the challenge is none.
    pub(crate) fn prove(&self, challenge: &str) -> Option<String> {
        proof::prove(&self.identity, challenge)
    }

    /// A launch secret for another browser, in place of one that was asked for before; `None`: the session
    /// that asks is over by now.
    pub(crate) fn ask(&self, id: &str) -> Result<Option<SecretString>, getrandom::Error> {
        let secret = draw_secret()?;
        let copy = SecretString::from(secret.expose_secret());
        let is_kept = self.lock().sessions.ask(id, secret, Moment::now());
        Ok(is_kept.then_some(copy))
    }

    /// Forgets the launch secret that was asked for.
    pub(crate) fn take_back(&self) {
        self.lock().sessions.take_back();
    }

    /// Whether one of these cookies is that of a session.
    pub(crate) fn admit(&self, presented: &[&str]) -> Admission {
        self.lock().sessions.admit(presented, Moment::now())
    }

    /// The sessions, in the order they were opened.
    pub(crate) fn list(&self, current: &str) -> Vec<SessionInfo> {
        let mut inner = self.lock();
        inner.sessions.lock_idle(Moment::now());
        inner.sessions.list(current)
    }

    /// Ends a session and all that goes on in it; `false`: there is none of this id.
    pub(crate) fn end(&self, id: &str) -> bool {
        self.lock().sessions.keep(|each| each != id)
    }

    /// Ends all but this one.
    pub(crate) fn end_others(&self, id: &str) {
        self.lock().sessions.keep(|each| each == id);
    }

    /// Ends all, and lets nobody in any more by what was drawn here.
    pub fn end_all(&self) {
        let mut inner = self.lock();
        inner.launch = None;
        inner.sessions.keep(|_| false);
    }

    /// Locks a session: its cookie opens nothing until an address is opened in its browser.
    pub(crate) fn lock_session(&self, id: &str) {
        self.lock().sessions.lock(id);
    }

    /// A person did something in a session's page.
    pub(crate) fn is_active(&self, id: &str) {
        self.lock().sessions.is_active(id, Moment::now());
    }

    /// How long a session may be without a person's doing anything until it is locked. `by`: the session
    /// in whose page somebody said so.
    pub(crate) fn lock_after(&self, idle: Option<Duration>, by: Option<&str>) {
        self.lock().sessions.lock_after(idle, by, Moment::now());
        self.changed.notify_one();
    }

    /// Locks sessions as their time comes. Never ends.
    pub(crate) async fn lock_idle_sessions(&self) {
        loop {
            let left = self.lock().sessions.lock_idle(Moment::now());
            match left {
                Some(left) => {
                    let wait = tokio::time::sleep(left.min(LOOK_AGAIN));
                    tokio::select! {
                        () = wait => {}
                        () = self.changed.notified() => {}
                    }
                }
                None => self.changed.notified().await,
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Takes a launch secret that was drawn here; `false`: it is none, or none any more.
    fn take_known(&mut self, secret: &SecretString, now: Moment) -> bool {
        let is_launch = self
            .launch
            .as_ref()
            .is_some_and(|known| equal(known, secret));
        if is_launch {
            self.launch = None;
        }
        self.sessions.take(secret, now) || is_launch
    }
}

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
#[must_use]
pub fn equal(one: &SecretString, other: &SecretString) -> bool {
    is(one, other.expose_secret())
}

fn is(secret: &SecretString, value: &str) -> bool {
    secret
        .expose_secret()
        .as_bytes()
        .ct_eq(value.as_bytes())
        .into()
}

/// 256 random bits as letters and digits.
///
/// # Errors
/// The system has none.
pub fn draw_secret() -> Result<SecretString, getrandom::Error> {
    let mut bits = [0_u8; 32];
    getrandom::fill(&mut bits)?;
    let text = bits
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        });
    Ok(SecretString::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access() -> (Access, SecretString) {
        Access::new(&SecretString::from("kept"), 1, |_| false).unwrap()
    }

    fn sign_in(access: &Access, secret: &SecretString) -> Option<String> {
        let cookie = access.exchange(secret, &[], None)?;
        Some(cookie.expose_secret().to_owned())
    }

    /// The id of the session that it opens.
    fn open_session(access: &Access, secret: &SecretString) -> String {
        let cookie = sign_in(access, secret).unwrap();
        match access.admit(&[&cookie]) {
            Admission::Open(pass) => pass.id.to_string(),
            _ => panic!("not let in"),
        }
    }

    fn is_open(access: &Access, cookie: &str) -> bool {
        matches!(access.admit(&[cookie]), Admission::Open(_))
    }

    #[test]
    fn the_launch_secret_works_once() {
        let (access, launch) = access();
        assert!(sign_in(&access, &SecretString::from("wrong")).is_none());
        let cookie = sign_in(&access, &launch).unwrap();
        assert!(sign_in(&access, &launch).is_none());
        assert!(is_open(&access, &cookie));
        assert!(!is_open(&access, launch.expose_secret()));
        assert!(!is_open(&access, ""));
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_that_is_asked_for_is_good_once_for_a_minute_until_another_is() {
        let (access, launch) = access();
        let id = open_session(&access, &launch);
        let ask = || access.ask(&id).unwrap().unwrap();
        let [first, second, third] = [(); 3].map(|()| ask());
        for replaced in [&first, &second] {
            assert!(sign_in(&access, replaced).is_none());
        }
        assert!(sign_in(&access, &third).is_some());
        assert!(sign_in(&access, &third).is_none());
        let late = ask();
        tokio::time::advance(ASKED_FOR).await;
        assert!(sign_in(&access, &late).is_none());
        let back = ask();
        access.take_back();
        assert!(sign_in(&access, &back).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_is_good_no_longer_than_the_session_that_asked_for_it() {
        let idle = Duration::from_secs(50);
        let ends: [fn(&Access, &str); 4] = [
            |access, id| assert!(access.end(id)),
            |access, _| access.end_others("another"),
            |access, id| access.lock_session(id),
            |access, _| access.end_all(),
        ];
        for end in ends {
            let (access, launch) = access();
            let id = open_session(&access, &launch);
            let address = access.ask(&id).unwrap().unwrap();
            end(&access, &id);
            assert!(sign_in(&access, &address).is_none());
            assert!(access.ask(&id).unwrap().is_none(), "it asks once more");
        }
        let (access, launch) = access();
        let id = open_session(&access, &launch);
        access.lock_after(Some(idle), None);
        let address = access.ask(&id).unwrap().unwrap();
        tokio::time::advance(idle).await;
        assert!(sign_in(&access, &address).is_none(), "nobody was there");
        assert!(access.ask(&id).unwrap().is_none());
        // What another one has asked for stays.
        let (access, launch) = self::access();
        let id = open_session(&access, &launch);
        let other = access.ask(&id).unwrap().unwrap();
        let other = open_session(&access, &other);
        let address = access.ask(&id).unwrap().unwrap();
        assert!(access.end(&other));
        assert!(sign_in(&access, &address).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_setting_is_a_sign_of_a_person_where_it_was_changed_alone() {
        let (access, launch) = access();
        let id = open_session(&access, &launch);
        let address = access.ask(&id).unwrap().unwrap();
        let other = sign_in(&access, &address).unwrap();
        let minutes = |minutes: u64| Some(Duration::from_secs(60 * minutes));
        access.lock_after(minutes(3), None);
        tokio::time::advance(Duration::from_secs(100)).await;
        access.lock_after(minutes(2), Some(&id));
        // Saved again, with something else in it.
        tokio::time::advance(Duration::from_secs(20)).await;
        access.lock_after(minutes(2), Some(&id));
        let is_locked = |id: &str| {
            let list = serde_json::to_value(access.list("")).unwrap();
            let list = list.as_array().unwrap();
            list.iter()
                .any(|each| each["id"] == id && each["isLocked"] == true)
        };
        assert!(!is_open(&access, &other));
        assert!(!is_locked(&id));
        tokio::time::advance(Duration::from_secs(100)).await;
        assert!(is_locked(&id));
    }

    #[tokio::test(start_paused = true)]
    async fn a_session_without_a_person_is_locked_whatever_its_page_asks() {
        let (access, launch) = access();
        let cookie = sign_in(&access, &launch).unwrap();
        access.lock_after(Some(Duration::from_secs(300)), None);
        let Admission::Open(mut pass) = access.admit(&[&cookie]) else {
            panic!("not let in")
        };
        for _ in 0..4 {
            tokio::time::advance(Duration::from_secs(200)).await;
            assert!(is_open(&access, &cookie));
            access.is_active(&pass.id);
        }
        // It goes on to ask, and nobody is there.
        tokio::time::advance(Duration::from_secs(299)).await;
        assert!(is_open(&access, &cookie));
        let mut waiting = tokio::spawn(async move { pass.over().await });
        tokio::select! {
            () = access.lock_idle_sessions() => {}
            over = &mut waiting => over.unwrap(),
        }
        assert!(matches!(access.admit(&[&cookie]), Admission::Locked));
    }
}
