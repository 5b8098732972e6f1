//! Running as root over a connection whose user is not: how, with which password, until when.
//!
//! Invariant: a password is held in one place, is given only in answer to a prompt, and is forgotten when
//! it is refused; with the end of the elevation it is forgotten here and what runs by it is ended on the
//! server.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use catalog::{
    Marker,
    elevation::{self, Elevation, Refusal},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    sync::{OwnedMutexGuard, watch},
    time::{Duration, timeout},
};

use crate::{Connection, ExecError, Limits, connection::Asked, error::one_line, sftp::Sftp};

/// How long ending what runs as root may take.
const RUNS_END: Duration = Duration::from_secs(5);
/// How long sudo may take to forget.
const FORGETTING: Limits = Limits {
    timeout: Duration::from_secs(5),
    output_bytes: 64 * 1024,
};
/// What may be said before root's shell is there: a banner, a lecture.
const SAID_BYTES: usize = 16 * 1024;

/// What all clones of one elevated connection share.
pub(crate) struct Elevated {
    pub(crate) way: Elevation,
    secret: Mutex<Option<Arc<SecretString>>>,
    has_secret: bool,
    /// Held by the run that gives the password until it is known whether that was right, so that a
    /// wrong one is given once, however many runs are asked for it.
    turn: Arc<tokio::sync::Mutex<()>>,
    refused: watch::Sender<bool>,
    ended: watch::Sender<bool>,
    /// Files as root: a session of its own.
    pub(crate) sftp: Sftp,
}

impl Elevated {
    pub(crate) fn new(way: Elevation, secret: Option<Arc<SecretString>>) -> Self {
        Self {
            way,
            has_secret: secret.is_some(),
            secret: Mutex::new(secret),
            turn: Arc::default(),
            refused: watch::Sender::new(false),
            ended: watch::Sender::new(false),
            sftp: Sftp::new(None),
        }
    }

    pub(crate) fn wants_terminal(&self) -> bool {
        self.way.wants_terminal(self.has_secret)
    }

    /// The place of a run among those that the end waits for; `None`: it has ended already.
    pub(crate) fn begin(&self) -> Option<Asked> {
        Asked::of(&self.ended)
    }

    /// Tells when it ends.
    pub(crate) fn ending(&self) -> watch::Receiver<bool> {
        self.ended.subscribe()
    }

    /// Waits for the turn to give the password.
    pub(crate) async fn turn(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.turn).lock_owned().await
    }

    /// The password and a line feed; `None`: there is none to give (any more).
    pub(crate) fn password(&self) -> Option<Bytes> {
        let secret = self.secret().clone()?;
        let text = secret.expose_secret().as_bytes();
        let mut line = zeroize::Zeroizing::new(Vec::with_capacity(text.len() + 1));
        line.extend_from_slice(text);
        line.push(b'\n');
        Some(Bytes::from_owner(Wiped(line)))
    }

    /// Notes that the password was refused: it is forgotten, so that it is not given again.
    fn refuse(&self) {
        self.secret().take();
        self.refused.send_replace(true);
    }

    fn secret(&self) -> std::sync::MutexGuard<'_, Option<Arc<SecretString>>> {
        self.secret.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bytes that are wiped from memory after use.
struct Wiped(zeroize::Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Connection {
    /// The same connection, over which commands and files are root's until [`Self::end_elevation`].
    /// `secret` is the password that is asked for: of the user, or of root; `None`: none is needed.
    #[must_use]
    pub fn elevated(&self, way: Elevation, secret: Option<Arc<SecretString>>) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            elevated: Some(Arc::new(Elevated::new(way, secret))),
            witness: Arc::clone(&self.witness),
        }
    }

    /// Ends what runs as root over this and its clones, its files too, and forgets the password, here
    /// and on the server. Nothing more becomes root's.
    pub async fn end_elevation(&self) {
        let Some(elevated) = &self.elevated else {
            return;
        };
        elevated.ended.send_replace(true);
        elevated.sftp.end().await;
        if timeout(RUNS_END, elevated.ended.closed()).await.is_err() {
            tracing::debug!("a process of root could not be ended in time");
        }
        elevated.secret().take();
        if elevated.way.program() == "sudo" {
            let user = Self {
                inner: Arc::clone(&self.inner),
                elevated: None,
                witness: Arc::clone(&self.witness),
            };
            // A failure means that the connection is gone, and what sudo knew of it with it.
            let _ = user.exec(&elevation::forget(), None, &FORGETTING).await;
        }
    }

    /// Resolves when the password is refused: nothing becomes root's any more.
    pub async fn password_refused(&self) {
        match &self.elevated {
            Some(elevated) => {
                // An error cannot come: the sender is held here.
                let _ = elevated
                    .refused
                    .subscribe()
                    .wait_for(|refused| *refused)
                    .await;
            }
            None => std::future::pending().await,
        }
    }
}

/// What a run has to do next on its way to root.
pub(crate) enum Step {
    /// Wait.
    Wait,
    /// Give the password.
    Password,
    /// Give the script: root's shell reads.
    Begin,
    /// Stop: it asks again, or says no end of things.
    GiveUp,
}

/// One run on its way to root: what was said until its shell was there.
pub(crate) struct Ascent {
    pub(crate) elevated: Arc<Elevated>,
    marker: Marker,
    heard: Vec<u8>,
    /// How much of it was there when the password was given.
    answered_at: Option<usize>,
    has_begun: bool,
}

impl Ascent {
    pub(crate) fn new(elevated: Arc<Elevated>, marker: Marker) -> Self {
        Self {
            elevated,
            marker,
            heard: Vec::new(),
            answered_at: None,
            has_begun: false,
        }
    }

    /// What is to be sent first.
    pub(crate) fn line(&self) -> String {
        let elevated = &self.elevated;
        elevated.way.line(&self.marker, elevated.has_secret)
    }

    /// Whether a password may be asked for before the script is read.
    pub(crate) fn may_ask(&self) -> bool {
        self.elevated.has_secret || self.elevated.way == Elevation::Su
    }

    /// Takes what was said.
    pub(crate) fn hear(&mut self, said: &[u8]) -> Step {
        if self.has_begun {
            return Step::Wait;
        }
        self.heard.extend_from_slice(said);
        let new = self.heard.get(self.answered_at.unwrap_or(0)..);
        let new = String::from_utf8_lossy(new.unwrap_or_default());
        if new.contains(&format!("{}+", self.marker.as_str())) {
            self.has_begun = true;
            return Step::Begin;
        }
        if self.heard.len() > SAID_BYTES {
            return Step::GiveUp;
        }
        if !self.elevated.way.prompts(&self.marker, &new) {
            return Step::Wait;
        }
        if self.answered_at.is_some() || !self.elevated.has_secret {
            return Step::GiveUp;
        }
        self.answered_at = Some(self.heard.len());
        Step::Password
    }

    /// Why it did not become root; `None`: it did. A password that was given is not given again.
    pub(crate) fn failure(&self) -> Option<ExecError> {
        if self.has_begun {
            return None;
        }
        // What was said before the password was given says nothing about it.
        let heard = self.heard.get(self.answered_at.unwrap_or(0)..);
        let heard = String::from_utf8_lossy(heard.unwrap_or_default());
        let mark = self.marker.as_str();
        let said = |line: &str| {
            let line = one_line(&line.replace(&format!("{mark}?"), ""));
            let line = line.trim();
            (!line.is_empty()).then(|| line.to_owned())
        };
        let mut refusal = Refusal::of(&heard);
        if self.answered_at.is_some() && refusal != Refusal::NotAllowed {
            refusal = Refusal::WrongPassword;
        }
        if refusal == Refusal::WrongPassword {
            self.elevated.refuse();
        }
        Some(ExecError::NotRoot {
            program: self.elevated.way.program(),
            refusal,
            said: heard.lines().rev().find_map(said),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ascent(way: Elevation) -> (Ascent, String) {
        ascent_with(way, Arc::new(SecretString::from("pw")))
    }

    fn ascent_with(way: Elevation, secret: Arc<SecretString>) -> (Ascent, String) {
        let marker = Marker::from_bits(7);
        let elevated = Arc::new(Elevated::new(way, Some(secret)));
        let mark = marker.as_str().to_owned();
        (Ascent::new(elevated, marker), mark)
    }

    #[test]
    fn a_password_is_given_once_and_only_when_asked_for() {
        let secret = Arc::new(SecretString::from("pw"));
        let (mut ascent, mark) = ascent_with(Elevation::Sudo, Arc::clone(&secret));
        assert!(matches!(
            ascent.hear(b"We trust you. Password:"),
            Step::Wait
        ));
        assert!(matches!(ascent.hear(mark.as_bytes()), Step::Wait));
        assert!(matches!(ascent.hear(b"?"), Step::Password));
        assert!(matches!(ascent.hear(b"Sorry, try again.\n"), Step::Wait));
        let again = format!("{mark}?");
        assert!(matches!(ascent.hear(again.as_bytes()), Step::GiveUp));
        let error = ascent.failure().unwrap();
        assert!(
            matches!(&error, ExecError::NotRoot { refusal: Refusal::WrongPassword, said: Some(said), .. }
            if said == "Sorry, try again."),
            "{error:?}"
        );
        assert!(ascent.elevated.password().is_none(), "not given again");
        assert_eq!(Arc::strong_count(&secret), 1, "forgotten");
    }

    #[test]
    fn roots_shell_is_known_by_its_marker_alone() {
        let (mut ascent, mark) = ascent(Elevation::Su);
        assert!(matches!(ascent.hear(b"+"), Step::Wait));
        assert!(matches!(ascent.hear(b"Password: "), Step::Password));
        assert!(matches!(ascent.hear(b"\n"), Step::Wait));
        let ready = format!("{mark}+\n");
        assert!(matches!(ascent.hear(ready.as_bytes()), Step::Begin));
        assert!(ascent.failure().is_none());
    }

    #[test]
    fn what_says_no_end_of_things_is_given_up() {
        let (mut ascent, _) = ascent(Elevation::Sudo);
        let steps: Vec<_> = (0..100).map(|_| ascent.hear(&[b'x'; 1000])).collect();
        assert!(steps.iter().any(|step| matches!(step, Step::GiveUp)));
    }
}
