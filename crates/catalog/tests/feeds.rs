//! Every feed against what real tools printed: the records of each recording, line by line, and what
//! holds whatever comes.
//!
//! `UPDATE_GOLDEN=1 cargo test -p catalog --test feeds` writes the expectations anew.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a fixture that cannot be read fails the test"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use catalog::{AnyFeed, FEEDS, Heard, LineCutter, text};
use proptest::prelude::*;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

/// Feeds whose records may be any text.
const OF_ANY_TEXT: &[&str] = &["docker.log_lines", "logs.new_lines"];

/// The recordings of a feed: the variant's index, the path without its ending, the bytes.
fn recordings(feed: &dyn AnyFeed) -> Vec<(usize, PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(feed.id().replace('.', "/"))
        .join("fixtures");
    let mut found: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{folder:?}: {error}"))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "out"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let (variant, _) = name.split_once("--").unwrap();
            let variants = feed.variants();
            let index = variants.iter().position(|(known, _)| *known == variant);
            let bytes = fs::read(&path).unwrap();
            let base = path.to_str().unwrap().strip_suffix(".out").unwrap().into();
            (
                index.unwrap_or_else(|| panic!("{path:?}: no variant {variant}")),
                base,
                bytes,
            )
        })
        .collect();
    found.sort();
    found
}

/// The records and the lines that were not understood; what is written must be what is read.
fn heard(feed: &dyn AnyFeed, variant: usize, bytes: &[u8]) -> (Vec<Value>, Vec<String>) {
    let (mut records, mut unread) = (Vec::new(), Vec::new());
    let mut cutter = LineCutter::default();
    cutter.push(bytes, |line| {
        let read = feed.read(variant, line);
        let mut json = b"before".to_vec();
        let written = match feed.write(variant, line, &mut json) {
            Heard::Record(()) => String::from_utf8(json).unwrap(),
            other => format!("{other:?}"),
        };
        let expected = match &read {
            Heard::Record(record) => format!("before{record}\n"),
            other => format!("{other:?}"),
        };
        assert_eq!(written, expected, "{} {variant}", feed.id());
        match read {
            Heard::Record(record) => records.push(record),
            Heard::Nothing => {}
            Heard::Unread => unread.push(String::from_utf8_lossy(line).into_owned()),
        }
    });
    (records, unread)
}

#[test]
fn recordings_give_what_is_expected() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for feed in FEEDS {
        let mut has_records = false;
        for (variant, base, bytes) in recordings(*feed) {
            let (records, unread) = heard(*feed, variant, &bytes);
            has_records |= !records.is_empty();
            let answer = json!({ "records": records, "unread": unread });
            let actual = serde_json::to_string_pretty(&answer).unwrap() + "\n";
            let path = PathBuf::from(format!("{}.json", base.display()));
            if update {
                fs::write(&path, &actual).unwrap();
            }
            if fs::read_to_string(&path).ok().as_ref() != Some(&actual) {
                wrong.push(format!("{path:?}: {actual}"));
            }
        }
        assert!(has_records, "{} has no recording with a record", feed.id());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn records_fit_their_schema() {
    for feed in FEEDS {
        let settings = SchemaSettings::draft2020_12();
        let mut generator =
            SchemaGenerator::new(settings.with(|settings| settings.inline_subschemas = true));
        let schema = feed.record_schema(&mut generator).to_value();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for (variant, base, bytes) in recordings(*feed) {
            for record in heard(*feed, variant, &bytes).0 {
                let refused = validator.validate(&record).err();
                assert!(refused.is_none(), "{base:?}: {refused:?}");
            }
        }
    }
}

#[test]
fn what_no_tool_prints_is_not_understood() {
    for feed in FEEDS
        .iter()
        .filter(|feed| !OF_ANY_TEXT.contains(&feed.id()))
    {
        for variant in 0..feed.variants().len() {
            for line in [
                "Lorem ipsum dolor sit amet,",
                "{\"lorem\": [{\"ipsum\": 1}]}",
                "<html>",
            ] {
                let heard = feed.read(variant, line.as_bytes());
                assert_eq!(heard, Heard::Unread, "{} {variant}: {line}", feed.id());
            }
        }
    }
}

fn is_clean(value: &Value) -> bool {
    match value {
        Value::String(text) => text::is_clean(text),
        Value::Array(items) => items.iter().all(is_clean),
        Value::Object(fields) => fields.values().all(is_clean),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_is_harmless(
        at in any::<proptest::sample::Index>(),
        cut in any::<proptest::sample::Index>(),
        piece in proptest::collection::vec(any::<u8>(), 0..12),
    ) {
        for feed in FEEDS {
            let recordings = recordings(*feed);
            let (variant, _, bytes) = at.get(&recordings);
            let mut bytes = bytes.clone();
            let place = cut.index(bytes.len() + 1);
            bytes.splice(place..place, piece.iter().copied());
            for record in heard(*feed, *variant, &bytes).0 {
                prop_assert!(is_clean(&record));
            }
        }
    }
}
