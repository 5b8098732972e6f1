//! What no parser understood, read by a model: only where one was chosen, only with consent.
//!
//! Invariant: a value that came from a model is marked as such; without a checked reply the outcome
//! stays "not understood".

use std::{sync::Arc, time::Duration};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{ModelConsent, Provider};

use super::{Chosen, outgoing::Outgoing};
use crate::{
    Reading,
    answer::Asked,
    cache::Raw,
    session::{Link, Session},
};

/// A question that is asked again and again does not send what changed more often than this.
const APART: Duration = Duration::from_secs(60);

/// What a language model had to do with a reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ByModel {
    /// No parser understood the output; the value is what the model read in it.
    Read {
        /// The model.
        model: ModelName,
        /// Whether it had read just this before.
        repeated: bool,
    },
    /// No parser understood the output; the model may be asked if a person says so.
    Offered {
        /// The model.
        model: ModelName,
        /// How many secrets would be removed.
        removed: u32,
        /// How many names and addresses would be replaced by others.
        replaced: u32,
        /// Just what would be sent besides the schema; `null` where the raw output was not asked
        /// for.
        text: Option<String>,
    },
    /// No parser understood the output, and the model did not either.
    Failed {
        /// The model.
        model: ModelName,
        /// Why, in a sentence.
        detail: String,
        /// Whether it had the output and failed at it: just this is not sent again.
        is_final: bool,
    },
}

/// A model, as people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelName {
    /// Who runs it.
    pub provider: Provider,
    /// Its name there.
    pub name: String,
    /// Where it is asked.
    pub address: String,
}

/// What came of looking for a model.
pub(crate) enum Fallback {
    /// No model was chosen, or none may read what this server prints.
    Nothing,
    /// It was offered, or failed.
    Said(ByModel),
    /// It read the output.
    Value {
        value: Value,
        unread: Vec<catalog::Unread>,
        by: ByModel,
    },
    /// It read what was there shortly before, which will do.
    Before(Arc<Reading>),
}

/// Just what would be sent of an output of this server.
pub(crate) fn prepared(session: &Session, link: &Link, raw: &Raw) -> String {
    outgoing(session, link, raw).text
}

fn outgoing(session: &Session, link: &Link, raw: &Raw) -> Outgoing {
    let profile = session.profile();
    let host = profile.host.clone().unwrap_or_default();
    Outgoing::of(raw, &[&host, &link.login.host, &link.facts.node_name])
}

fn chosen(session: &Session) -> Option<Chosen> {
    let preferences = session.store().preferences().map(|all| all.model);
    preferences.ok().and_then(|all| Chosen::of(&all).ok()?)
}

/// Has the chosen model read an output that no parser understood.
pub(crate) async fn read(
    session: &Arc<Session>,
    link: &Arc<Link>,
    asked: &Asked,
    raw: &Raw,
) -> Fallback {
    let consent = session.profile().model_consent;
    if consent == ModelConsent::Never {
        return Fallback::Nothing;
    }
    let Some(chosen) = chosen(session) else {
        return Fallback::Nothing;
    };
    let sent = outgoing(session, link, raw);
    if sent.text.trim().is_empty() {
        return Fallback::Nothing;
    }
    let models = session.models();
    let model = chosen.shown();
    let query = asked.query.id();
    let (store, id) = (session.store(), session.id());
    let (repeated, reply) = match models.known(store, &chosen, query, id, &sent.text) {
        Some(reply) => (true, reply.await),
        None => {
            if let Some(instead) = instead_of_sending(link, asked, consent, &model, &sent) {
                return instead;
            }
            let key = models.key_of(&chosen).await;
            // Meanwhile somebody may have said no, or have chosen another.
            if session.profile().model_consent != consent
                || self::chosen(session) != Some(chosen.clone())
            {
                return Fallback::Nothing;
            }
            let asking = models.ask(store, (&chosen, key), asked.query, id, &sent.text);
            (false, asking.await)
        }
    };
    let failed = |detail: String, is_final: bool| {
        let model = model.clone();
        Fallback::Said(ByModel::Failed {
            model,
            detail,
            is_final,
        })
    };
    match reply {
        Err(error) => failed(error.to_string(), error.is_final()),
        Ok(value) => match asked.query.accept(&sent.restored(value)) {
            Ok(value) => Fallback::Value {
                value,
                unread: sent.left_out.into_iter().collect(),
                by: ByModel::Read { model, repeated },
            },
            Err(why) => failed(format!("the model's reply was refused: {why}"), true),
        },
    }
}

/// What there is without sending anything; `None`: it may be sent.
fn instead_of_sending(
    link: &Link,
    asked: &Asked,
    consent: ModelConsent,
    model: &ModelName,
    sent: &Outgoing,
) -> Option<Fallback> {
    if asked.by_model {
        return None;
    }
    if consent != ModelConsent::Always {
        return Some(Fallback::Said(ByModel::Offered {
            model: model.clone(),
            removed: u32::try_from(sent.removed).unwrap_or(u32::MAX),
            replaced: u32::try_from(sent.replaced).unwrap_or(u32::MAX),
            text: None,
        }));
    }
    let kept = link.cache.get(&asked.key)?;
    let was_asked = matches!(
        kept.reading.model,
        Some(ByModel::Read { .. } | ByModel::Failed { .. })
    );
    let is_young = kept.sampled.elapsed() < APART;
    (was_asked && is_young).then_some(Fallback::Before(kept.reading))
}
