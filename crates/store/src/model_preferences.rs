//! Which language model may be asked, and what it costs.
//!
//! Invariant: no key is here; without a provider no model is ever asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who runs the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Provider {
    /// `OpenAI`.
    OpenAi,
    /// Anthropic.
    Anthropic,
    /// Ollama, on this computer or nearby.
    Ollama,
    /// Anybody who speaks as `OpenAI` does: vLLM, llama.cpp, LM Studio, a gateway.
    Compatible,
}

/// What a model costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Price {
    /// The model's name, or its beginning before a `-`.
    pub model: String,
    /// US dollars for a million tokens of requests.
    pub prompt_usd: f64,
    /// US dollars for a million tokens of replies.
    pub completion_usd: f64,
}

/// Which language model may be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ModelPreferences {
    /// Who runs it; `null`: no model is asked.
    pub provider: Option<Provider>,
    /// Where, for example `https://api.example.com/v1`; empty: the provider's own address.
    pub address: String,
    /// The model's name there.
    pub name: String,
    /// What models cost.
    pub prices: Vec<Price>,
    /// Whether requests and replies are written into a file in the data folder.
    pub debug_log: bool,
}

impl Default for ModelPreferences {
    fn default() -> Self {
        Self {
            provider: None,
            address: String::new(),
            name: String::new(),
            prices: LIST.iter().map(Price::listed).collect(),
            debug_log: false,
        }
    }
}

/// List prices of 2025, to begin with; they change, and can be changed.
const LIST: &[(&str, f64, f64)] = &[
    ("gpt-5", 1.25, 10.0),
    ("gpt-5-mini", 0.25, 2.0),
    ("gpt-5-nano", 0.05, 0.4),
    ("gpt-4.1", 2.0, 8.0),
    ("gpt-4.1-mini", 0.4, 1.6),
    ("gpt-4o", 2.5, 10.0),
    ("gpt-4o-mini", 0.15, 0.6),
    ("claude-haiku-4-5", 1.0, 5.0),
    ("claude-sonnet-4-5", 3.0, 15.0),
    ("claude-opus-4-5", 5.0, 25.0),
];
/// Prices that are kept.
const MOST_PRICES: usize = 200;
/// Characters of a name or an address.
const LONGEST: usize = 200;

impl Price {
    fn listed((model, prompt_usd, completion_usd): &(&str, f64, f64)) -> Self {
        Self {
            model: (*model).to_owned(),
            prompt_usd: *prompt_usd,
            completion_usd: *completion_usd,
        }
    }

    fn is_one(&self) -> bool {
        let is_amount = |usd: f64| usd.is_finite() && (0.0..=1e6).contains(&usd);
        !self.model.is_empty() && is_amount(self.prompt_usd) && is_amount(self.completion_usd)
    }
}

impl ModelPreferences {
    /// The same, every text bounded and without prices that are none.
    #[must_use]
    pub fn within_bounds(mut self) -> Self {
        for price in &mut self.prices {
            price.model = bounded(&price.model);
        }
        self.prices.retain(Price::is_one);
        self.prices.truncate(MOST_PRICES);
        self.address = bounded(&self.address);
        self.name = bounded(&self.name);
        self
    }

    /// What so many tokens of a model cost in US dollars; `None`: its price is not known. A model
    /// of one's own, by Ollama, costs nothing.
    #[must_use]
    pub fn cost(
        &self,
        provider: Provider,
        model: &str,
        prompt_tokens: u64,
        completion_tokens: u64,
    ) -> Option<f64> {
        let fits = |price: &&Price| {
            let rest = model.strip_prefix(price.model.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '@', ':']))
        };
        let longest = self.prices.iter().filter(fits);
        let price = longest.max_by_key(|price| price.model.len());
        #[expect(clippy::cast_precision_loss, reason = "no account reaches 2^52 tokens")]
        let millions = |tokens: u64| tokens as f64 / 1e6;
        match price {
            Some(price) => Some(
                millions(prompt_tokens) * price.prompt_usd
                    + millions(completion_tokens) * price.completion_usd,
            ),
            None => (provider == Provider::Ollama).then_some(0.0),
        }
    }
}

fn bounded(text: &str) -> String {
    let text = text.trim().chars().filter(|each| !each.is_control());
    text.take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_price_counts() {
        let preferences = ModelPreferences::default();
        let million = |model: &str| {
            let cost = preferences.cost(Provider::OpenAi, model, 1_000_000, 0)?;
            Some((cost * 100.0).round())
        };
        assert_eq!(million("gpt-5"), Some(125.0));
        assert_eq!(million("gpt-5-mini-2025-08-07"), Some(25.0));
        assert_eq!(million("gpt-50"), None);
        let own = preferences.cost(Provider::Ollama, "llama3.2:1b", 5, 5);
        assert_eq!(own, Some(0.0));
    }

    #[test]
    fn what_is_out_of_range_is_brought_back() {
        let price = |model: &str, usd: f64| Price {
            model: model.to_owned(),
            prompt_usd: usd,
            completion_usd: usd,
        };
        let odd = ModelPreferences {
            name: format!(" a\u{7}{}", "x".repeat(500)),
            prices: vec![
                price("a", 1.0),
                price("b", f64::NAN),
                price("c", -1.0),
                price("", 1.0),
            ],
            ..ModelPreferences::default()
        }
        .within_bounds();
        assert_eq!(odd.prices, [price("a", 1.0)]);
        assert_eq!(odd.name.len(), LONGEST);
    }
}
