//! Text and a JSON Schema in, JSON that validates or an error out: the one client of language
//! models.
//!
//! Invariant: a request holds constant words, the schema and the text it was given, and nothing
//! else. A reply is data from a stranger: bounded in size, time and depth, held against the schema
//! and against the text, and never acted upon.

mod address;
mod ask;
mod check;
mod evidence;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod http;
mod prompt;
mod schema;
mod wire;

pub use address::{Address, BadAddress};
pub use ask::{Answered, Error, Limits, Usage, ask};
pub use check::Accept;
pub use schema::{Schema, Unfit};

use secrecy::SecretString;

/// The forms in which models are asked over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Chat Completions with `response_format`, to `OpenAI` itself.
    OpenAi,
    /// The same to anybody else: servers that do not show the schema to the model are helped.
    Compatible,
    /// Messages with a tool of Anthropic.
    Anthropic,
    /// Chat with `format` of Ollama.
    Ollama,
}

/// Who is asked.
#[derive(Clone, Debug)]
pub struct Model {
    /// In which form.
    pub wire: Wire,
    /// Where.
    pub address: Address,
    /// The model's name there.
    pub name: String,
    /// What proves who asks; `None`: nothing is needed.
    pub key: Option<SecretString>,
}
