//! The engine as the surfaces use it: servers, questions, live subscriptions, the journal.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use catalog::Capability;
use serde_json::Value;
use store::{JournalEntry, Kind, NewProfile, Preferences, Profile, Store};
use tokio::{io::DuplexStream, sync::watch};

use crate::{
    Answer, Error, NewServer, Reading, Server, ServerChange,
    answer::{Asked, plan},
    gate, live,
    live::Subscription,
    server::{checked_host, checked_text},
    session::Session,
};

/// Between the two samples of a rate that is asked for once.
const SAMPLE_APART: Duration = Duration::from_millis(500);
/// No question is asked more often than this.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
/// Nor less often than this.
const LONGEST_INTERVAL: Duration = Duration::from_secs(24 * 60 * 60);

/// Starts this computer's own SSH server and gives the client's end of it.
pub type LocalServer = Box<dyn Fn() -> io::Result<DuplexStream> + Send + Sync>;

/// What the engine is made of.
pub struct Options {
    /// The local database.
    pub store: Arc<Store>,
    /// Which host keys are known.
    pub known_hosts: ssh::KnownHosts,
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
}

/// All servers and the one way to ask them anything. Cheap to share.
pub struct Engine {
    options: Arc<Options>,
    sessions: RwLock<BTreeMap<String, Arc<Session>>>,
    changes: watch::Sender<u64>,
}

impl Engine {
    /// Takes the saved profiles; connects to nothing. Must run inside a tokio runtime.
    ///
    /// # Errors
    /// The database failed.
    pub fn new(options: Options) -> Result<Self, Error> {
        options.store.ensure_this_computer(&options.user)?;
        let options = Arc::new(options);
        let changes = watch::Sender::new(0);
        let sessions = options
            .store
            .profiles()?
            .into_iter()
            .map(|profile| {
                let id = profile.id.clone();
                (
                    id,
                    Arc::new(Session::new(Arc::clone(&options), profile, changes.clone())),
                )
            })
            .collect();
        Ok(Self {
            options,
            sessions: RwLock::new(sessions),
            changes,
        })
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

    /// All servers, in the order they were added.
    ///
    /// # Errors
    /// The database failed.
    pub fn servers(&self) -> Result<Vec<Server>, Error> {
        let order = self.options.store.profiles()?;
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        Ok(order
            .iter()
            .filter_map(|profile| Some(sessions.get(&profile.id)?.server()))
            .collect())
    }

    /// One server.
    ///
    /// # Errors
    /// There is none with this id.
    pub fn server(&self, id: &str) -> Result<Server, Error> {
        Ok(self.session(id)?.server())
    }

    /// Saves a new server; does not connect.
    ///
    /// # Errors
    /// A field is not right, or the database failed.
    pub fn add(&self, new: NewServer) -> Result<Server, Error> {
        let host = checked_host(&new.host)?;
        let name = match new.name.as_deref().map(str::trim) {
            None | Some("") => host.clone(),
            Some(name) => checked_text("name", name, 60)?,
        };
        let profile = self.options.store.add_profile(NewProfile {
            name,
            host,
            port: checked_port(new.port)?,
            user: checked_text("user", &new.user, 64)?,
            auth: new.auth,
            color: new.color,
            capabilities: new.capabilities.unwrap_or_else(|| Capability::ALL.to_vec()),
        })?;
        Ok(self.adopt(profile))
    }

    /// A server that lasts as long as the program, for one that is named on the command line.
    ///
    /// # Errors
    /// A field is not right.
    pub fn add_unsaved(&self, new: NewServer) -> Result<Server, Error> {
        let host = checked_host(&new.host)?;
        let port = checked_port(new.port)?;
        let user = checked_text("user", &new.user, 64)?;
        let name = format!("{user}@{host}:{port}");
        Ok(self.adopt(Profile {
            id: name.clone(),
            name,
            kind: Kind::Ssh,
            host: Some(host),
            port: Some(port),
            user,
            auth: new.auth,
            color: store::Color::Blue,
            capabilities: new.capabilities.unwrap_or_else(|| Capability::ALL.to_vec()),
        }))
    }

    fn adopt(&self, profile: Profile) -> Server {
        let id = profile.id.clone();
        let session = Arc::new(Session::new(
            Arc::clone(&self.options),
            profile,
            self.changes.clone(),
        ));
        let server = session.server();
        self.sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, session);
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
        server
    }

    /// Changes a saved server. A new address or login takes effect with the next connection.
    ///
    /// # Errors
    /// A field is not right, this computer was given an address, or the database failed.
    pub fn change(&self, id: &str, change: ServerChange) -> Result<Server, Error> {
        let session = self.session(id)?;
        let mut profile = session.profile().as_ref().clone();
        let address = change.host.is_some() || change.port.is_some() || change.user.is_some();
        if profile.kind == Kind::Local && (address || change.auth.is_some()) {
            return Err(Error::Invalid(
                "this computer has no address to change".to_owned(),
            ));
        }
        if let Some(name) = change.name {
            profile.name = checked_text("name", &name, 60)?;
        }
        if let Some(host) = change.host {
            profile.host = Some(checked_host(&host)?);
        }
        if let Some(port) = change.port {
            profile.port = Some(checked_port(port)?);
        }
        if let Some(user) = change.user {
            profile.user = checked_text("user", &user, 64)?;
        }
        profile.auth = change.auth.unwrap_or(profile.auth);
        profile.color = change.color.unwrap_or(profile.color);
        profile.capabilities = change.capabilities.unwrap_or(profile.capabilities);
        self.options.store.update_profile(&profile)?;
        session.set_profile(profile);
        Ok(session.server())
    }

    /// Disconnects a server and forgets its profile.
    ///
    /// # Errors
    /// There is none with this id, it is this computer, or the database failed.
    pub async fn remove(&self, id: &str) -> Result<(), Error> {
        let session = self.session(id)?;
        if session.profile().kind == Kind::Local {
            return Err(Error::Conflict(
                "this computer cannot be removed".to_owned(),
            ));
        }
        self.sessions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        self.options.store.remove_profile(id)?;
        ended(&session).await;
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
        Ok(())
    }

    /// Starts to connect; how it goes is seen in the server's state.
    ///
    /// # Errors
    /// There is no such server.
    pub fn connect(&self, id: &str) -> Result<Server, Error> {
        let session = self.session(id)?;
        session.connect();
        Ok(session.server())
    }

    /// Ends the connection, if there is one, and wipes what was remembered for it.
    ///
    /// # Errors
    /// There is no such server.
    pub async fn disconnect(&self, id: &str) -> Result<Server, Error> {
        let session = self.session(id)?;
        ended(&session).await;
        Ok(session.server())
    }

    /// Ends all connections.
    pub async fn disconnect_all(&self) {
        let all: Vec<_> = {
            let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
            sessions.values().cloned().collect()
        };
        futures::future::join_all(all.iter().map(ended)).await;
    }

    /// Gives a person's answer to the question that a server's state shows.
    ///
    /// # Errors
    /// There is no such server, or no such question waits.
    pub fn answer(&self, id: &str, question: &str, answer: Answer) -> Result<Server, Error> {
        let session = self.session(id)?;
        session.answer(question, answer)?;
        Ok(session.server())
    }

    /// Asks once. A rate is sampled twice where no earlier sample is at hand.
    ///
    /// # Errors
    /// The server or query is not known, the arguments are refused, the profile does not grant it,
    /// or there is no connection that answers. What the server says is in the reading's outcome.
    pub async fn ask(&self, id: &str, query: &str, ask: Ask) -> Result<Reading, Error> {
        let session = self.session(id)?;
        let asked = self.asked(&session, query, ask.args)?;
        let link = session.link(asked.granted)?;
        let young = ask.max_age.and_then(|max_age| {
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
            reading.raw = link.cache.get(&asked.key).map(|kept| kept.raw.text());
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

    /// The newest entries of the journal, newest first; of one server where it is named.
    ///
    /// # Errors
    /// The database failed.
    pub fn journal(&self, server: Option<&str>, most: u32) -> Result<Vec<JournalEntry>, Error> {
        Ok(self.options.store.journal(server, most.min(1000))?)
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
    /// The database failed.
    pub fn save_preferences(&self, preferences: &Preferences) -> Result<(), Error> {
        Ok(self.options.store.save_preferences(preferences)?)
    }

    /// The gate: only here does a question become one that may be asked.
    fn asked(&self, session: &Session, query: &str, args: Value) -> Result<Asked, Error> {
        let query = catalog::find(query)
            .ok_or_else(|| Error::UnknownQuery(query.chars().take(80).collect()))?;
        let args = if args.is_null() {
            Value::Object(serde_json::Map::new())
        } else {
            args
        };
        let prepared = query
            .prepare(&args)
            .map_err(|refused| Error::Invalid(refused.to_string()))?
            .into();
        let granted = gate::check(&session.profile(), query.capability())?;
        let key = format!("{} {args}", query.id());
        Ok(Asked {
            granted,
            query,
            args,
            prepared,
            key,
        })
    }

    fn session(&self, id: &str) -> Result<Arc<Session>, Error> {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions
            .get(id)
            .cloned()
            .ok_or_else(|| Error::UnknownServer(id.chars().take(80).collect()))
    }
}

/// Disconnects to the end, even where the caller goes away meanwhile.
async fn ended(session: &Arc<Session>) {
    let session = Arc::clone(session);
    let _panicked = tokio::spawn(async move { session.disconnect().await }).await;
}

async fn once(session: &Arc<Session>, asked: &Asked) -> Result<Arc<Reading>, Error> {
    match plan(session, vec![asked.clone()]).pop() {
        Some(answer) => answer.await,
        None => Err(Error::NotConnected {
            server: session.profile().name.clone(),
        }),
    }
}

fn checked_port(port: u16) -> Result<u16, Error> {
    if port == 0 {
        Err(Error::Invalid("port 0 is none".to_owned()))
    } else {
        Ok(port)
    }
}
