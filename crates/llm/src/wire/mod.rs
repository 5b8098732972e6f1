//! The forms of a request and of what comes back.
//!
//! Invariant: pure. A request is made of constant words, the schema and the message; of what comes
//! back only the reply's text and the counts of tokens are taken.

mod anthropic;
mod ollama;
mod openai;

use serde_json::Value;

use crate::{Error, Model, Wire, schema::Schema};

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The reply, which should be JSON.
    pub(crate) reply: String,
    /// Tokens of the request, as the provider counts; 0: it does not say.
    pub(crate) prompt_tokens: u64,
    /// Tokens of the reply.
    pub(crate) completion_tokens: u64,
}

/// The route and the body of a request.
pub(crate) fn request(model: &Model, schema: &Schema, message: &str) -> (&'static str, Value) {
    match model.wire {
        Wire::OpenAi => openai::request(&model.name, schema, message),
        Wire::Compatible => openai::compatible(&model.name, schema, message),
        Wire::Anthropic => anthropic::request(&model.name, schema, message),
        Wire::Ollama => ollama::request(&model.name, schema, message),
    }
}

/// What a body says.
pub(crate) fn read(wire: Wire, body: &Value) -> Result<Said, Error> {
    match wire {
        Wire::OpenAi | Wire::Compatible => openai::read(body),
        Wire::Anthropic => anthropic::read(body),
        Wire::Ollama => ollama::read(body),
    }
}

/// A count of tokens; 0 where there is none.
fn count(body: &Value, pointer: &str) -> u64 {
    body.pointer(pointer).and_then(Value::as_u64).unwrap_or(0)
}

fn odd(what: &str) -> Error {
    Error::Odd(what.to_owned())
}
