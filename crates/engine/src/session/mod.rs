//! One server's session: its profile, its one connection, the state of it.
//!
//! Invariant: the connection is reached only through [`Session::link`], with proof that the gate
//! was passed; one supervisor at a time makes it, keeps it and makes it anew.

mod administrator;
mod asker;
mod secrets;
mod supervisor;
mod withdrawn;
pub(crate) mod writing;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use catalog::{Mode, ServerFacts, Source, elevation::Elevation};
use chrono::{DateTime, SecondsFormat, Utc};
use store::Profile;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
};

use crate::{
    Answer, ConnectionState, Error, ErrorBody, Options, Origin, Server,
    administrator::shown_source,
    cache::Cache,
    diagnosis::Testing,
    gate,
    gate::Granted,
    journal::Journal,
    lines::{Line, Lines},
    live::Live,
    servers::Reached,
};
use administrator::Administrator;
use asker::Questions;

/// Ending the runs of a connection on the server takes some round trips; a line that is dead has
/// none.
const PATIENCE_FOR_CLOSING: Duration = Duration::from_secs(5);

/// An open connection and all that is true only while it is.
pub(crate) struct Link {
    pub(crate) connection: ssh::Connection,
    /// Whose login it is, and where, whatever the profile says by now.
    pub(crate) login: ssh::Target,
    pub(crate) facts: ServerFacts,
    pub(crate) cache: Cache,
    /// How it is root's; `None`: it is the user's.
    pub(crate) way: Option<Elevation>,
}

/// The open connection as the user's and, with administrator access, as root's.
struct Links {
    user: Arc<Link>,
    root: Option<Arc<Link>>,
}

/// One server's session. It exists as long as the profile does.
pub(crate) struct Session {
    options: Arc<Options>,
    journal: Arc<Journal>,
    profile: RwLock<Arc<Profile>>,
    state: watch::Sender<ConnectionState>,
    changes: watch::Sender<u64>,
    lines: Arc<Lines>,
    links: RwLock<Option<Links>>,
    administrator: Administrator,
    /// The one connection from the moment it is made, so that it can be ended at any moment.
    line: Mutex<Option<Arc<Line>>>,
    /// The hosts on the way of the last connection, and what of the SSH configuration is not done.
    route: Mutex<(Vec<String>, Vec<String>)>,
    supervisor: Mutex<Option<JoinHandle<()>>>,
    /// When a person last connected; whatever was lost and made anew since belongs to it.
    since: Mutex<Option<DateTime<Utc>>>,
    /// Held while the session is being disconnected.
    ending: tokio::sync::Mutex<()>,
    retry: Notify,
    questions: Questions,
    pub(crate) live: Live,
    /// The last look whether the server can be reached.
    pub(crate) reached: tokio::sync::Mutex<Reached>,
    /// The test of the connection that is under way.
    pub(crate) testing: Testing,
    id: String,
    saved: AtomicBool,
    /// Where the SSH configuration names it.
    origin: Mutex<Option<String>>,
}

impl Session {
    /// A session that is not connected. `changes` counts up whenever the server looks different.
    pub(crate) fn new(
        (options, journal): (Arc<Options>, Arc<Journal>),
        lines: Arc<Lines>,
        profile: Profile,
        saved: bool,
        changes: watch::Sender<u64>,
    ) -> Self {
        Self {
            options,
            journal,
            id: profile.id.clone(),
            profile: RwLock::new(Arc::new(profile)),
            state: watch::Sender::new(ConnectionState::Disconnected),
            changes,
            lines,
            line: Mutex::new(None),
            route: Mutex::default(),
            links: RwLock::new(None),
            administrator: Administrator::default(),
            supervisor: Mutex::new(None),
            since: Mutex::new(None),
            ending: tokio::sync::Mutex::new(()),
            retry: Notify::new(),
            questions: Questions::default(),
            live: Live::default(),
            saved: AtomicBool::new(saved),
            reached: tokio::sync::Mutex::default(),
            testing: Testing::default(),
            origin: Mutex::new(None),
        }
    }

    /// The local database.
    pub(crate) fn store(&self) -> &Arc<store::Store> {
        &self.options.store
    }

    /// The files that say which keys hosts are known by.
    pub(crate) fn known_hosts(&self) -> &ssh::KnownHosts {
        &self.options.known_hosts
    }

    /// The user's SSH configuration.
    pub(crate) fn ssh_settings(&self) -> &crate::SshSettings {
        &self.options.ssh_settings
    }

    /// How a saved server with this address is logged in to; `None`: there is none.
    pub(crate) fn auth_of(&self, user: &str, host: &str, port: u16) -> Option<store::Auth> {
        let profiles = self.options.store.profiles().ok()?;
        let is_it = |profile: &Profile| {
            let at = profile.host.as_deref().unwrap_or_default();
            at.eq_ignore_ascii_case(host)
                && profile.port.unwrap_or(22) == port
                && profile.user == user
        };
        profiles.into_iter().find(is_it).map(|profile| profile.auth)
    }

    /// The way to language models.
    pub(crate) fn models(&self) -> &crate::Models {
        &self.options.models
    }

    /// Where secrets are kept that outlive the connection.
    fn keychain(&self) -> &keychain::Keychain {
        self.options.models.keychain()
    }

    /// The profile's id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The profile as it is now.
    pub(crate) fn profile(&self) -> Arc<Profile> {
        Arc::clone(&self.profile.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where the SSH configuration names it; `None`: it is not from there.
    pub(crate) fn origin(&self) -> Option<String> {
        let origin = self.origin.lock().unwrap_or_else(PoisonError::into_inner);
        origin.clone()
    }

    pub(crate) fn set_origin(&self, origin: Option<String>) {
        *self.origin.lock().unwrap_or_else(PoisonError::into_inner) = origin;
    }

    /// Whether the profile is kept.
    pub(crate) fn is_saved(&self) -> bool {
        self.saved.load(Ordering::Relaxed)
    }

    /// From now on the profile is kept; says whether that is news.
    pub(crate) fn mark_saved(&self) -> bool {
        !self.saved.swap(true, Ordering::Relaxed)
    }

    /// It could not be kept.
    pub(crate) fn mark_unsaved(&self) {
        self.saved.store(false, Ordering::Relaxed);
    }

    /// The server as the surfaces see it.
    pub(crate) fn server(&self) -> Server {
        let state = self.state.borrow().clone();
        let profile = self.profile().as_ref().clone();
        Server {
            mode: Mode::of(&profile.capabilities),
            profile,
            saved: self.is_saved(),
            origin: self.origin(),
            administrator: self.administrator_state(&state),
            state,
            kept_secrets: self.questions.secrets.kept(self),
            keychain_problem: self.questions.secrets.problem(),
        }
    }

    /// The connection's state now.
    pub(crate) fn state(&self) -> ConnectionState {
        self.state.borrow().clone()
    }

    /// Follows the connection's state.
    pub(crate) fn states(&self) -> watch::Receiver<ConnectionState> {
        self.state.subscribe()
    }

    /// When a person last connected; `None`: not since the program was started.
    pub(crate) fn since(&self) -> Option<DateTime<Utc>> {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a person disconnects. What runs on a line that other servers go through ends by this;
    /// what runs on a line of its own ends with the line.
    pub(crate) async fn left(&self) {
        let mut states = self.states();
        // A failure means that the session is gone.
        let _state = states
            .wait_for(|state| matches!(state, ConnectionState::Disconnected))
            .await;
    }

    /// The open connection, for a holder of the gate's proof: root's with administrator access, else
    /// the user's. What was granted when a subscription began may have been taken away since, so the
    /// gate is asked again.
    ///
    /// # Errors
    /// [`Error::NotConnected`] while there is none, [`Error::Denied`] as said above.
    pub(crate) fn link(&self, proof: Granted) -> Result<Arc<Link>, Error> {
        let user = self.user_link(proof)?;
        Ok(self.root().unwrap_or(user))
    }

    /// The same, of the user with this number: the one who is logged in, or root while administrator access
    /// is on.
    ///
    /// # Errors
    /// As of [`Self::link`]; there is none of this user now.
    pub(crate) fn link_of(&self, proof: Granted, uid: u32) -> Result<Arc<Link>, Error> {
        let user = self.user_link(proof)?;
        let links = [Some(user), self.root()];
        let link = links
            .into_iter()
            .flatten()
            .find(|link| link.facts.uid == uid);
        link.ok_or_else(|| Error::OtherUser {
            server: self.profile().name.clone(),
            uid,
        })
    }

    /// The same, always the user's.
    ///
    /// # Errors
    /// As of [`Self::link`].
    pub(crate) fn user_link(&self, proof: Granted) -> Result<Arc<Link>, Error> {
        gate::check(&self.profile(), proof.capability())?;
        let links = self.links.read().unwrap_or_else(PoisonError::into_inner);
        let user = links.as_ref().map(|links| Arc::clone(&links.user));
        user.ok_or_else(|| Error::NotConnected {
            server: self.profile().name.clone(),
        })
    }

    /// Whether that is the open connection still, as the user's.
    pub(crate) fn is_linked_by(&self, link: &Weak<Link>) -> bool {
        let links = self.links.read().unwrap_or_else(PoisonError::into_inner);
        links
            .as_ref()
            .is_some_and(|links| std::ptr::eq(Arc::as_ptr(&links.user), link.as_ptr()))
    }

    fn root(&self) -> Option<Arc<Link>> {
        let links = self.links.read().unwrap_or_else(PoisonError::into_inner);
        links.as_ref()?.root.clone()
    }

    fn take_root(&self) -> Option<Arc<Link>> {
        self.links_to_change().as_mut()?.root.take()
    }

    fn links_to_change(&self) -> RwLockWriteGuard<'_, Option<Links>> {
        self.links.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts to connect, unless that is underway or done. While a lost connection waits for its
    /// next attempt, that is made now.
    pub(crate) fn connect(self: &Arc<Self>) {
        let Ok(_not_ending) = self.ending.try_lock() else {
            return;
        };
        let mut supervisor = self.supervisor();
        if matches!(*self.state.borrow(), ConnectionState::Reconnecting { .. }) {
            self.retry.notify_waiters();
            return;
        }
        let idle = matches!(
            *self.state.borrow(),
            ConnectionState::Disconnected | ConnectionState::Failed { .. }
        );
        if idle {
            *self.since.lock().unwrap_or_else(PoisonError::into_inner) = Some(Utc::now());
            self.set_state(ConnectionState::Connecting);
            let run = gate::asked_by(gate::asker(), supervisor::run(Arc::clone(self)));
            *supervisor = Some(tokio::spawn(run));
        }
    }

    /// Ends the connection, in whatever state it is, and forgets what was told and cached.
    pub(crate) async fn disconnect(&self) {
        let _ending = self.ending.lock().await;
        let supervisor = self.supervisor().take();
        if let Some(task) = supervisor {
            task.abort();
            // Only when it has stopped can it publish nothing more.
            let _aborted = task.await;
        }
        self.questions.forget();
        self.options.models.forget(&self.id);
        if matches!(*self.state.borrow(), ConnectionState::Connected { .. }) {
            self.note_seen();
        }
        // Nobody gets a link any more, and who becomes root in this moment finds that there is none.
        let root = self.links_to_change().take().and_then(|links| links.root);
        self.forget_administrator();
        if let Some(root) = root {
            // What runs as root ends, and a password that sudo remembers is forgotten there too.
            root.connection.end_elevation().await;
        }
        self.close_connection().await;
        self.set_state(ConnectionState::Disconnected);
    }

    /// Ends the one connection, if there is one, or leaves it to the others who use it.
    async fn close_connection(&self) {
        let line = self.line().take();
        if let Some(line) = line {
            let closing = tokio::time::timeout(PATIENCE_FOR_CLOSING, line.release());
            if closing.await.is_err() {
                tracing::warn!(server = self.id, "the connection did not close in time");
            }
        }
    }

    fn set_link(&self, link: Option<Arc<Link>>) {
        let links = link.map(|user| Links {
            root: self.raised(&user),
            user,
        });
        *self.links_to_change() = links;
        self.administrator.changed();
    }

    fn set_route(&self, via: Vec<String>, unheeded: Vec<String>) {
        *self.route.lock().unwrap_or_else(PoisonError::into_inner) = (via, unheeded);
    }

    fn route(&self) -> (Vec<String>, Vec<String>) {
        self.route
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn line(&self) -> MutexGuard<'_, Option<Arc<Line>>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a person's answer to the question that waits.
    ///
    /// # Errors
    /// [`Error::Conflict`] where no question with that id waits, or the answer is of another kind.
    pub(crate) fn answer(&self, question: &str, answer: Answer) -> Result<(), Error> {
        let fits = match &*self.state.borrow() {
            ConnectionState::Question { question } => asker::fits(question, &answer),
            _ => false,
        };
        let waiting = if fits {
            self.questions.take(question)
        } else {
            None
        };
        match waiting {
            Some(waiting) => {
                // Before the answer is given, so that nobody sees a question that was answered; and
                // only if it still is the question, for a disconnect may have come between.
                let news = self.state.send_if_modified(|state| {
                    let still = matches!(state, ConnectionState::Question { question: this } if this.id() == question);
                    if still {
                        *state = ConnectionState::Connecting;
                    }
                    still
                });
                if news {
                    self.tell();
                }
                waiting.send(answer).map_err(|_| gone())
            }
            None => Err(gone()),
        }
    }

    /// A run that failed, with the server's name and the command.
    pub(crate) fn run_error(&self, source: &Source, error: ssh::ExecError) -> Error {
        Error::Run {
            server: self.profile().name.clone(),
            command: shown_source(self.way(), source),
            source: error,
        }
    }

    /// The words for output that no parser understood.
    pub(crate) fn not_understood(&self, origin: &Origin, detail: &str) -> ErrorBody {
        let command = match origin {
            Origin::Command { command, .. } => Some(command.clone()),
            Origin::Files { paths, .. } => Some(paths.join(" ")),
        };
        ErrorBody {
            code: "notUnderstood".to_owned(),
            message: format!("The output was not understood: {detail}"),
            hint: Some("Show the command to see what the server printed.".to_owned()),
            server: Some(self.profile().name.clone()),
            command,
            request_id: None,
        }
    }

    fn set_state(&self, state: ConnectionState) {
        self.state.send_replace(state);
        self.tell();
    }

    /// Notes that the connection is open, or was until now.
    fn note_seen(&self) {
        let at = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
        {
            let mut profile = self.profile.write().unwrap_or_else(PoisonError::into_inner);
            Arc::make_mut(&mut profile).last_seen = Some(at.clone());
        }
        self.tell();
        if let Err(error) = self.options.store.note_seen(&self.id, &at) {
            tracing::warn!(%error, "when a server was last seen is not noted");
        }
    }

    fn tell(&self) {
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    fn supervisor(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.supervisor
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn gone() -> Error {
    Error::Conflict("no question waits for this answer".to_owned())
}
