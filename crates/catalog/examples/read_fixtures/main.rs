//! Reads every fixture and prints, one line of JSON each, what was made of it and how long that
//! takes: the catalog's side of `cargo xtask bench parse`.
//!
//! `read_fixtures` reads each as it is; `--scale [QUERY..]` the longest fixture of each parser,
//! repeated to 10 MB; `--feeds` the recordings of the feeds, repeated to a million lines; `--once QUERY/FIXTURE
//! TIMES` one of them so often, for a profiler; `--corpus FOLDER` writes each as an input of the fuzz
//! target.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, not a part of the program"
)]

mod feeds;
#[path = "../../tests/fixtures/mod.rs"]
mod fixtures;
mod scale;
mod timing;

use catalog::{QUERIES, Source};
use fixtures::Fixture;
use serde_json::{Value, json};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => fixtures::all()
            .iter()
            .for_each(|fixture| println!("{}", read(fixture))),
        ["--scale", wanted @ ..] => scale::longest(&fixtures::all())
            .into_iter()
            .filter(|fixture| wanted.is_empty() || wanted.contains(&fixture.query.id()))
            .for_each(|fixture| println!("{}", scale::scaled(fixture))),
        ["--feeds"] => feeds::all(),
        ["--once", name, times] => once(name, times.parse().unwrap()),
        ["--corpus", folder] => {
            for (index, fixture) in fixtures::all().iter().enumerate() {
                std::fs::write(format!("{folder}/{index}"), fuzz_input(fixture)).unwrap();
            }
        }
        _ => panic!("see the first lines of this program"),
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

/// Reads a fixture until the median is stable, as a value and as JSON text. What is timed is the
/// parser alone: bytes in, answer out.
fn read(fixture: &Fixture) -> Value {
    let (query, index) = (fixture.query, fixture.index);
    let (outcome, took, took_to_write) = fixture.with_raw(&fixture.stdout, |raw| {
        let outcome = match query.parse(index, raw) {
            Ok(parsed) => json!({ "value": parsed.value, "unread": parsed.unread }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        let took = timing::until_stable(|| query.parse(index, raw));
        let mut json = Vec::new();
        let took_to_write = timing::until_stable(|| {
            json.clear();
            query.write(index, raw, &mut json)
        });
        (outcome, took, took_to_write)
    });
    let (command, files) = match fixture.prepared().source(index).unwrap() {
        Source::Command(command) => (Some(command.to_string()), Vec::new()),
        Source::Files(paths) => (None, paths.iter().map(|path| path.as_str()).collect()),
    };
    json!({
        "fixture": fixture.base.file_name().unwrap().to_string_lossy(),
        "query": query.id(),
        "variant": fixture.variant,
        "command": fixture.typed.clone().or(command),
        "files": files,
        "stdout": format!("{}.out", fixture.base.display()),
        "exitCode": fixture.exit_code,
        "bytes": fixture.stdout.len(),
        "nanoseconds": took,
        "nanosecondsToWrite": took_to_write,
        "outcome": outcome,
    })
}

/// Reads one fixture so often and prints nothing.
fn once(name: &str, times: usize) {
    let fixtures = fixtures::all();
    let is_it = |fixture: &&Fixture| {
        let base = fixture.base.file_name().unwrap().to_string_lossy();
        format!("{}/{base}", fixture.query.id()) == name
    };
    let fixture = fixtures.iter().find(is_it).unwrap();
    fixture.with_raw(&fixture.stdout, |raw| {
        for _ in 0..times {
            let _parsed = std::hint::black_box(fixture.query.parse(fixture.index, raw));
        }
    });
}
