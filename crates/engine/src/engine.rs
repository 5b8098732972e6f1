//! The engine as the surfaces use it: questions, live subscriptions, the journal, what is kept.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use serde_json::Value;
use store::{Preferences, Snippets, Store};
use tokio::{io::DuplexStream, sync::watch};

use crate::{
    ByModel, Error, Models, Reading, SshSettings,
    answer::{Asked, plan},
    files::jobs::FileJobs,
    forwards::Forwards,
    gate,
    journal::Journal,
    lines::Lines,
    live,
    live::Subscription,
    models,
    models::Chosen,
    session::Session,
    sleeps,
    terminals::Terminals,
};

/// Between the two samples of a rate that is asked for once.
const SAMPLE_APART: Duration = Duration::from_millis(500);
/// No question is asked more often than this.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
/// Nor less often than this.
const LONGEST_INTERVAL: Duration = Duration::from_secs(24 * 60 * 60);

/// Starts this computer's own SSH server and gives the client's end of it, with the way to its SFTP
/// server that needs no channel; `None`: a channel is used.
pub type LocalServer =
    Box<dyn Fn() -> io::Result<(DuplexStream, Option<ssh::FilesDoor>)> + Send + Sync>;

/// What the engine is made of.
pub struct Options {
    /// The local database.
    pub store: Arc<Store>,
    /// Which host keys are known.
    pub known_hosts: ssh::KnownHosts,
    /// What the user's SSH configuration says.
    pub ssh_settings: SshSettings,
    /// The way to language models, and where their keys are.
    pub models: Models,
    /// This computer's own SSH server.
    pub local: LocalServer,
    /// The name of the user the program runs as.
    pub user: String,
    /// Whether that user is root, so that a person must agree first.
    pub runs_as_root: bool,
}

/// A question to a server.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// The query's arguments; `null`: none.
    pub args: Value,
    /// Whether the reading is to hold the raw output.
    pub raw: bool,
    /// A reading this young will do, without asking the server.
    pub max_age: Option<Duration>,
    /// Whether a person wants the chosen language model to read what no parser understands.
    pub by_model: bool,
}

/// All servers and the one way to ask them anything. Cheap to share.
pub struct Engine {
    pub(crate) options: Arc<Options>,
    pub(crate) journal: Arc<Journal>,
    pub(crate) sessions: RwLock<BTreeMap<String, Arc<Session>>>,
    pub(crate) lines: Arc<Lines>,
    pub(crate) changes: watch::Sender<u64>,
    pub(crate) terminals: Terminals,
    pub(crate) file_jobs: FileJobs,
    pub(crate) forwards: Forwards,
}

impl Engine {
    /// Takes the saved profiles; connects to nothing. Must run inside a tokio runtime.
    ///
    /// # Errors
    /// The database failed.
    pub fn new(options: Options) -> Result<Self, Error> {
        options.store.ensure_this_computer(&options.user)?;
        let options = Arc::new(options);
        let journal = Journal::of(Arc::clone(&options.store))?;
        let changes = watch::Sender::new(0);
        let lines = Arc::new(Lines::default());
        let sessions = options
            .store
            .profiles()?
            .into_iter()
            .map(|profile| {
                let id = profile.id.clone();
                (
                    id,
                    Arc::new(Session::new(
                        (Arc::clone(&options), Arc::clone(&journal)),
                        Arc::clone(&lines),
                        profile,
                        true,
                        changes.clone(),
                    )),
                )
            })
            .collect();
        let file_jobs = FileJobs::left(&options.store, &sessions)?;
        let engine = Self {
            options,
            journal,
            sessions: RwLock::new(sessions),
            lines,
            changes,
            terminals: Terminals::new(),
            file_jobs,
            forwards: Forwards::default(),
        };
        engine.look_at_ssh_settings();
        tokio::spawn(sleeps::watch(Arc::downgrade(&engine.lines)));
        engine.forget_old_activity();
        Ok(engine)
    }

    /// The user the program runs as, and whether that is root.
    #[must_use]
    pub fn runs_as(&self) -> (&str, bool) {
        (&self.options.user, self.options.runs_as_root)
    }

    /// Counts up whenever any server looks different.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The network may be another, or this computer has slept: all connections are looked at, and what
    /// waits for its next attempt makes it, now. It happens by itself after a sleep.
    pub fn wake(&self) {
        self.lines.wake();
    }

    /// Asks once. A rate is sampled twice where no earlier sample is at hand.
    ///
    /// # Errors
    /// The server or query is not known, the arguments are refused, the profile does not grant it,
    /// or there is no connection that answers. What the server says is in the reading's outcome.
    pub async fn ask(&self, id: &str, query: &str, ask: Ask) -> Result<Reading, Error> {
        let session = self.session(id)?;
        let mut asked = self.asked(&session, query, ask.args)?;
        asked.by_model = ask.by_model;
        session.used();
        let link = session.link(asked.granted)?;
        let young = ask.max_age.filter(|_| !ask.by_model).and_then(|max_age| {
            let kept = link.cache.get(&asked.key)?;
            (kept.sampled.elapsed() <= max_age).then_some(kept.reading)
        });
        let reading = match young {
            Some(reading) => reading,
            None => {
                let now = std::time::Instant::now();
                let sampled = link
                    .cache
                    .get(&asked.key)
                    .is_some_and(|kept| kept.sample(now).is_some());
                if asked.prepared.has_rate() && !sampled {
                    once(&session, &asked).await?;
                    tokio::time::sleep(SAMPLE_APART).await;
                }
                once(&session, &asked).await?
            }
        };
        let mut reading = reading.as_ref().clone();
        if ask.raw {
            let kept = link.cache.get(&asked.key);
            reading.raw = kept.as_ref().map(|kept| kept.raw.text());
            if let (Some(ByModel::Offered { text, .. }), Some(kept)) = (&mut reading.model, kept) {
                *text = Some(models::prepared(&session, &link, &kept.raw));
            }
        }
        Ok(reading)
    }

    /// Asks again and again while the subscription is held.
    ///
    /// # Errors
    /// As for [`Engine::ask`], but for the connection: without one the value says so.
    pub fn subscribe(
        &self,
        id: &str,
        query: &str,
        args: Value,
        every: Duration,
    ) -> Result<Subscription, Error> {
        let session = self.session(id)?;
        let asked = self.asked(&session, query, args)?;
        Ok(live::subscribe(
            &session,
            asked,
            every.clamp(SHORTEST_INTERVAL, LONGEST_INTERVAL),
        ))
    }

    /// The user's preferences.
    ///
    /// # Errors
    /// The database failed.
    pub fn preferences(&self) -> Result<Preferences, Error> {
        Ok(self.options.store.preferences()?)
    }

    /// Saves the user's preferences.
    ///
    /// # Errors
    /// The database failed, or the language model that they choose cannot be asked.
    pub fn save_preferences(&self, preferences: &Preferences) -> Result<(), Error> {
        Chosen::of(&preferences.model)?;
        self.options.store.save_preferences(preferences)?;
        self.forget_old_activity();
        self.apply_to_terminals(&preferences.terminal);
        Ok(())
    }

    /// The user's snippets.
    ///
    /// # Errors
    /// The database failed.
    pub fn snippets(&self) -> Result<Snippets, Error> {
        Ok(self.options.store.snippets()?)
    }

    /// Saves the user's snippets.
    ///
    /// # Errors
    /// The database failed.
    pub fn save_snippets(&self, snippets: &Snippets) -> Result<(), Error> {
        Ok(self.options.store.save_snippets(snippets)?)
    }

    /// The gate: only here does a question become one that may be asked.
    pub(crate) fn asked(
        &self,
        session: &Session,
        query: &str,
        args: Value,
    ) -> Result<Asked, Error> {
        let query = catalog::find(query)
            .ok_or_else(|| Error::UnknownQuery(query.chars().take(80).collect()))?;
        let granted = gate::check(&session.profile(), query.capability())?;
        let args = if args.is_null() {
            Value::Object(serde_json::Map::new())
        } else {
            args
        };
        let prepared = query
            .prepare(&args)
            .map_err(|refused| Error::Invalid(refused.to_string()))?
            .into();
        let key = format!("{} {args}", query.id());
        Ok(Asked {
            granted,
            query,
            args,
            prepared,
            key,
            by_model: false,
        })
    }

    pub(crate) fn session(&self, id: &str) -> Result<Arc<Session>, Error> {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions
            .get(id)
            .cloned()
            .ok_or_else(|| Error::UnknownServer(id.chars().take(80).collect()))
    }
}

async fn once(session: &Arc<Session>, asked: &Asked) -> Result<Arc<Reading>, Error> {
    match plan(session, vec![asked.clone()]).pop() {
        Some(answer) => answer.await,
        None => Err(Error::NotConnected {
            server: session.profile().name.clone(),
        }),
    }
}
