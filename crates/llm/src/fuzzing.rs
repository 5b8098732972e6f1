//! What fuzzing reaches of this crate; pure, and no part of the program.

use serde_json::Value;

use crate::{Schema, check};

/// The answer in a model's reply; `None`: the reply is none.
#[must_use]
pub fn answer(reply: &str, schema: &Schema, text: &str) -> Option<Option<Value>> {
    check::answer(reply, schema, text, &|_| Ok(())).ok()
}
