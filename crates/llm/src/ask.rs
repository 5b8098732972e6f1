//! Asks a model to read a text, once more if the first reply is refused.
//!
//! Invariant: at most two requests; what comes out is an answer that was checked, or an error.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{
    Model,
    check::{self, Accept},
    http, prompt,
    schema::Schema,
    wire,
};

/// How far a reply may go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For each request.
    pub time: Duration,
    /// The whole body that comes back, in bytes.
    pub reply_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(120),
            reply_bytes: 1024 * 1024,
        }
    }
}

/// Why there is no answer. `Display` is a sentence for people; it holds no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nobody answered.
    #[error("the model cannot be reached: {0}")]
    Unreachable(String),
    /// The provider refused.
    #[error("the provider refused with status {status}{}", behind_colon(.said))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Its words, bounded; empty: it had none.
        said: String,
    },
    /// It wanted to send the request elsewhere.
    #[error("the provider redirects to another address, which is not followed")]
    Redirected,
    /// It took too long.
    #[error("the model did not answer within {seconds} seconds")]
    TooSlow {
        /// How long was waited.
        seconds: u64,
    },
    /// It sent too much.
    #[error("the reply is longer than {bytes} bytes")]
    TooLarge {
        /// How much would have been read.
        bytes: usize,
    },
    /// The reply ended before it was whole.
    #[error("the reply was cut at the model's own limit")]
    Cut,
    /// What came back is not in the provider's form.
    #[error("{0}")]
    Odd(String),
    /// The model says that the text does not hold what was asked for.
    #[error("the model could not make it out either")]
    NoAnswer,
    /// Both replies were refused.
    #[error("the model's reply was refused: {}", .0.join("; "))]
    Implausible(Vec<String>),
}

impl Error {
    /// Whether the model had the text and failed at it, so that asking again is no use.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::NoAnswer | Self::Implausible(_) | Self::Cut)
    }
}

fn behind_colon(words: &str) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!(": {words}")
    }
}

/// What asking cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Requests that were sent, at most 2.
    pub requests: u32,
    /// Tokens of the requests, as the provider counts; 0: it does not say.
    pub prompt_tokens: u64,
    /// Tokens of the replies.
    pub completion_tokens: u64,
    /// From the first request to the last reply.
    pub took: Duration,
}

/// What came of asking.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The checked answer.
    pub answer: Result<Value, Error>,
    /// What it cost, also where it failed.
    pub usage: Usage,
    /// Each request's body and what came back, oldest first, for a debug log; no key is in it.
    pub exchanges: Vec<(Value, Result<Value, Error>)>,
}

/// Asks the model for what the text says, by the schema; `accept` has the last word on an answer.
/// Cancelled when dropped.
pub async fn ask(
    model: &Model,
    schema: &Schema,
    text: &str,
    accept: Accept<'_>,
    limits: &Limits,
) -> Answered {
    let started = Instant::now();
    let mut usage = Usage::default();
    let mut exchanges = Vec::new();
    let mut refused: Option<check::Refused> = None;
    let answer = loop {
        let message = prompt::message(text, refused.as_ref());
        let (route, body) = wire::request(model, schema, &message);
        let reply = http::post(model, route, &body, limits).await;
        usage.requests += 1;
        exchanges.push((body, reply.clone()));
        let said = match reply.and_then(|reply| wire::read(model.wire, &reply)) {
            Ok(said) => said,
            Err(error) => break Err(error),
        };
        usage.prompt_tokens = usage.prompt_tokens.saturating_add(said.prompt_tokens);
        usage.completion_tokens = usage
            .completion_tokens
            .saturating_add(said.completion_tokens);
        match check::answer(&said.reply, schema, text, accept) {
            Ok(Some(answer)) => break Ok(answer),
            Ok(None) => break Err(Error::NoAnswer),
            Err(again) if refused.is_some() => break Err(Error::Implausible(again.reasons)),
            Err(first) => refused = Some(first),
        }
    };
    usage.took = started.elapsed();
    Answered {
        answer,
        usage,
        exchanges,
    }
}
