//! Every parser against what real tools printed, and what was expected of it.
//!
//! `UPDATE_GOLDEN=1 cargo test -p catalog --test golden` writes the expectations anew; read the
//! difference before you keep it.

#[expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a fixture that cannot be read fails the test"
)]
mod fixtures;

use std::{collections::BTreeSet, fs, sync::LazyLock};

use catalog::{
    ParseError, Parsed, QUERIES,
    typed::{self, NotRead},
};
use fixtures::{Fixture, with_ending};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(fixtures::all);

fn outcome(fixture: &Fixture) -> Value {
    let prepared = fixture.prepared();
    let parsed = fixture.with_raw(&fixture.stdout, |raw| prepared.parse(fixture.index, raw));
    match parsed {
        Ok(Parsed { value, unread }) => json!({ "value": value, "unread": unread }),
        Err(error) => {
            let (kind, detail) = match &error {
                ParseError::Absent(detail) => ("absent", detail),
                ParseError::Denied(detail) => ("denied", detail),
                ParseError::Unavailable(detail) => ("unavailable", detail),
                ParseError::Empty(detail) => ("empty", detail),
                ParseError::Shape(detail) => ("shape", detail),
            };
            json!({ "error": { "kind": kind, "detail": detail } })
        }
    }
}

#[test]
fn parsers_give_what_is_expected() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for fixture in FIXTURES.iter() {
        let path = with_ending(&fixture.base, "json");
        let actual = serde_json::to_string_pretty(&outcome(fixture)).unwrap() + "\n";
        if update {
            fs::write(&path, &actual).unwrap();
        }
        match fs::read_to_string(&path) {
            Ok(expected) if expected == actual => {}
            Ok(expected) => wrong.push(format!("{path:?}\nexpected {expected}got {actual}")),
            Err(_) => wrong.push(format!("{path:?} is missing; got {actual}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A value that is written at once is the value that is parsed.
#[test]
fn what_is_written_is_what_is_parsed() {
    let mut wrong = Vec::new();
    for fixture in FIXTURES.iter() {
        let (parsed, written) = fixture.with_raw(&fixture.stdout, |raw| {
            let mut json = b"before".to_vec();
            let written = fixture.query.write(fixture.index, raw, &mut json);
            (
                fixture.query.parse(fixture.index, raw),
                written.map(|unread| (json, unread)),
            )
        });
        let expected = parsed.map(|Parsed { value, unread }| (format!("before{value}"), unread));
        let actual = written.map(|(json, unread)| (String::from_utf8(json).unwrap(), unread));
        if actual != expected {
            wrong.push(format!("{:?}: {actual:?}, not {expected:?}", fixture.base));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a person typed is read by the parser that the fixture belongs to, and alike.
#[test]
fn what_people_type_is_read_by_its_parser() {
    let mut wrong = Vec::new();
    for fixture in FIXTURES.iter() {
        let Some(typed) = &fixture.typed else {
            continue;
        };
        let read = typed::read(typed, fixture.typed_raw());
        let expected = outcome(fixture);
        let actual = match &read {
            Ok(read) if (read.query, read.variant) == (fixture.query.id(), fixture.variant) => {
                json!({ "value": read.parsed.value, "unread": read.parsed.unread })
            }
            Ok(read) => json!(format!("read by {} of {}", read.variant, read.query)),
            Err(NotRead::Complaint(_)) if expected["error"]["kind"] != "shape" => expected.clone(),
            Err(NotRead::NotUnderstood { .. }) if expected["error"]["kind"] == "shape" => {
                expected.clone()
            }
            Err(error) => json!(error.to_string()),
        };
        if actual != expected {
            wrong.push(format!("{:?}: `{typed}`: {actual}", fixture.base));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn values_fit_their_schema() {
    for query in QUERIES {
        let mut generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
        let schema = query.answer_schema(&mut generator);
        let mut root = schema.to_value();
        root["$defs"] = Value::Object(generator.take_definitions(true));
        let validator = jsonschema::validator_for(&root).unwrap();
        let mut checked = 0;
        for fixture in FIXTURES.iter() {
            if fixture.query.id() != query.id() {
                continue;
            }
            if let Some(value) = outcome(fixture).get("value") {
                let refused = validator.validate(value).err();
                assert!(refused.is_none(), "{:?}: {refused:?}", fixture.base);
                checked += 1;
            }
        }
        assert!(checked > 0, "{} has no fixture with a value", query.id());
    }
}

#[test]
fn every_variant_has_a_value_and_every_query_an_error() {
    let fixtures = &*FIXTURES;
    let mut missing = BTreeSet::new();
    for query in QUERIES {
        let of_query = || fixtures.iter().filter(|f| f.query.id() == query.id());
        if !of_query().any(|fixture| outcome(fixture).get("error").is_some()) {
            missing.insert(format!("{}: no error case", query.id()));
        }
        for (name, _) in query.variants() {
            let mut of_variant = of_query().filter(|fixture| fixture.variant == name);
            if !of_variant.any(|fixture| outcome(fixture).get("value").is_some()) {
                missing.insert(format!("{}: no value of {name}", query.id()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_file_lies_beside_the_fixtures_without_one() {
    for query in QUERIES {
        for entry in fs::read_dir(fixtures::folder(*query)).unwrap() {
            let path = entry.unwrap().path();
            let base = path.with_extension("");
            assert!(with_ending(&base, "out").exists(), "{path:?} has no .out");
        }
    }
}

/// Nothing that a tool printed as it should is left to a language model: what is not understood was
/// cut, or is the output of another question.
#[test]
fn only_what_was_cut_or_is_another_answer_is_not_understood() {
    // Options of people that print something else, files that hold something else.
    const ANOTHER: &[&str] = &[
        "logins/fixtures/last--debian-12-notime",
        "sessions/fixtures/loginctl--debian-12-manager",
        "ssh_keys/fixtures/authorized_keys--debian-12-private",
        "ssh_keys/fixtures/ssh_keygen--debian-12-no-key",
        "inspect/fixtures/docker--debian-12-image",
        "firewalld/fixtures/cmd--fedora-39-policies",
        "firewalld/fixtures/cmd--fedora-39-service",
        "iptables/fixtures/list--debian-12-nochain",
        "iptables/fixtures/save--debian-12-nochain",
        "flatpaks/fixtures/flatpak--debian-12-details",
        "open_files/fixtures/lsof--debian-12-F",
        "tree/fixtures/pstree--debian-12-noids",
        "distribution/fixtures/lsb_release--debian-12-short",
        "sensors/fixtures/text--debian-12-fahrenheit",
        "usb/fixtures/lsusb--debian-12-tree",
    ];
    let mut wrong = Vec::new();
    for fixture in FIXTURES.iter() {
        let is_odd = outcome(fixture)["error"]["kind"] == "shape";
        let name = fixture.base.to_string_lossy().into_owned();
        let is_known = name.ends_with("cut") || ANOTHER.iter().any(|end| name.ends_with(end));
        if is_odd && !is_known {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
