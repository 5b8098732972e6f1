//! The chosen model as the surfaces see it: whether it can be asked, its key, a trial, what it cost.
//!
//! Invariant: a key goes in and never comes out.

use catalog::find;
use chrono::{Days, Utc};
use keychain::Kept;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{ModelUsed, Provider};

use super::{Chosen, ModelName, used};
use crate::{Engine, Error};

/// The chosen model and whether it can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelStatus {
    /// The model; `null`: none is chosen, and none is ever asked.
    pub model: Option<ModelName>,
    /// Where its key is; `null`: there is none.
    pub key: Option<KeyPlace>,
    /// What stands against asking it, or against keeping its key, in a sentence; `null`: nothing.
    pub problem: Option<String>,
}

/// Where a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum KeyPlace {
    /// In the operating system's keychain.
    Keychain,
    /// In memory, until the program ends.
    Memory,
}

/// What came of a trial: a text of ours, which no server printed, was to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelTest {
    /// Whether the model read it right.
    pub passed: bool,
    /// What went wrong, in a sentence; `null`: nothing.
    pub detail: Option<String>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Tokens of the request, as the provider counts; 0: it does not say.
    pub prompt_tokens: u64,
    /// Tokens of the reply.
    pub completion_tokens: u64,
}

/// What models were used for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelCosts {
    /// By provider, model and query.
    pub rows: Vec<ModelCost>,
    /// All of it in US dollars, as far as prices are known.
    pub cost_usd: f64,
}

/// What one model was used for, for one query.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelCost {
    /// Who runs it.
    pub provider: Provider,
    /// Its name.
    pub model: String,
    /// The query whose output it read.
    pub query: String,
    /// How often it was asked.
    pub asked: u64,
    /// Of those, how many it understood.
    pub understood: u64,
    /// How often a reply that was there already served.
    pub cache_hits: u64,
    /// The share of questions that needed no asking, 0 to 1.
    pub cache_hit_rate: f64,
    /// HTTP requests; a reply that is refused costs a second one.
    pub requests: u64,
    /// Tokens of the requests.
    pub prompt_tokens: u64,
    /// Tokens of the replies.
    pub completion_tokens: u64,
    /// In US dollars by the price table; `null`: it has no price for this model.
    pub cost_usd: Option<f64>,
    /// How long asking took on average, in milliseconds; `null`: it was not asked.
    pub mean_latency_ms: Option<f64>,
    /// The longest, in milliseconds; `null`: it was not asked.
    pub max_latency_ms: Option<u64>,
}

/// What the trial gives to read, and what it should come to: a first `/proc/loadavg`.
const TRIAL: &str = "load: 0.42 after 1 minute, 0.37 after 5, 0.31 after 15; running 2 of 314\n";
const TRIAL_QUERY: &str = "system.load";

impl Engine {
    /// The chosen model and whether it can be asked.
    ///
    /// # Errors
    /// The database failed.
    pub async fn model_status(&self) -> Result<ModelStatus, Error> {
        let preferences = self.preferences()?.model;
        let chosen = match Chosen::of(&preferences) {
            Ok(Some(chosen)) => chosen,
            Ok(None) => return Ok(unset(None)),
            Err(error) => return Ok(unset(Some(error.to_string()))),
        };
        let kept = self.options.models.keychain.get(&chosen.key_name()).await;
        let (key, problem) = match kept {
            Ok(None) => (None, None),
            Ok(Some((_, Kept::Keychain))) => (Some(KeyPlace::Keychain), None),
            Ok(Some((_, Kept::Memory { why }))) => (Some(KeyPlace::Memory), Some(why)),
            Err(unusable) => (None, Some(unusable.to_string())),
        };
        Ok(ModelStatus {
            model: Some(chosen.shown()),
            key,
            problem,
        })
    }

    /// Keeps the key of the chosen model: in the keychain, else in memory; the status says where.
    ///
    /// # Errors
    /// No model is chosen, or the database failed.
    pub async fn set_model_key(&self, key: SecretString) -> Result<ModelStatus, Error> {
        let chosen = self.chosen()?;
        let name = chosen.key_name();
        let (key, problem) = match self.options.models.keychain.set(&name, key).await {
            Kept::Keychain => (KeyPlace::Keychain, None),
            Kept::Memory { why } => (KeyPlace::Memory, Some(why)),
        };
        Ok(ModelStatus {
            model: Some(chosen.shown()),
            key: Some(key),
            problem,
        })
    }

    /// Forgets the key of the chosen model.
    ///
    /// # Errors
    /// No model is chosen, the database failed, or the keychain cannot be asked.
    pub async fn remove_model_key(&self) -> Result<ModelStatus, Error> {
        let chosen = self.chosen()?;
        let name = chosen.key_name();
        let refused = |unusable: keychain::Unusable| Error::Conflict(unusable.to_string());
        let removed = self.options.models.keychain.remove(&name).await;
        removed.map_err(refused)?;
        self.model_status().await
    }

    /// Has the chosen model read a text of ours.
    ///
    /// # Errors
    /// No model is chosen, or the database failed. What the model does is in the answer.
    pub async fn test_model(&self) -> Result<ModelTest, Error> {
        let chosen = self.chosen()?;
        let query = find(TRIAL_QUERY).ok_or_else(|| Error::UnknownQuery(TRIAL_QUERY.to_owned()))?;
        let schema = llm::Schema::fit(&catalog::answer_schema(query))
            .map_err(|unfit| Error::Invalid(unfit.to_string()))?;
        let key = self.options.models.keychain.get(&chosen.key_name()).await;
        let key = key.ok().flatten().map(|(key, _)| key);
        let limits = llm::Limits::default();
        let accept = |answer: &Value| query.accept(answer).map(|_| ());
        let model = chosen.with_key(key);
        let answered = llm::ask(&model, &schema, TRIAL, &accept, &limits).await;
        let used = used(&answered);
        super::count(&self.options.store, &chosen, "trial", &used);
        let detail = answered.answer.err().map(|error| error.to_string());
        Ok(ModelTest {
            passed: detail.is_none(),
            detail,
            took_ms: used.took_ms,
            prompt_tokens: used.prompt_tokens,
            completion_tokens: used.completion_tokens,
        })
    }

    /// What models were used for in the last so many days; `None`: since ever.
    ///
    /// # Errors
    /// The database failed.
    pub fn model_costs(&self, days: Option<u32>) -> Result<ModelCosts, Error> {
        let since = days.and_then(|days| {
            let back = Days::new(u64::from(days.saturating_sub(1)));
            let day = Utc::now().date_naive().checked_sub_days(back)?;
            Some(day.format("%Y-%m-%d").to_string())
        });
        let uses = self.options.store.model_uses(&since.unwrap_or_default())?;
        let prices = self.preferences()?.model;
        let rows = uses.into_iter().map(|each| {
            let ModelUsed {
                asked,
                cache_hits,
                understood,
                requests,
                prompt_tokens,
                completion_tokens,
                took_ms,
                longest_ms,
            } = each.used;
            let cost = prices.cost(each.provider, &each.model, prompt_tokens, completion_tokens);
            ModelCost {
                provider: each.provider,
                model: each.model,
                query: each.query,
                asked,
                understood,
                cache_hits,
                cache_hit_rate: share(cache_hits, asked + cache_hits).unwrap_or(0.0),
                requests,
                prompt_tokens,
                completion_tokens,
                cost_usd: cost,
                mean_latency_ms: share(took_ms, asked),
                max_latency_ms: (asked > 0).then_some(longest_ms),
            }
        });
        let rows: Vec<ModelCost> = rows.collect();
        Ok(ModelCosts {
            cost_usd: rows.iter().filter_map(|row| row.cost_usd).sum(),
            rows,
        })
    }

    fn chosen(&self) -> Result<Chosen, Error> {
        let none = || Error::Conflict("no language model is chosen".to_owned());
        Chosen::of(&self.preferences()?.model)?.ok_or_else(none)
    }
}

fn unset(problem: Option<String>) -> ModelStatus {
    ModelStatus {
        model: None,
        key: None,
        problem,
    }
}

/// One number by another; `None`: by nothing.
#[expect(clippy::cast_precision_loss, reason = "no count reaches 2^52")]
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
