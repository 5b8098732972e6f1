//! The JSON Schemas of what is asked and answered, whole: for the wire, for people, for a model.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

use crate::{AnyFeed, AnyQuery};

/// The JSON Schema of a query's answer, with all it refers to written where it is used.
#[must_use]
pub fn answer_schema(query: &dyn AnyQuery) -> Value {
    as_given(&|generator| query.answer_schema(generator))
}

/// The JSON Schema of a feed's record.
#[must_use]
pub fn record_schema(feed: &dyn AnyFeed) -> Value {
    as_given(&|generator| feed.record_schema(generator))
}

/// The JSON Schema of a query's or a feed's arguments, as `make` adds it to a generator.
pub fn args_schema(make: &dyn Fn(&mut SchemaGenerator) -> Schema) -> Value {
    whole(SchemaSettings::draft2020_12(), make)
}

fn as_given(make: &dyn Fn(&mut SchemaGenerator) -> Schema) -> Value {
    whole(SchemaSettings::draft2020_12().for_serialize(), make)
}

fn whole(settings: SchemaSettings, make: &dyn Fn(&mut SchemaGenerator) -> Schema) -> Value {
    let settings = settings.with(|settings| settings.inline_subschemas = true);
    make(&mut SchemaGenerator::new(settings)).to_value()
}
