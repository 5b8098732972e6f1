//! Any reply of a language model: what passes is of the schema, and each of its words and numbers stands
//! in the text. The first byte says how much of the input is the text; the rest is the reply.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use llm::Schema;
use serde_json::Value;

static SCHEMA: LazyLock<Option<Schema>> = LazyLock::new(|| {
    let query = catalog::find("storage.filesystems")?;
    Schema::fit(&catalog::answer_schema(query)).ok()
});

fuzz_target!(|input: &[u8]| {
    let [part, rest @ ..] = input else { return };
    let Some(schema) = &*SCHEMA else { return };
    let (text, reply) = rest.split_at(usize::from(*part).min(rest.len()));
    let (text, reply) = (
        String::from_utf8_lossy(text),
        String::from_utf8_lossy(reply),
    );
    if let Some(Some(answer)) = llm::fuzzing::answer(&reply, schema, &text) {
        borne_out(&answer, &text.to_lowercase());
    }
});

/// A word that is longer than any of the schema's and in no part of the text is invented.
fn borne_out(value: &Value, text: &str) {
    match value {
        Value::String(word)
            if word.len() > 24 && !word.contains(|c: char| !c.is_ascii_alphanumeric()) =>
        {
            assert!(
                text.contains(&word.to_lowercase()),
                "{word:?} is not in {text:?}"
            );
        }
        Value::Array(items) => items.iter().for_each(|item| borne_out(item, text)),
        Value::Object(fields) => fields.values().for_each(|field| borne_out(field, text)),
        _ => {}
    }
}
