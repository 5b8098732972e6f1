//! One server's session: its profile, its one connection, the state of it.
//!
//! Invariant: the connection is reached only through [`Session::link`], with proof that the gate
//! was passed; one supervisor at a time makes it, keeps it and makes it anew.

mod asker;
mod supervisor;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use catalog::{ServerFacts, Source};
use futures::future::AbortHandle;
use store::{NewJournalEntry, Profile};
use tokio::sync::{Notify, watch};

use crate::{
    Answer, ConnectionState, Error, ErrorBody, Options, Origin, Server, answer::Asked,
    cache::Cache, fetch::Fetched, gate, gate::Granted, live::Live,
};
use asker::Questions;

/// An open connection and all that is true only while it is.
pub(crate) struct Link {
    pub(crate) connection: ssh::Connection,
    pub(crate) facts: ServerFacts,
    pub(crate) cache: Cache,
}

/// One server's session. It exists as long as the profile does.
pub(crate) struct Session {
    options: Arc<Options>,
    profile: RwLock<Arc<Profile>>,
    state: watch::Sender<ConnectionState>,
    changes: watch::Sender<u64>,
    link: RwLock<Option<Arc<Link>>>,
    supervisor: Mutex<Option<AbortHandle>>,
    retry: Notify,
    questions: Questions,
    pub(crate) live: Live,
    id: String,
}

impl Session {
    /// A session that is not connected. `changes` counts up whenever the server looks different.
    pub(crate) fn new(
        options: Arc<Options>,
        profile: Profile,
        changes: watch::Sender<u64>,
    ) -> Self {
        Self {
            options,
            id: profile.id.clone(),
            profile: RwLock::new(Arc::new(profile)),
            state: watch::Sender::new(ConnectionState::Disconnected),
            changes,
            link: RwLock::new(None),
            supervisor: Mutex::new(None),
            retry: Notify::new(),
            questions: Questions::default(),
            live: Live::default(),
        }
    }

    /// The profile's id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The profile as it is now.
    pub(crate) fn profile(&self) -> Arc<Profile> {
        Arc::clone(&self.profile.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes a changed profile; what is open stays open.
    pub(crate) fn set_profile(&self, profile: Profile) {
        *self.profile.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(profile);
        self.tell();
    }

    /// The server as the surfaces see it.
    pub(crate) fn server(&self) -> Server {
        Server {
            profile: self.profile().as_ref().clone(),
            state: self.state.borrow().clone(),
        }
    }

    /// Follows the connection's state.
    pub(crate) fn states(&self) -> watch::Receiver<ConnectionState> {
        self.state.subscribe()
    }

    /// The open connection, for a holder of the gate's proof. What was granted when a subscription
    /// began may have been taken away since, so the gate is asked again.
    ///
    /// # Errors
    /// [`Error::NotConnected`] while there is none, [`Error::Denied`] as said above.
    pub(crate) fn link(&self, proof: Granted) -> Result<Arc<Link>, Error> {
        gate::check(&self.profile(), proof.capability())?;
        let link = self.link.read().unwrap_or_else(PoisonError::into_inner);
        link.clone().ok_or_else(|| Error::NotConnected {
            server: self.profile().name.clone(),
        })
    }

    /// Starts to connect, unless that is underway or done. While a lost connection waits for its
    /// next attempt, that is made now.
    pub(crate) fn connect(self: &Arc<Self>) {
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
            self.set_state(ConnectionState::Connecting);
            let (task, abort) = futures::future::abortable(supervisor::run(Arc::clone(self)));
            *supervisor = Some(abort);
            tokio::spawn(task);
        }
    }

    /// Ends the connection and forgets what was told and cached.
    pub(crate) async fn disconnect(&self) {
        if let Some(supervisor) = self.supervisor().take() {
            supervisor.abort();
        }
        self.questions.forget();
        let link = self
            .link
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(link) = link {
            link.connection.close().await;
        }
        self.set_state(ConnectionState::Disconnected);
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
                // Before the answer is given, so that nobody sees a question that was answered.
                self.set_state(ConnectionState::Connecting);
                waiting.send(answer).map_err(|_| gone())
            }
            None => Err(gone()),
        }
    }

    /// A run that failed, with the server's name and the command.
    pub(crate) fn run_error(&self, source: &Source, error: ssh::ExecError) -> Error {
        let command = match source {
            Source::Command(command) => command.to_string(),
            Source::Files(paths) => catalog::files::print(paths).to_string(),
        };
        Error::Run {
            server: self.profile().name.clone(),
            command,
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

    /// Writes a command that was run into the journal; files that were read are not commands.
    pub(crate) fn write_down(
        &self,
        asked: &Asked,
        variant: usize,
        fetched: &Fetched,
        outcome: &str,
    ) {
        let (command, exit_code) = match &fetched.origin {
            Origin::Command { command, exit_code } => (command.clone(), *exit_code),
            Origin::Files {
                command: Some(command),
                ..
            } => (command.clone(), fetched.raw.exit_code),
            Origin::Files { command: None, .. } => return,
        };
        let entry = NewJournalEntry {
            at: fetched.at,
            server: self.id.clone(),
            capability: asked.granted.capability(),
            query: asked.query.id().to_owned(),
            variant: asked
                .query
                .variants()
                .get(variant)
                .map(|(name, _)| (*name).to_owned())
                .unwrap_or_default(),
            command,
            exit_code,
            duration_ms: u32::try_from(fetched.took.as_millis()).unwrap_or(u32::MAX),
            outcome: outcome.to_owned(),
        };
        let store = Arc::clone(&self.options.store);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = store.append(&entry) {
                tracing::error!(%error, "the journal could not be written");
            }
        });
    }

    fn set_state(&self, state: ConnectionState) {
        self.state.send_replace(state);
        self.tell();
    }

    fn tell(&self) {
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    fn supervisor(&self) -> MutexGuard<'_, Option<AbortHandle>> {
        self.supervisor
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn gone() -> Error {
    Error::Conflict("no question waits for this answer".to_owned())
}
