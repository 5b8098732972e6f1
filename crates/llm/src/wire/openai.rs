//! Chat Completions with a JSON Schema as `response_format`, as `OpenAI` documents it and as vLLM,
//! llama.cpp, LM Studio and others speak it. Source: `OpenAI` API reference, "Create chat completion".

use serde_json::{Value, json};

use super::{Said, count, odd};
use crate::{
    Error,
    prompt::{self, INSTRUCTIONS},
    schema::Schema,
};

pub(super) fn request(model: &str, schema: &Schema, message: &str) -> (&'static str, Value) {
    (
        "/chat/completions",
        body(model, schema, INSTRUCTIONS, message),
    )
}

/// For others: the schema stands among the words too, and the likeliest reply is wanted, which some
/// models of `OpenAI` do not let one want.
pub(super) fn compatible(model: &str, schema: &Schema, message: &str) -> (&'static str, Value) {
    let mut body = body(model, schema, &prompt::with_schema(schema), message);
    if let Value::Object(body) = &mut body {
        body.insert("temperature".to_owned(), json!(0));
    }
    ("/chat/completions", body)
}

fn body(model: &str, schema: &Schema, instructions: &str, message: &str) -> Value {
    json!({
        "model": model,
        "messages": [
            { "role": "system", "content": instructions },
            { "role": "user", "content": message },
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": { "name": "reply", "strict": true, "schema": schema.sent },
        },
    })
}

pub(super) fn read(body: &Value) -> Result<Said, Error> {
    let choice = body.pointer("/choices/0").unwrap_or(&Value::Null);
    if choice.get("finish_reason").and_then(Value::as_str) == Some("length") {
        return Err(Error::Cut);
    }
    let reply = choice.pointer("/message/content").and_then(Value::as_str);
    Ok(Said {
        reply: reply
            .ok_or_else(|| odd("there is no reply in what came back"))?
            .to_owned(),
        prompt_tokens: count(body, "/usage/prompt_tokens"),
        completion_tokens: count(body, "/usage/completion_tokens"),
    })
}
