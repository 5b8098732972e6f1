//! Language models: the one that was chosen, its key, the replies it gave.
//!
//! Invariant: without a provider in the preferences nothing is asked. The same text is asked about
//! once; what came of it stays in memory until the last server that printed it is disconnected.

mod accounts;
mod fallback;
mod outgoing;

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use catalog::AnyQuery;
use chrono::Utc;
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use keychain::Keychain;
use llm::{Address, Answered, BadAddress, Limits, Model, Schema, Wire};
use secrecy::SecretString;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::{ModelPreferences, ModelUse, ModelUsed, Provider, Store};

use crate::Error;

pub use accounts::{KeyPlace, ModelCost, ModelCosts, ModelStatus, ModelTest};
pub use fallback::{ByModel, ModelName};
pub(crate) use fallback::{Fallback, prepared, read};

/// How many replies are kept; then all go that nobody waits for.
const MOST_REPLIES: usize = 512;

/// What a model made of a text.
type Reply = Result<Value, llm::Error>;
/// A reply that may be on its way.
type Waiting = Shared<BoxFuture<'static, Reply>>;

/// The way to the chosen model. One for the program.
pub struct Models {
    keychain: Keychain,
    replies: Mutex<HashMap<[u8; 32], Kept>>,
}

struct Kept {
    reply: Waiting,
    /// The ids of the servers that printed the text.
    servers: BTreeSet<String>,
}

impl Kept {
    /// Whether nobody read the text after all, so that it may be sent once more.
    fn is_lost(&self) -> bool {
        matches!(self.reply.peek(), Some(Err(error)) if !error.is_final())
    }
}

/// A model that was chosen, without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    provider: Provider,
    address: Address,
    name: String,
}

impl Chosen {
    /// The model that the preferences choose; `None`: none.
    ///
    /// # Errors
    /// They name no model, or an address to which nothing may go.
    pub(crate) fn of(preferences: &ModelPreferences) -> Result<Option<Self>, Error> {
        let Some(provider) = preferences.provider else {
            return Ok(None);
        };
        let standard = match provider {
            Provider::OpenAi => "https://api.openai.com/v1",
            Provider::Anthropic => "https://api.anthropic.com",
            Provider::Ollama => "http://127.0.0.1:11434",
            Provider::Compatible => "",
        };
        let address = match preferences.address.trim() {
            "" => standard,
            address => address,
        };
        let refused = |why: BadAddress| Error::Invalid(why.to_string());
        let address = Address::read(address).map_err(refused)?;
        if preferences.name.trim().is_empty() {
            return Err(Error::Invalid(
                "the name of the model is missing".to_owned(),
            ));
        }
        Ok(Some(Self {
            provider,
            address,
            name: preferences.name.trim().to_owned(),
        }))
    }

    /// What its key is kept under: a key that was given for one address never goes to another.
    fn key_name(&self) -> String {
        format!("model key for {}", self.address)
    }

    /// Whether nobody is answered there without a key.
    fn wants_key(&self) -> bool {
        matches!(self.provider, Provider::OpenAi | Provider::Anthropic)
    }

    fn with_key(&self, key: Option<SecretString>) -> Model {
        Model {
            wire: match self.provider {
                Provider::OpenAi => Wire::OpenAi,
                Provider::Compatible => Wire::Compatible,
                Provider::Anthropic => Wire::Anthropic,
                Provider::Ollama => Wire::Ollama,
            },
            address: self.address.clone(),
            name: self.name.clone(),
            key,
        }
    }

    /// How it is named to people.
    fn shown(&self) -> ModelName {
        ModelName {
            provider: self.provider,
            name: self.name.clone(),
            address: self.address.to_string(),
        }
    }
}

impl Models {
    /// Where their keys are.
    pub(crate) fn keychain(&self) -> &Keychain {
        &self.keychain
    }

    /// Models whose keys are in this keychain.
    #[must_use]
    pub fn new(keychain: Keychain) -> Self {
        Self {
            keychain,
            replies: Mutex::default(),
        }
    }

    /// The reply to this text, where it was asked about already; it may be on its way. Nothing is sent.
    fn known(
        &self,
        store: &Store,
        chosen: &Chosen,
        query: &str,
        server: &str,
        text: &str,
    ) -> Option<Waiting> {
        let reply = {
            let mut replies = self.lock();
            let kept = replies.get_mut(&digest(chosen, query, text));
            let kept = kept.filter(|kept| !kept.is_lost())?;
            kept.servers.insert(server.to_owned());
            kept.reply.clone()
        };
        count(store, chosen, query, &cache_hit());
        Some(reply)
    }

    /// The key of a model; `None`: it has none, or it could not be read. A person may be asked for it.
    async fn key_of(&self, chosen: &Chosen) -> Option<SecretString> {
        match self.keychain.get(&chosen.key_name()).await {
            Ok(key) => key.map(|(key, _)| key),
            Err(unusable) => {
                tracing::debug!(%unusable, "the key of the model could not be read");
                None
            }
        }
    }

    /// Asks the model what the text says: here, and nowhere else, what a server printed is sent.
    /// What is under way goes on where the caller goes away: it was sent, and is not sent again.
    async fn ask(
        &self,
        store: &Arc<Store>,
        (chosen, key): (&Chosen, Option<SecretString>),
        query: &'static dyn AnyQuery,
        server: &str,
        text: &str,
    ) -> Reply {
        let asking = asking(
            Arc::clone(store),
            chosen.clone(),
            key,
            query,
            text.to_owned(),
        );
        let reply = {
            let mut replies = self.lock();
            if replies.len() >= MOST_REPLIES {
                replies.retain(|_, kept| kept.reply.peek().is_none());
            }
            let digest = digest(chosen, query.id(), text);
            if replies.get(&digest).is_some_and(Kept::is_lost) {
                replies.remove(&digest);
            }
            let kept = replies.entry(digest).or_insert_with(|| Kept {
                reply: driven(asking),
                servers: BTreeSet::new(),
            });
            kept.servers.insert(server.to_owned());
            kept.reply.clone()
        };
        reply.await
    }

    /// Drops what was read for this server alone.
    pub(crate) fn forget(&self, server: &str) {
        self.lock().retain(|_, kept| {
            kept.servers.remove(server);
            !kept.servers.is_empty()
        });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Kept>> {
        self.replies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What tells one question to a model from another.
fn digest(chosen: &Chosen, query: &str, text: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [&chosen.address.to_string(), &chosen.name, query, text] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Lets a future run to its end whoever waits for it.
fn driven(reply: impl Future<Output = Reply> + Send + 'static) -> Waiting {
    let task = tokio::spawn(reply);
    let reply = async move {
        let stopped = |_| Err(llm::Error::Unreachable("the program is ending".to_owned()));
        task.await.unwrap_or_else(stopped)
    };
    reply.boxed().shared()
}

async fn asking(
    store: Arc<Store>,
    chosen: Chosen,
    key: Option<SecretString>,
    query: &'static dyn AnyQuery,
    text: String,
) -> Reply {
    let schema = Schema::fit(&catalog::answer_schema(query));
    let schema = schema.map_err(|unfit| llm::Error::Odd(unfit.to_string()))?;
    if key.is_none() && chosen.wants_key() {
        return Err(llm::Error::Odd("there is no key for the model".to_owned()));
    }
    let model = chosen.with_key(key);
    let accept = |answer: &Value| query.accept(answer).map(|_| ());
    let answered = llm::ask(&model, &schema, &text, &accept, &Limits::default()).await;
    count(&store, &chosen, query.id(), &used(&answered));
    log(&store, &chosen, query.id(), &answered);
    answered.answer
}

fn cache_hit() -> ModelUsed {
    ModelUsed {
        cache_hits: 1,
        ..ModelUsed::default()
    }
}

fn used(answered: &Answered) -> ModelUsed {
    let usage = answered.usage;
    let took_ms = u64::try_from(usage.took.as_millis()).unwrap_or(u64::MAX);
    ModelUsed {
        asked: 1,
        cache_hits: 0,
        understood: u64::from(answered.answer.is_ok()),
        requests: u64::from(usage.requests),
        prompt_tokens: usage.prompt_tokens,
        completion_tokens: usage.completion_tokens,
        took_ms,
        longest_ms: took_ms,
    }
}

fn count(store: &Store, chosen: &Chosen, query: &str, used: &ModelUsed) {
    let counted = store.count_model_use(&ModelUse {
        day: Utc::now().format("%Y-%m-%d").to_string(),
        provider: chosen.provider,
        model: chosen.name.clone(),
        query: query.to_owned(),
        used: *used,
    });
    if let Err(error) = counted {
        tracing::error!(%error, "the use of a model could not be counted");
    }
}

/// Into the debug log, where a person has turned that on.
fn log(store: &Store, chosen: &Chosen, query: &str, answered: &Answered) {
    if !store.preferences().is_ok_and(|all| all.model.debug_log) {
        return;
    }
    for (request, reply) in &answered.exchanges {
        let line = json!({
            "at": Utc::now().to_rfc3339(),
            "address": chosen.address.to_string(),
            "query": query,
            "request": request,
            "reply": reply.as_ref().ok(),
            "error": reply.as_ref().err().map(ToString::to_string),
        });
        if let Err(error) = store.append_model_log(&line.to_string()) {
            tracing::error!(%error, "the debug log of the model could not be written");
        }
    }
}
