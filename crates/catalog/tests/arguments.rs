//! Every argument type against everything that could mean more than a name, a number or a path: what
//! is refused, what real tools give and take, and that no argument of the catalog is of another type.

#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "arguments/kinds.rs"]
mod kinds;

use std::{collections::BTreeSet, sync::LazyLock};

use catalog::{FEEDS, QUERIES, args_schema, arguments};
use jsonschema::Validator;
use kinds::{HOSTILE, KINDS, Kind};
use proptest::prelude::*;
use schemars::{JsonSchema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

/// A type of the catalog as the tests see it.
struct Type {
    kind: &'static Kind,
    /// What a value becomes, as JSON again.
    read: fn(&Value) -> Result<Value, String>,
    /// The same for JSON text.
    reads_text: fn(&str) -> bool,
    schema: Value,
    validator: Validator,
}

static TYPES: LazyLock<Vec<Type>> = LazyLock::new(|| {
    vec![
        of::<arguments::UnitName>("UnitName"),
        of::<arguments::ContainerId>("ContainerId"),
        of::<arguments::ImageName>("ImageName"),
        of::<arguments::UserName>("UserName"),
        of::<arguments::PackageName>("PackageName"),
        of::<arguments::SearchTerm>("SearchTerm"),
        of::<arguments::InterfaceName>("InterfaceName"),
        of::<arguments::HostName>("HostName"),
        of::<arguments::Moment>("Moment"),
        of::<arguments::Pid>("Pid"),
        of::<arguments::Port>("Port"),
        of::<arguments::LogLineCount>("LogLineCount"),
        of::<arguments::LogPriority>("LogPriority"),
        of::<arguments::RemotePath>("RemotePath"),
        of::<arguments::LogPath>("LogPath"),
        of::<arguments::FileName>("FileName"),
    ]
});

fn of<T: DeserializeOwned + Serialize + JsonSchema>(name: &str) -> Type {
    let kind = KINDS.iter().find(|kind| kind.name == name).unwrap();
    let schema = args_schema(&|generator: &mut SchemaGenerator| generator.subschema_for::<T>());
    Type {
        kind,
        read: |value| {
            let read =
                serde_json::from_value::<T>(value.clone()).map_err(|error| error.to_string())?;
            serde_json::to_value(read).map_err(|error| error.to_string())
        },
        reads_text: |text| serde_json::from_str::<T>(text).is_ok(),
        validator: jsonschema::validator_for(&schema).unwrap(),
        schema,
    }
}

impl Type {
    fn is_number(&self) -> bool {
        self.schema.get("minimum").is_some()
    }

    /// A text of a row as a value of this type is written in JSON.
    fn value(&self, text: &str) -> Value {
        match serde_json::from_str(text) {
            Ok(number @ Value::Number(_)) if self.is_number() => number,
            _ => Value::from(text),
        }
    }
}

/// How a schema says which type it is: as in [`Kind::mark`].
fn mark(schema: &Value) -> Option<String> {
    let text = |key: &str| schema.get(key).and_then(Value::as_str).map(str::to_owned);
    let number = |key: &str| schema.get(key).and_then(Value::as_i64);
    text("pattern")
        .or_else(|| text("format").filter(|format| format == "date-time"))
        .or_else(|| Some(format!("{}..{}", number("minimum")?, number("maximum")?)))
}

/// Names behind `pub use` in the module of the argument types.
#[test]
fn every_type_has_a_row() {
    let names: BTreeSet<&str> = include_str!("../src/arguments/mod.rs")
        .split("pub use ")
        .skip(1)
        .flat_map(|rest| {
            rest.split(';')
                .next()
                .unwrap_or_default()
                .split([':', '{', '}', ',', '\n', ' '])
        })
        .filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
        .collect();
    let rows: BTreeSet<&str> = TYPES.iter().map(|row| row.kind.name).collect();
    assert_eq!(names, rows);
    assert_eq!(rows.len(), KINDS.len());
    for row in TYPES.iter() {
        assert_eq!(
            mark(&row.schema).as_deref(),
            Some(row.kind.mark),
            "{}",
            row.kind.name
        );
    }
}

/// Nothing can be asked but what is of a type with a row: no text, no list, no further field.
#[test]
fn every_argument_of_the_catalog_is_of_such_a_type() {
    let queries = QUERIES
        .iter()
        .map(|query| (query.id(), args_schema(&|made| query.args_schema(made))));
    let feeds = FEEDS
        .iter()
        .map(|feed| (feed.id(), args_schema(&|made| feed.args_schema(made))));
    for (id, schema) in queries.chain(feeds) {
        assert_eq!(
            schema.get("additionalProperties"),
            Some(&json!(false)),
            "{id}"
        );
        let fields = schema.get("properties").and_then(Value::as_object);
        for (name, field) in fields.into_iter().flatten() {
            let alone = field
                .get("anyOf")
                .and_then(|either| either.get(0))
                .unwrap_or(field);
            let mark = mark(alone);
            let row = KINDS.iter().find(|kind| Some(kind.mark) == mark.as_deref());
            assert!(
                row.is_some(),
                "{id}: {name} is of no type with a row: {field}"
            );
        }
    }
}

#[test]
fn what_real_tools_give_and_take_passes() {
    for row in TYPES.iter() {
        for text in row.kind.passes {
            let value = row.value(text);
            let read = (row.read)(&value);
            assert!(read.is_ok(), "{} refuses {text:?}: {read:?}", row.kind.name);
            assert!(
                row.validator.is_valid(&value),
                "{}'s schema refuses {text:?}",
                row.kind.name
            );
        }
    }
}

#[test]
fn attacks_are_refused() {
    for row in TYPES.iter() {
        let hostile = HOSTILE.iter().filter(|_| !row.kind.is_free);
        for text in row
            .kind
            .refuses
            .iter()
            .chain(hostile)
            .chain(&["", "\0", "a\0b", "/a\0b"])
        {
            for value in [row.value(text), Value::from(*text)] {
                let read = (row.read)(&value);
                assert!(read.is_err(), "{} takes {text:?}: {read:?}", row.kind.name);
            }
        }
        // In a hostile suit behind what is fine.
        for good in row.kind.passes.iter().filter(|_| !row.kind.is_free) {
            for tail in [
                "\n",
                " ",
                ";id",
                "\0",
                "'",
                "\u{202e}",
                "\u{301}",
                "\u{10fe80}",
                "*",
                "`",
            ] {
                for text in [format!("{good}{tail}"), format!("{tail}{good}")] {
                    assert!(
                        (row.read)(&Value::from(text.as_str())).is_err(),
                        "{} {text:?}",
                        row.kind.name
                    );
                }
            }
        }
    }
}

/// A path and a file's name are bytes: each comes back as it was.
#[test]
fn hostile_names_of_files_are_only_names() {
    for row in TYPES.iter().filter(|row| row.kind.is_free) {
        for text in HOSTILE.iter().filter(|text| !text.contains('/')) {
            let folder = match row.kind.name {
                "RemotePath" => "/",
                "LogPath" => "/srv/logs/",
                _ => "",
            };
            let value = Value::from(format!("{folder}{text}"));
            assert_eq!((row.read)(&value).as_ref(), Ok(&value), "{}", row.kind.name);
        }
    }
}

/// Empty components and `.` are no part of a path.
#[test]
fn a_path_is_of_its_schema_however_it_is_written() {
    let paths = TYPES.iter().filter(|row| row.kind.name.ends_with("Path"));
    let mut tried = 0;
    for row in paths {
        for path in ["//a/./b.log", "/a/b.log/", "/a/b.log/.", "/a//b.log.1//.//"] {
            let value = Value::from(path);
            let name = row.kind.name;
            assert!((row.read)(&value).is_ok(), "{name} {path}");
            assert!(row.validator.is_valid(&value), "{name} {path}");
            tried += 1;
        }
    }
    assert_eq!(tried, 8);
}

#[test]
fn wrong_types_of_json_are_refused() {
    for row in TYPES.iter() {
        for value in [
            json!(null),
            json!(true),
            json!([]),
            json!({}),
            json!(["web"]),
            json!([2]),
            json!({"0": "web"}),
            json!({"$ref": "web"}),
            json!(1.5),
            json!(-0.0),
            json!(1e300),
            json!(u64::MAX),
            json!(i64::MIN),
        ] {
            assert!(
                (row.read)(&value).is_err(),
                "{} takes {value}",
                row.kind.name
            );
        }
        let number = Value::from("2");
        assert!(
            !row.is_number() || (row.read)(&number).is_err(),
            "{} takes text",
            row.kind.name
        );
        // Halves of a pair, text that is no JSON, numbers beyond all bounds.
        for text in [
            r#""/\ud800""#,
            r#""/a\udfff\ud800b""#,
            "\"/a\nb\"",
            "'/a'",
            "/a",
            "1e999",
            "0x10",
            "1_0",
            "+1",
            "01",
            "",
        ] {
            assert!(!(row.reads_text)(text), "{} takes {text:?}", row.kind.name);
        }
    }
}

/// A megabyte is refused, and what is said of it is short and holds little of it.
#[test]
fn what_is_too_long_is_refused_in_a_few_words() {
    let long = |unit: &str| unit.repeat((1 << 20) / unit.len());
    for row in TYPES.iter().filter(|row| !row.is_number()) {
        for unit in [
            "a",
            "/a",
            "2",
            "a.",
            "\u{10feff}",
            "\u{1f600}",
            "\n",
            "/..",
            "-",
        ] {
            let text = long(unit);
            for text in [format!("/{text}"), format!("{text}.service"), text] {
                let said = (row.read)(&Value::from(text)).unwrap_err();
                assert!(said.len() < 200, "{}: {} bytes", row.kind.name, said.len());
            }
        }
    }
    for query in QUERIES {
        let schema = args_schema(&|made| query.args_schema(made));
        let fields = schema.get("properties").and_then(Value::as_object);
        let names = fields.into_iter().flat_map(|fields| fields.keys().cloned());
        for name in names.chain([long("x")]) {
            let args = Value::Object(Map::from_iter([(name, Value::from(long("a")))]));
            let said = query.prepare(&args).err().map(|error| error.to_string());
            assert!(said.is_some_and(|said| said.len() < 500), "{}", query.id());
        }
    }
}

/// Arguments are an object, or nothing; a field too many is refused, also where there is none.
#[test]
fn an_unknown_field_is_refused() {
    let odd = [
        json!({ "command": "id" }),
        json!([]),
        json!(["/"]),
        json!(["ssh.service"]),
        json!("x"),
        json!(1),
        json!(true),
    ];
    for args in odd {
        for query in QUERIES {
            assert!(query.prepare(&args).is_err(), "{} takes {args}", query.id());
        }
        for feed in FEEDS {
            assert!(feed.source(0, &args).is_err(), "{} takes {args}", feed.id());
        }
    }
}

/// Bytes that some text is near to: pieces of what passes, of attacks, and anything.
fn text() -> impl Strategy<Value = String> {
    let good: Vec<&str> = KINDS.iter().flat_map(|kind| kind.passes).copied().collect();
    prop_oneof![
        2 => (prop::sample::select(good.clone()), any::<prop::sample::Index>(), piece()).prop_map(|(good, at, piece)| {
            let places: Vec<usize> = good.char_indices().map(|(at, _)| at).chain([good.len()]).collect();
            let (head, tail) = good.split_at(*at.get(&places));
            format!("{head}{piece}{tail}")
        }),
        1 => (prop::sample::select(good), piece()).prop_map(|(good, piece)| format!("{good}{piece}")),
        1 => prop::collection::vec(piece(), 0..6).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(HOSTILE).prop_map(str::to_owned),
        "[-a-zA-Z0-9.:@_/%+~$\\\\]{0,8}",
        any::<char>().prop_map(String::from),
        "[\u{10fe80}-\u{10feff}]{1,3}",
    ]
}

/// Any value of JSON, mostly text.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        6 => text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => (-2_i64..70_000).prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..3)
                .prop_map(|fields| Value::Object(Map::from_iter(fields))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever passes is of the type's schema too, and reads as itself again. A name is nothing but
    /// letters, digits and the few signs of the types; only a unit may begin as an option does.
    #[test]
    fn whatever_passes_is_harmless(value in prop_oneof![6 => text().prop_map(Value::from), 1 => value()]) {
        for row in TYPES.iter() {
            let name = row.kind.name;
            let Ok(read) = (row.read)(&value) else { continue };
            prop_assert!(row.validator.is_valid(&value), "{name}'s schema refuses {value}");
            prop_assert_eq!((row.read)(&read), Ok(read.clone()), "{}", name);
            if row.kind.is_free || row.is_number() {
                continue;
            }
            let text = value.as_str().unwrap_or_default();
            prop_assert!(!text.is_empty() && text.len() <= 520, "{name} {text:?}");
            let is_harmless = |c: char| c.is_ascii_alphanumeric() || "_.:@/+~%\\-".contains(c);
            let stem = text.strip_suffix('$').filter(|_| name == "UserName").unwrap_or(text);
            prop_assert!(stem.chars().all(is_harmless), "{name} {text:?}");
            prop_assert!(!text.starts_with('-') || name == "UnitName", "{name} {text:?}");
            prop_assert!(!text.contains('/') || name == "ImageName", "{name} {text:?}");
        }
    }

    /// A path holds no NUL and no `..`, whatever its characters stand for.
    #[test]
    fn whatever_path_passes_leads_down(text in text()) {
        if let Ok(path) = arguments::RemotePath::try_from(format!("/{text}")) {
            let bytes = path.as_bytes();
            prop_assert!(bytes.first() == Some(&b'/') && !bytes.contains(&0) && bytes.len() <= 4095);
            prop_assert!(bytes.split(|byte| *byte == b'/').all(|part| part != b".."));
            prop_assert_eq!(arguments::exact::bytes(&path.to_string()), bytes);
        }
        if let Ok(name) = arguments::FileName::try_from(text) {
            let bytes = name.as_bytes();
            prop_assert!(!bytes.contains(&0) && !bytes.contains(&b'/') && !matches!(bytes, b"" | b"." | b".."));
        }
    }
}
