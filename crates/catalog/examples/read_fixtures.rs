//! Reads every fixture and prints, one line of JSON each, what was made of it and how long that
//! takes: the catalog's side of `cargo xtask bench parse`.
//!
//! `read_fixtures RUNS`: the median of so many runs; `read_fixtures --scale` instead reads the
//! longest fixture of each parser, repeated to 10 MB; `read_fixtures --corpus FOLDER` writes each as an
//! input of the fuzz target.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, not a part of the program"
)]

#[path = "../tests/fixtures/mod.rs"]
mod fixtures;

use std::time::Instant;

use catalog::{QUERIES, Source};
use fixtures::Fixture;
use serde_json::{Value, json};

/// The length of an output that is long.
const LONG_BYTES: usize = 10 << 20;

fn main() {
    let argument = std::env::args().nth(1).unwrap_or_default();
    let fixtures = fixtures::all();
    if argument == "--scale" {
        for fixture in longest(&fixtures) {
            println!("{}", scaled(fixture));
        }
    } else if argument == "--corpus" {
        let folder = std::env::args().nth(2).unwrap();
        for (index, fixture) in fixtures.iter().enumerate() {
            std::fs::write(format!("{folder}/{index}"), fuzz_input(fixture)).unwrap();
        }
    } else {
        let runs = argument.parse().unwrap_or(5);
        for fixture in &fixtures {
            println!("{}", read(fixture, runs));
        }
    }
}

/// The number of the parser, the exit code, the output: as `fuzz/fuzz_targets/catalog.rs` takes them.
fn fuzz_input(fixture: &Fixture) -> Vec<u8> {
    let before = QUERIES
        .iter()
        .take_while(|query| query.id() != fixture.query.id())
        .map(|query| query.variants().len());
    let number = u16::try_from(before.sum::<usize>() + fixture.index).unwrap();
    let code = fixture.exit_code.and_then(|code| u8::try_from(code).ok());
    let mut input = number.to_be_bytes().to_vec();
    input.push(code.unwrap_or(255));
    input.extend(&fixture.stdout);
    input
}

/// Reads a fixture as often as asked and gives the median.
fn read(fixture: &Fixture, runs: usize) -> Value {
    let prepared = fixture.prepared();
    let mut took: Vec<u128> = Vec::new();
    let mut outcome = Value::Null;
    for _ in 0..runs.max(1) {
        let begin = Instant::now();
        let parsed = fixture.with_raw(&fixture.stdout, |raw| prepared.parse(fixture.index, raw));
        took.push(begin.elapsed().as_nanos());
        outcome = match parsed {
            Ok(parsed) => json!({ "value": parsed.value, "unread": parsed.unread }),
            Err(error) => json!({ "error": error.to_string() }),
        };
    }
    took.sort_unstable();
    json!({
        "fixture": fixture.base.file_name().unwrap().to_string_lossy(),
        "query": fixture.query.id(),
        "variant": fixture.variant,
        "command": command(fixture),
        "stdout": format!("{}.out", fixture.base.display()),
        "exitCode": fixture.exit_code,
        "bytes": fixture.stdout.len(),
        "nanoseconds": u64::try_from(took[took.len() / 2]).unwrap(),
        "outcome": outcome,
    })
}

/// The command line: a person's, or the variant's own; `null` for files, whose fixtures are of many.
fn command(fixture: &Fixture) -> Option<String> {
    fixture
        .typed
        .clone()
        .or_else(|| match fixture.prepared().source(fixture.index)? {
            Source::Command(command) => Some(command.to_string()),
            Source::Files(_) => None,
        })
}

/// Of each parser the longest fixture that is text in lines: a document does not grow by repeating.
fn longest(fixtures: &[Fixture]) -> Vec<&Fixture> {
    let mut longest: Vec<&Fixture> = Vec::new();
    for fixture in fixtures {
        let is_document = matches!(fixture.stdout.first(), None | Some(b'{' | b'[' | b'<'));
        if is_document || fixture.exit_code != Some(0) {
            continue;
        }
        let same = |kept: &&mut &Fixture| {
            (kept.query.id(), kept.variant) == (fixture.query.id(), fixture.variant)
        };
        match longest.iter_mut().find(same) {
            Some(kept) if kept.stdout.len() < fixture.stdout.len() => *kept = fixture,
            Some(_) => {}
            None => longest.push(fixture),
        }
    }
    longest
}

/// How long 1 MB and 10 MB of it take; what is linear takes ten times as long.
fn scaled(fixture: &Fixture) -> Value {
    let took = |length: usize| {
        let stdout: Vec<u8> = fixture
            .stdout
            .iter()
            .copied()
            .cycle()
            .take(length)
            .collect();
        let prepared = fixture.prepared();
        let begin = Instant::now();
        let parsed = fixture.with_raw(&stdout, |raw| prepared.parse(fixture.index, raw));
        let took = begin.elapsed().as_secs_f64() * 1e3;
        drop(parsed);
        took
    };
    let short = took(LONG_BYTES / 10);
    json!({
        "query": fixture.query.id(),
        "variant": fixture.variant,
        "millisecondsOf1MB": short,
        "millisecondsOf10MB": took(LONG_BYTES),
    })
}
