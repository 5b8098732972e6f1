//! Chat with a JSON Schema as `format`. Source: Ollama's `docs/api.md`, "Generate a chat completion".

use serde_json::{Value, json};

use super::{Said, count, odd};
use crate::{Error, prompt, schema::Schema};

/// Ollama cuts, without a word, what is longer than its context, which is 4,096 tokens if it is told
/// nothing: the context is made as large as the request, by about so many bytes a token.
const BYTES_A_TOKEN: usize = 3;
/// Tokens for the reply.
const FOR_THE_REPLY: usize = 4096;
/// No context is made larger: it costs memory.
const LARGEST_CONTEXT: usize = 65_536;

pub(super) fn request(model: &str, schema: &Schema, message: &str) -> (&'static str, Value) {
    let instructions = prompt::with_schema(schema);
    let bytes = instructions.len() + message.len();
    let context = (bytes / BYTES_A_TOKEN + FOR_THE_REPLY).next_power_of_two();
    let body = json!({
        "model": model,
        "messages": [
            { "role": "system", "content": instructions },
            { "role": "user", "content": message },
        ],
        "format": schema.sent,
        "stream": false,
        "options": { "temperature": 0, "num_ctx": context.min(LARGEST_CONTEXT) },
    });
    ("/api/chat", body)
}

pub(super) fn read(body: &Value) -> Result<Said, Error> {
    if body.get("done_reason").and_then(Value::as_str) == Some("length") {
        return Err(Error::Cut);
    }
    let reply = body.pointer("/message/content").and_then(Value::as_str);
    Ok(Said {
        reply: reply
            .ok_or_else(|| odd("there is no reply in what came back"))?
            .to_owned(),
        prompt_tokens: count(body, "/prompt_eval_count"),
        completion_tokens: count(body, "/eval_count"),
    })
}
