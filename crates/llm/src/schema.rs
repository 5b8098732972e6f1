//! An answer's JSON Schema in the subset that every provider's strict mode takes.
//!
//! Invariant: what is sent has objects that are closed and whose properties are all required, no
//! recursion, no keyword that a provider refuses; a schema that has no such form is refused whole.
//! Sources: `OpenAI`'s "Structured outputs, supported schemas", Anthropic's "Structured outputs,
//! JSON Schema limitations", Ollama's `format`.

use std::collections::HashSet;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// The one property that a reply has: the answer, or `null` where the model cannot tell.
pub(crate) const ANSWER: &str = "answer";

/// Limits of `OpenAI`'s strict mode.
const MOST_PROPERTIES: usize = 5000;
const MOST_ENUM_VALUES: usize = 1000;
const LONGEST_NAMES: usize = 120_000;
const DEEPEST: usize = 10;
/// In Anthropic's strict mode, properties that may be of several types.
const MOST_UNIONS: usize = 16;

/// Why a schema cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the schema of this answer cannot be given to a model: {0}")]
pub struct Unfit(String);

/// A schema that fits, and what holds replies against it.
pub struct Schema {
    /// What is sent.
    pub(crate) sent: Value,
    /// Whether it is also within Anthropic's limits for strict tools.
    pub(crate) has_few_unions: bool,
    /// Every word that the schema itself allows: a reply need not have it from the text.
    pub(crate) words: HashSet<String>,
    validator: Validator,
}

impl Schema {
    /// Takes a root schema with its definitions in `$defs`, in the form of draft 2020-12.
    ///
    /// # Errors
    /// It cannot be said in the subset, or it is too large for a provider.
    pub fn fit(root: &Value) -> Result<Self, Unfit> {
        let sent = wrapped(root, Keep::Shape)?;
        let whole = wrapped(root, Keep::Limits)?;
        let validator =
            jsonschema::validator_for(&whole).map_err(|error| Unfit(error.to_string()))?;
        let mut size = Size::default();
        size.measure(&sent);
        let depth = depth(&sent, &sent, &mut Vec::new())?;
        for (what, found, most) in [
            ("properties", size.properties, MOST_PROPERTIES),
            ("values of enumerations", size.enum_values, MOST_ENUM_VALUES),
            ("characters of names", size.names, LONGEST_NAMES),
            ("levels", depth, DEEPEST),
        ] {
            if found > most {
                return Err(Unfit(format!("it has {found} {what}, more than {most}")));
            }
        }
        Ok(Self {
            sent,
            has_few_unions: size.unions <= MOST_UNIONS,
            words: size.words,
            validator,
        })
    }

    /// What is wrong with a reply by the whole schema, ranges and formats included; empty: nothing.
    pub(crate) fn complaints(&self, reply: &Value, most: usize) -> Vec<String> {
        let errors = self.validator.iter_errors(reply).take(most);
        errors
            .map(|error| {
                let said: String = error.to_string().chars().take(300).collect();
                format!("{}: {said}", error.instance_path())
            })
            .collect()
    }
}

/// What of a schema is kept.
#[derive(Clone, Copy, PartialEq)]
enum Keep {
    /// Types alone.
    Shape,
    /// Ranges, lengths and formats too.
    Limits,
}

/// The root that is sent: an object whose one property is the answer or `null`.
fn wrapped(root: &Value, keep: Keep) -> Result<Value, Unfit> {
    let mut definitions = Map::new();
    if let Some(Value::Object(found)) = root.get("$defs") {
        for (name, schema) in found {
            definitions.insert(name.clone(), rewritten(schema, keep)?);
        }
    }
    let mut answer = root.clone();
    if let Value::Object(answer) = &mut answer {
        answer.remove("$defs");
    }
    let answer = rewritten(&answer, keep)?;
    Ok(json!({
        "type": "object",
        "properties": { ANSWER: { "anyOf": [answer, { "type": "null" }] } },
        "required": [ANSWER],
        "additionalProperties": false,
        "$defs": definitions,
    }))
}

fn rewritten(schema: &Value, keep: Keep) -> Result<Value, Unfit> {
    let Value::Object(schema) = schema else {
        return Err(Unfit("a value of it may be anything".to_owned()));
    };
    if let Some(reference) = schema.get("$ref") {
        // Beside a reference, strict modes take nothing.
        return Ok(json!({ "$ref": reference }));
    }
    let mut fit = Map::new();
    for (keyword, value) in schema {
        match keyword.as_str() {
            "type" | "enum" | "description" => {
                fit.insert(keyword.clone(), value.clone());
            }
            "const" => {
                fit.insert("enum".to_owned(), json!([value]));
            }
            "items" => {
                fit.insert(keyword.clone(), rewritten(value, keep)?);
            }
            "properties" => {
                let properties = object(value)?;
                let mut inner = Map::new();
                for (name, value) in properties {
                    inner.insert(name.clone(), rewritten(value, keep)?);
                }
                let names: Vec<&String> = properties.keys().collect();
                fit.insert("required".to_owned(), json!(names));
                fit.insert("additionalProperties".to_owned(), json!(false));
                fit.insert(keyword.clone(), Value::Object(inner));
            }
            "anyOf" | "oneOf" => {
                let choices = value.as_array().into_iter().flatten();
                let choices: Result<Vec<Value>, Unfit> =
                    choices.map(|choice| rewritten(choice, keep)).collect();
                fit.insert("anyOf".to_owned(), Value::Array(choices?));
            }
            "additionalProperties" if *value == json!(false) => {}
            "additionalProperties" => return Err(Unfit("it has keys that are data".to_owned())),
            "required" | "title" | "default" | "$schema" | "examples" | "deprecated" => {}
            "format" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum"
            | "multipleOf" | "pattern" | "minLength" | "maxLength" | "minItems" | "maxItems"
            | "uniqueItems" => {
                if keep == Keep::Limits {
                    fit.insert(keyword.clone(), value.clone());
                }
            }
            other => return Err(Unfit(format!("it uses {other:?}"))),
        }
    }
    let is_object = fit.get("type") == Some(&json!("object"));
    if is_object && !fit.contains_key("properties") {
        if fit.contains_key("anyOf") {
            return Err(Unfit(
                "an object of it has several forms at once".to_owned(),
            ));
        }
        fit.insert("properties".to_owned(), json!({}));
        fit.insert("required".to_owned(), json!([]));
        fit.insert("additionalProperties".to_owned(), json!(false));
    }
    if fit.contains_key("properties") && fit.contains_key("anyOf") {
        return Err(Unfit(
            "an object of it has several forms at once".to_owned(),
        ));
    }
    Ok(Value::Object(fit))
}

fn object(value: &Value) -> Result<&Map<String, Value>, Unfit> {
    value
        .as_object()
        .ok_or_else(|| Unfit("its properties are no object".to_owned()))
}

/// What the providers count.
#[derive(Default)]
struct Size {
    properties: usize,
    enum_values: usize,
    names: usize,
    unions: usize,
    words: HashSet<String>,
}

impl Size {
    fn measure(&mut self, schema: &Value) {
        let Value::Object(schema) = schema else {
            return;
        };
        for (keyword, value) in schema {
            match (keyword.as_str(), value) {
                ("properties" | "$defs", Value::Object(inner)) => {
                    for (name, value) in inner {
                        self.properties += usize::from(keyword == "properties");
                        self.names += name.len();
                        self.measure(value);
                    }
                }
                ("items", value) => self.measure(value),
                ("anyOf", Value::Array(choices)) => {
                    self.unions += 1;
                    choices.iter().for_each(|choice| self.measure(choice));
                }
                ("type", Value::Array(_)) => self.unions += 1,
                ("enum", Value::Array(values)) => {
                    self.enum_values += values.len();
                    for word in values.iter().filter_map(Value::as_str) {
                        self.names += word.len();
                        self.words.insert(word.to_owned());
                    }
                }
                _ => {}
            }
        }
    }
}

/// How deep objects and lists lie in each other, through references; a reference to what it lies
/// in is refused.
fn depth<'a>(
    schema: &'a Value,
    root: &'a Value,
    within: &mut Vec<&'a str>,
) -> Result<usize, Unfit> {
    if let Some(Value::String(reference)) = schema.get("$ref") {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if within.contains(&name) {
            return Err(Unfit(format!("{name} holds itself")));
        }
        let target = root
            .get("$defs")
            .and_then(|all| all.get(name))
            .ok_or_else(|| {
                Unfit(format!(
                    "it refers to {reference:?}, which it does not hold"
                ))
            })?;
        within.push(name);
        let found = depth(target, root, within);
        within.pop();
        return found;
    }
    let mut deepest = 0;
    let properties = schema.get("properties").and_then(Value::as_object);
    let choices = schema.get("anyOf").and_then(Value::as_array);
    let inside = properties.into_iter().flat_map(Map::values);
    for inner in inside.chain(choices.into_iter().flatten()) {
        deepest = deepest.max(depth(inner, root, within)?);
    }
    if let Some(items) = schema.get("items") {
        deepest = deepest.max(depth(items, root, within)?);
    }
    Ok(deepest + usize::from(properties.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disks() -> Value {
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Disks",
            "type": "object",
            "properties": { "disks": { "type": "array", "items": { "$ref": "#/$defs/Disk" } } },
            "$defs": { "Disk": {
                "type": "object",
                "properties": {
                    "name": { "description": "Its name.", "type": "string" },
                    "sizeBytes": { "type": ["integer", "null"], "format": "uint64", "minimum": 0 },
                    "kind": { "oneOf": [{ "const": "ssd" }, { "const": "hdd" }] },
                },
            } },
        })
    }

    #[test]
    fn what_is_sent_is_closed_and_of_the_subset() {
        let schema = Schema::fit(&disks()).unwrap();
        let disk = &schema.sent["$defs"]["Disk"];
        assert_eq!(disk["additionalProperties"], json!(false));
        assert_eq!(disk["required"], json!(["name", "sizeBytes", "kind"]));
        let size = json!({ "type": ["integer", "null"] });
        assert_eq!(disk["properties"]["sizeBytes"], size);
        let kind = json!({ "anyOf": [{ "enum": ["ssd"] }, { "enum": ["hdd"] }] });
        assert_eq!(disk["properties"]["kind"], kind);
        assert!(schema.words.contains("ssd"));
    }

    #[test]
    fn replies_are_held_against_the_whole_schema() {
        let schema = Schema::fit(&disks()).unwrap();
        let with = |size: i64, more: Value| {
            let mut disk = json!({ "name": "a", "sizeBytes": size, "kind": "ssd" });
            if let (Value::Object(disk), Value::Object(more)) = (&mut disk, more) {
                disk.extend(more);
            }
            json!({ "answer": { "disks": [disk] } })
        };
        let complaints = |reply: &Value| schema.complaints(reply, 10);
        assert!(complaints(&with(1, json!({}))).is_empty());
        assert!(complaints(&json!({ "answer": null })).is_empty());
        assert!(!complaints(&with(-1, json!({}))).is_empty());
        assert!(!complaints(&with(1, json!({ "run": "rm -rf /" }))).is_empty());
        assert!(!complaints(&with(1, json!({ "kind": "tape" }))).is_empty());
        assert!(!complaints(&json!({ "answer": { "disks": [{ "name": "a" }] } })).is_empty());
        assert!(!complaints(&json!({ "answer": {}, "more": 1 })).is_empty());
    }

    #[test]
    fn what_has_no_form_in_the_subset_is_refused() {
        for schema in [
            json!(true),
            json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            json!({ "type": "object", "properties": { "a": true } }),
            json!({ "$ref": "#/$defs/A", "$defs": { "A": {
                "type": "object", "properties": { "a": { "$ref": "#/$defs/A" } } } } }),
            json!({ "$ref": "#/$defs/Nowhere" }),
            json!({ "type": "string", "not": {} }),
        ] {
            assert!(Schema::fit(&schema).is_err(), "{schema}");
        }
    }
}
