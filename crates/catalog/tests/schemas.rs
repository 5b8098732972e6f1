//! The list of queries and their schemas keep the promises that everything derived from them needs.

use std::collections::BTreeSet;

use catalog::QUERIES;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

#[test]
fn the_list_is_sorted_and_ids_and_variants_are_unique() {
    let ids: Vec<&str> = QUERIES.iter().map(|query| query.id()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    for query in QUERIES {
        let names: BTreeSet<&str> = query.variants().iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), query.variants().len(), "{}", query.id());
        assert!(!names.is_empty(), "{} has no variant", query.id());
    }
}

/// Each query is in the folder that its id names, each variant in the file that its name names.
#[test]
fn folders_and_files_are_named_as_the_queries_and_variants_are() {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for query in QUERIES {
        let folder = sources.join(query.id().replace('.', "/"));
        for (name, _) in query.variants() {
            let file = folder.join(format!("{name}.rs"));
            assert!(file.exists(), "{} has no {file:?}", query.id());
        }
    }
}

#[test]
fn answers_and_arguments_are_objects_without_open_maps() {
    let mut generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
    for query in QUERIES {
        query.args_schema(&mut generator);
        query.answer_schema(&mut generator);
    }
    let definitions = generator.take_definitions(true);
    for (name, schema) in &definitions {
        no_open_map(schema, name);
    }
    for query in QUERIES {
        for schema in [
            query.args_schema(&mut generator),
            query.answer_schema(&mut generator),
        ] {
            let schema = schema.to_value();
            let reference = schema.get("$ref").and_then(Value::as_str).unwrap();
            let name = reference.rsplit('/').next().unwrap();
            let kind = definitions.get(name).and_then(|schema| schema.get("type"));
            assert_eq!(kind, Some(&json!("object")), "{}: {name}", query.id());
        }
    }
}

/// Dynamic keys cannot be typed in the page; lists of records can.
fn no_open_map(schema: &Value, place: &str) {
    match schema {
        Value::Object(fields) => {
            for key in ["additionalProperties", "patternProperties"] {
                let open = fields.get(key).is_some_and(|rest| rest != &json!(false));
                assert!(!open, "{place} has {key}");
            }
            fields
                .iter()
                .for_each(|(key, field)| no_open_map(field, &format!("{place}.{key}")));
        }
        Value::Array(items) => items.iter().for_each(|item| no_open_map(item, place)),
        _ => {}
    }
}

#[test]
fn every_field_is_described() {
    let mut generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
    for query in QUERIES {
        query.args_schema(&mut generator);
        query.answer_schema(&mut generator);
    }
    for (name, schema) in generator.take_definitions(true) {
        let fields = schema.get("properties").and_then(Value::as_object);
        for (field, schema) in fields.into_iter().flatten() {
            assert!(
                schema.get("description").is_some(),
                "{name}.{field} has no description"
            );
        }
    }
}
