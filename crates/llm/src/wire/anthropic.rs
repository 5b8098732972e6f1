//! Messages with one tool whose input is the reply. Source: Anthropic API reference, "Messages",
//! "Tool use"; strict tools take few properties of several types, so strictness is asked for only
//! where the schema has few.

use serde_json::{Value, json};

use super::{Said, count, odd};
use crate::{Error, prompt::INSTRUCTIONS, schema::Schema};

/// The tool's name; nothing is ever run for it.
const TOOL: &str = "reply";
/// How long a reply may be, in tokens; the service wants a number.
const MOST_TOKENS: u32 = 8192;

pub(super) fn request(model: &str, schema: &Schema, message: &str) -> (&'static str, Value) {
    let mut tool = json!({
        "name": TOOL,
        "description": "Takes the reply.",
        "input_schema": schema.sent,
    });
    if schema.has_few_unions
        && let Value::Object(tool) = &mut tool
    {
        tool.insert("strict".to_owned(), json!(true));
    }
    let body = json!({
        "model": model,
        "max_tokens": MOST_TOKENS,
        "system": INSTRUCTIONS,
        "messages": [{ "role": "user", "content": message }],
        "tools": [tool],
        "tool_choice": { "type": "tool", "name": TOOL },
    });
    ("/v1/messages", body)
}

pub(super) fn read(body: &Value) -> Result<Said, Error> {
    if body.get("stop_reason").and_then(Value::as_str) == Some("max_tokens") {
        return Err(Error::Cut);
    }
    let blocks = body.get("content").and_then(Value::as_array);
    let input = blocks.into_iter().flatten().find_map(|block| {
        let is_reply = block.get("name").and_then(Value::as_str) == Some(TOOL);
        block.get("input").filter(|_| is_reply)
    });
    let input = input.ok_or_else(|| odd("there is no reply in what came back"))?;
    Ok(Said {
        reply: input.to_string(),
        prompt_tokens: count(body, "/usage/input_tokens"),
        completion_tokens: count(body, "/usage/output_tokens"),
    })
}
