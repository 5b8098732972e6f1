//! Whether a reply is one: it is JSON, of bounded depth, of the schema, and borne out by the text.
//!
//! Invariant: what passes holds nothing that the schema does not ask for, and no word or number
//! that the text does not give.

use serde_json::Value;

use crate::{
    evidence::Evidence,
    schema::{ANSWER, Schema},
};

/// How deep a reply may be nested; the deepest schema needs fewer.
const DEEPEST: usize = 32;
/// How many reasons are given for a refusal.
const MOST_REASONS: usize = 10;
/// How much of a refused reply is shown to the model again, in characters.
const MOST_SHOWN: usize = 8_000;

/// What the caller holds against an answer that fits the schema and the text, in a sentence.
pub type Accept<'a> = &'a (dyn Fn(&Value) -> Result<(), String> + Sync);

/// A reply that is none, and why.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// The reply, as text, bounded.
    pub(crate) reply: String,
    /// One sentence each.
    pub(crate) reasons: Vec<String>,
}

/// The answer in a reply; `None`: the model says that the text holds none. `accept` has the last word.
pub(crate) fn answer(
    reply: &str,
    schema: &Schema,
    text: &str,
    accept: Accept<'_>,
) -> Result<Option<Value>, Refused> {
    let refuse = |reasons: Vec<String>| Refused {
        reply: reply.chars().take(MOST_SHOWN).collect(),
        reasons,
    };
    if depth(reply) > DEEPEST {
        return Err(refuse(vec!["it is nested too deeply".to_owned()]));
    }
    let mut value: Value = serde_json::from_str(reply)
        .map_err(|error| refuse(vec![format!("it is no JSON: {error}")]))?;
    let complaints = schema.complaints(&value, MOST_REASONS);
    if !complaints.is_empty() {
        return Err(refuse(complaints));
    }
    let answer = value.get_mut(ANSWER).map(Value::take).unwrap_or_default();
    if answer.is_null() {
        return Ok(None);
    }
    let missing = Evidence::of(text).missing(&answer, &schema.words, MOST_REASONS);
    if !missing.is_empty() {
        return Err(refuse(missing));
    }
    accept(&answer).map_err(|why| refuse(vec![why]))?;
    Ok(Some(answer))
}

/// How deep brackets lie in each other, those in strings left out.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema() -> Schema {
        let root = json!({ "type": "object", "properties": {
            "names": { "type": "array", "items": { "type": "string" } } } });
        Schema::fit(&root).unwrap()
    }

    #[test]
    fn an_answer_is_of_the_schema_and_of_the_text() {
        let read = |reply: &str| answer(reply, &schema(), "alice 1\nbob 2\n", &|_| Ok(()));
        let good = read(r#"{"answer":{"names":["alice","bob"]}}"#).unwrap();
        assert_eq!(good, Some(json!({ "names": ["alice", "bob"] })));
        assert_eq!(read(r#"{"answer":null}"#).unwrap(), None);
        for reply in [
            "",
            "I would run `rm -rf /` first",
            r#"{"answer":{"names":["mallory"]}}"#,
            r#"{"answer":{"names":"alice"}}"#,
            r#"{"answer":{"names":["alice"]},"command":"reboot"}"#,
            r#"[{"answer":null}]"#,
        ] {
            assert!(read(reply).is_err(), "{reply}");
        }
    }

    #[test]
    fn the_caller_has_the_last_word() {
        let reply = r#"{"answer":{"names":["alice"]}}"#;
        let refused = answer(reply, &schema(), "alice", &|_| Err("no".to_owned())).unwrap_err();
        assert_eq!(refused.reasons, ["no"]);
    }

    #[test]
    fn deep_nesting_is_refused_before_it_is_read() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let refused = answer(&deep, &schema(), "", &|_| Ok(())).unwrap_err();
        assert_eq!(refused.reasons, ["it is nested too deeply"]);
        assert_eq!(refused.reply.len(), MOST_SHOWN);
        assert_eq!(depth(r#"{"a":"[[[\"[["}"#), 1);
    }
}
