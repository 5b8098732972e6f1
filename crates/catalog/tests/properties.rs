//! What holds for every query whatever a server prints and whatever a caller asks.

#[expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a fixture that cannot be read fails the test"
)]
mod fixtures;

use std::{collections::BTreeMap, sync::LazyLock, time::Duration};

use catalog::{QUERIES, RawOutput, Source, arguments::RemotePath, redact, text};
use fixtures::Fixture;
use jsonschema::Validator;
use proptest::prelude::*;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(fixtures::all);

/// The validators of the answers, in the order of `QUERIES`.
static VALIDATORS: LazyLock<Vec<(&'static str, Validator)>> = LazyLock::new(|| {
    let validator = |query: &&'static dyn catalog::AnyQuery| {
        let mut generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
        let schema = query.answer_schema(&mut generator);
        let mut root = schema.to_value();
        let definitions = Value::Object(generator.take_definitions(true));
        root.as_object_mut()?
            .insert("$defs".to_owned(), definitions);
        Some((query.id(), jsonschema::validator_for(&root).ok()?))
    };
    QUERIES.iter().filter_map(validator).collect()
});

/// Parses `stdout` in place of the fixture's own: whatever it holds, there is no panic, and a value
/// fits the schema and survives its own rate.
fn holds(fixture: &Fixture, stdout: &[u8]) -> Result<(), TestCaseError> {
    let prepared = fixture.prepared();
    let Ok(parsed) = fixture.with_raw(stdout, |raw| prepared.parse(fixture.index, raw)) else {
        return Ok(());
    };
    prop_assert!(parsed.unread.len() <= 100);
    prop_assert!(is_free_of_controls(&parsed.value), "{:?}", fixture.base);
    let (_, validator) = VALIDATORS
        .iter()
        .find(|(id, _)| *id == fixture.query.id())
        .ok_or_else(|| TestCaseError::fail("a schema is not valid"))?;
    let rated = prepared.rate(&parsed.value, parsed.value.clone(), Duration::from_secs(2));
    for value in [&parsed.value, &rated] {
        let refused = validator
            .validate(value)
            .err()
            .map(|error| error.to_string());
        prop_assert!(refused.is_none(), "{:?}: {refused:?}", fixture.base);
    }
    Ok(())
}

/// Whether no string holds a control character but line feed and tab.
fn is_free_of_controls(value: &Value) -> bool {
    match value {
        Value::String(text) => catalog::text::is_clean(text),
        Value::Array(items) => items.iter().all(is_free_of_controls),
        Value::Object(fields) => fields.values().all(is_free_of_controls),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

/// How many records an answer holds, at any depth.
fn records(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len() + items.iter().map(records).sum::<usize>(),
        Value::Object(fields) => fields.values().map(records).sum(),
        _ => 0,
    }
}

fn a_fixture() -> impl Strategy<Value = &'static Fixture> {
    any::<proptest::sample::Index>().prop_map(|index| index.get(FIXTURES.as_slice()))
}

/// Bytes that mean something to one parser or another.
fn a_piece() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&str] = &[
        "",
        "\n",
        "\r\n",
        "\0",
        " ",
        ":",
        "=",
        "%",
        "/",
        "-",
        "\"",
        "{",
        "}",
        "[",
        "]",
        "<",
        "&",
        "\u{1b}[31m",
        "\u{feff}",
        "ü",
        "18446744073709551616",
        "-1",
        "1e999",
        "nan",
        "inf",
        "null",
        "99999999999999999999-99-99 99:99:99 UTC",
    ];
    prop_oneof![
        proptest::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..20),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn truncated_output_is_harmless(fixture in a_fixture(), cut in any::<proptest::sample::Index>()) {
        let end = cut.index(fixture.stdout.len() + 1);
        holds(fixture, &fixture.stdout[..end])?;
        let rows = |stdout: &[u8]| {
            let parsed = fixture.with_raw(stdout, |raw| fixture.prepared().parse(fixture.index, raw));
            parsed.ok().map(|parsed| records(&parsed.value))
        };
        if let (Some(cut), Some(whole)) = (rows(&fixture.stdout[..end]), rows(&fixture.stdout)) {
            prop_assert!(cut <= whole, "{:?} cut at {end}: {cut} records, whole {whole}", fixture.base);
        }
    }

    #[test]
    fn mutated_output_is_harmless(
        fixture in a_fixture(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), 0..8_usize, a_piece()), 1..6),
    ) {
        let mut stdout = fixture.stdout.clone();
        for (place, length, piece) in changes {
            let begin = place.index(stdout.len() + 1);
            let end = (begin + length).min(stdout.len());
            stdout.splice(begin..end, piece);
        }
        holds(fixture, &stdout)?;
    }

    #[test]
    fn random_output_is_harmless(
        fixture in a_fixture(),
        stdout in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        holds(fixture, &stdout)?;
    }

    #[test]
    fn any_exit_code_and_complaint_is_harmless(
        fixture in a_fixture(),
        exit_code in proptest::option::of(any::<i32>()),
        stderr in ".{0,60}",
    ) {
        let raw = RawOutput { stdout: &fixture.stdout, stderr: stderr.as_bytes(), exit_code, ..RawOutput::default() };
        let _either = fixture.prepared().parse(fixture.index, raw);
    }

    /// Whatever is put in place of an argument is refused, or stands in the command as one word of
    /// its own; all other words are those of any other argument.
    #[test]
    fn arguments_are_single_words(text in "\\PC{0,12}|[-a-z0-9.:%]{1,12}|[-/.a-z$`'\"; ]{0,12}|/\\PC{0,12}|[a-z-]{1,8}\\.service") {
        for (id, key, model) in [
            ("logs.access", "path", "/log/model"),
            ("logs.journal", "unit", "model.service"),
            ("logs.syslog", "path", "/log/model"),
            ("logs.web_errors", "path", "/log/model"),
            ("services.status", "unit", "model.service"),
            ("packages.files", "package", "model"),
            ("packages.info", "package", "model"),
            ("packages.owner", "path", "/model"),
            ("packages.search", "term", "model"),
            ("docker.history", "image", "model"),
            ("docker.inspect", "container", "model"),
            ("docker.processes", "container", "model"),
            ("accounts.identity", "user", "model"),
            ("accounts.ssh_keys", "path", "/model"),
            ("accounts.sudo_rules", "user", "model"),
            ("cron.user_jobs", "user", "model"),
            ("network.lookup", "host", "model"),
            ("network.lookup", "server", "model"),
            ("network.ping", "host", "model"),
            ("network.trace", "host", "model"),
            ("services.unit", "unit", "model.service"),
            ("storage.biggest", "path", "/model"),
            ("storage.filesystems", "path", "/model"),
            ("web.certificates", "path", "/model"),
        ] {
            let query = catalog::find(id).ok_or_else(|| TestCaseError::fail(id))?;
            let argv = |text: &str| {
                let prepared = query.prepare(&json!({ key: text })).ok()?;
                let commands = (0..query.variants().len()).map(move |variant| match prepared.source(variant) {
                    Some(Source::Command(command)) => command.argv().iter().map(|word| word.to_string()).collect(),
                    _ => Vec::new(),
                });
                Some(commands.collect::<Vec<Vec<String>>>())
            };
            let model_argv = argv(model).ok_or_else(|| TestCaseError::fail("the model is refused"))?;
            if let Some(actual) = argv(&text) {
                // A path's empty and `.` components are left out.
                let value = RemotePath::try_from(text.clone()).map_or_else(|_| text.clone(), |path| path.to_string());
                // An address is asked for its name by another option of `dig`.
                let is_address = value.starts_with("::") || value.parse::<std::net::IpAddr>().is_ok();
                let with_text = |program: &str, word: &str| match word {
                    word if word == model => value.clone(),
                    "@model" => format!("@{value}"),
                    "-q" if program == "dig" && is_address => "-x".to_owned(),
                    word => word.to_owned(),
                };
                let expected: Vec<Vec<String>> = model_argv
                    .iter()
                    .map(|words| {
                        let program = words.first().map_or("", String::as_str);
                        words.iter().map(|word| with_text(program, word)).collect()
                    })
                    .collect();
                prop_assert_eq!(actual, expected);
            }
        }
    }
}

/// A parser that is not linear does not come to its end on this in good time: of each variant the
/// longest fixture, over and over, and then a long line.
#[test]
fn long_output_is_no_trouble() {
    const LENGTH: usize = 128 << 10;
    let mut longest: BTreeMap<(&str, &str), &Fixture> = BTreeMap::new();
    for fixture in FIXTURES.iter() {
        let kept = longest.entry((fixture.query.id(), fixture.variant));
        let kept = kept.or_insert(fixture);
        if fixture.stdout.len() > kept.stdout.len() {
            *kept = fixture;
        }
    }
    for fixture in longest.into_values() {
        let lines: Vec<u8> = fixture
            .stdout
            .iter()
            .copied()
            .cycle()
            .take(LENGTH)
            .collect();
        let line = lines
            .iter()
            .map(|byte| if *byte == b'\n' { b' ' } else { *byte });
        for stdout in [line.collect(), lines.clone()] {
            let prepared = fixture.prepared();
            let _either = fixture.with_raw(&stdout, |raw| prepared.parse(fixture.index, raw));
        }
    }
}

/// What is no output of any tool gives no record, and is never silently taken for an empty answer.
#[test]
fn what_no_tool_prints_is_not_understood() {
    const TEXTS: &[&str] = &[
        "Lorem ipsum dolor sit amet,\nconsectetur adipiscing elit.\n",
        "{\"lorem\": [{\"ipsum\": 1}]}\n",
        "<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n",
    ];
    let mut taken = Vec::new();
    for query in QUERIES {
        let args = FIXTURES
            .iter()
            .find(|fixture| fixture.query.id() == query.id())
            .map_or(Value::Null, |fixture| fixture.args.clone());
        let Ok(prepared) = query.prepare(&args) else {
            continue;
        };
        for (index, (variant, _)) in query.variants().into_iter().enumerate() {
            if matches!(prepared.source(index), Some(Source::Files(_))) {
                continue;
            }
            for text in TEXTS {
                let raw = RawOutput {
                    stdout: text.as_bytes(),
                    exit_code: Some(0),
                    ..RawOutput::default()
                };
                if let Ok(parsed) = prepared.parse(index, raw) {
                    taken.push(format!(
                        "{} by {variant}: {text:?}: {:?}",
                        query.id(),
                        parsed.value
                    ));
                }
            }
        }
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}

/// Fixtures that hold secrets; all others stay as they are.
#[test]
fn ordinary_output_stays() {
    const WITH_SECRETS: &[(&str, &str)] = &[
        ("accounts.password_states", "a hash of a password"),
        ("docker.history", "a variable of an image"),
        ("docker.inspect", "a variable of a container"),
        ("network.wireguard", "a key of an interface"),
        ("packages.sources", "a password of an archive"),
    ];
    let mut changed = Vec::new();
    let mut unused: Vec<&str> = WITH_SECRETS.iter().map(|(id, _)| *id).collect();
    for fixture in FIXTURES.iter() {
        let cleaned = text::clean(&fixture.stdout);
        let redacted = redact::text(&cleaned);
        assert_eq!(
            redact::text(&redacted.text).removed,
            0,
            "{:?}",
            fixture.base
        );
        let id = fixture.query.id();
        if redacted.removed > 0 {
            unused.retain(|unused| *unused != id);
            if !WITH_SECRETS.iter().any(|(with, _)| *with == id) {
                changed.push(format!("{:?}: {}", fixture.base, redacted.text));
            }
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
    assert!(unused.is_empty(), "{unused:?}");
}

/// A fixture without secrets and names is still one of its query: it has the same records.
#[test]
fn a_scrubbed_fixture_is_read_alike() {
    /// Names that were in order are so no longer; a column of two words, where there is one blank
    /// behind the address, moves with it.
    const MOVED: &[&str] = &[
        "who--debian-12-users",
        "status--debian-12-status",
        "status--debian-12-verbose",
    ];
    let mut wrong = Vec::new();
    for fixture in FIXTURES.iter() {
        if MOVED.iter().any(|name| fixture.base.ends_with(name)) {
            continue;
        }
        let parse = |stdout: &[u8]| {
            let parsed =
                fixture.with_raw(stdout, |raw| fixture.prepared().parse(fixture.index, raw));
            parsed
                .map(|parsed| (records(&parsed.value), parsed.unread.len()))
                .ok()
        };
        let Ok(text) = std::str::from_utf8(&fixture.stdout) else {
            continue;
        };
        let mut scrubber = redact::Scrubber::new(["deb12", "web1"], ["plain"]);
        scrubber.learn(text);
        let scrubbed = scrubber.scrub(text);
        let (before, after) = (parse(&fixture.stdout), parse(scrubbed.as_bytes()));
        if before != after {
            wrong.push(format!("{:?}: {before:?} became {after:?}", fixture.base));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn unknown_arguments_are_refused() {
    for query in QUERIES {
        assert!(
            query.prepare(&json!({ "noSuchArgument": 1 })).is_err(),
            "{} takes an unknown argument",
            query.id()
        );
    }
}
