//! The reference pages: every query, what it runs, what it reads, what its answer holds, and an
//! example, in `docs/reference`, one page a domain.
//!
//! `UPDATE_GOLDEN=1 cargo test -p catalog --test reference` writes them anew.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[expect(
    dead_code,
    clippy::indexing_slicing,
    reason = "a fixture that cannot be read fails the test; other tests use the rest"
)]
mod fixtures;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use catalog::{AnyFeed, AnyQuery, FEEDS, QUERIES, Source};
use fixtures::Fixture;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

/// How many records of a list an example shows, and how long a text of it may be.
const RECORDS_SHOWN: usize = 2;
const CHARS_SHOWN: usize = 120;

#[test]
fn the_reference_pages_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let pages = pages();
    let present = fs::read_dir(&folder).map_or_else(
        |_| Vec::new(),
        |entries| entries.map(|entry| entry.unwrap().path()).collect(),
    );
    let mut stale: Vec<PathBuf> = present
        .into_iter()
        .filter(|path| !pages.contains_key(path.file_name().unwrap().to_str().unwrap()))
        .collect();
    for (name, text) in &pages {
        let path = folder.join(name);
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            stale.push(path);
        }
    }
    if update {
        fs::create_dir_all(&folder).unwrap();
        for path in &stale {
            match pages.get(path.file_name().unwrap().to_str().unwrap()) {
                Some(text) => fs::write(path, text).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
        }
    } else {
        assert!(stale.is_empty(), "not current: {stale:?}");
    }
}

/// Name and text of each page.
fn pages() -> BTreeMap<String, String> {
    let fixtures = fixtures::all();
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    let mut index = String::from(
        "# Everything that can be asked\n\nMade from the catalog by its tests; do not edit. \
         `headlessos get SERVER QUERY` asks a server,\n`headlessos parse COMMAND` reads what a command \
         printed, and `headlessos catalog --json` has the same as JSON\nSchema.\n",
    );
    let mut domain = "";
    for query in QUERIES {
        let (its_domain, _) = query.id().split_once('.').unwrap();
        if its_domain != domain {
            domain = its_domain;
            write!(index, "\n## [{domain}]({domain}.md)\n\n").unwrap();
        }
        writeln!(index, "- `{}`: {}", query.id(), query.title()).unwrap();
        let page = pages.entry(format!("{domain}.md")).or_insert_with(|| {
            format!("# {domain}\n\nMade from the catalog by its tests; do not edit.\n")
        });
        page.push_str(&section(*query, &fixtures));
    }
    index.push_str(
        "\n## To follow\n\n`headlessos follow SERVER FEED` prints one record of JSON a line.\n\n",
    );
    for feed in FEEDS {
        let (domain, _) = feed.id().split_once('.').unwrap();
        writeln!(
            index,
            "- `{}` ([{domain}]({domain}.md)): {}",
            feed.id(),
            feed.title()
        )
        .unwrap();
        let page = pages.get_mut(&format!("{domain}.md"));
        page.unwrap_or_else(|| panic!("no query in the domain of {}", feed.id()))
            .push_str(&feed_section(*feed, &fixtures));
    }
    pages.insert("README.md".to_owned(), index);
    pages
}

fn feed_section(feed: &dyn AnyFeed, fixtures: &[Fixture]) -> String {
    let mut text = format!(
        "\n## {} (followed)\n\n{}. Needs the capability `{}`.\n",
        feed.id(),
        feed.title(),
        feed.capability().name()
    );
    let arguments = fields(&schema(|generator| feed.args_schema(generator)));
    if !arguments.is_empty() {
        write!(text, "\nArguments:\n\n{arguments}").unwrap();
    }
    text.push_str("\nBy, best first:\n\n");
    // Arguments that some query of the same domain takes will do for an example.
    let args = fixtures.iter().map(|fixture| &fixture.args);
    let fits = |args: &&Value| feed.source(0, args).is_ok();
    let args = std::iter::once(&Value::Null).chain(args).find(fits);
    for (index, (name, _)) in feed.variants().into_iter().enumerate() {
        let command = args.and_then(|args| feed.source(index, args).ok().flatten());
        let command = command.map_or_else(String::new, |command| command.to_string());
        writeln!(text, "- {name}: {}", code(&one_line(&command))).unwrap();
    }
    let record = fields(&schema(|generator| feed.record_schema(generator)));
    write!(text, "\nA record:\n\n{record}").unwrap();
    text
}

fn section(query: &dyn AnyQuery, fixtures: &[Fixture]) -> String {
    let mut text = format!(
        "\n## {}\n\n{}. Needs the capability `{}`.\n",
        query.id(),
        query.title(),
        query.capability().name()
    );
    let arguments = fields(&schema(|generator| query.args_schema(generator)));
    if !arguments.is_empty() {
        write!(text, "\nArguments:\n\n{arguments}").unwrap();
    }
    text.push_str("\nAnswered by, best first:\n\n");
    let of_query: Vec<&Fixture> = fixtures
        .iter()
        .filter(|fixture| fixture.query.id() == query.id())
        .collect();
    let args = of_query
        .first()
        .map_or(Value::Null, |fixture| fixture.args.clone());
    for (index, (name, _)) in query.variants().into_iter().enumerate() {
        let source = match query
            .prepare(&args)
            .ok()
            .and_then(|prepared| prepared.source(index))
        {
            Some(Source::Command(command)) => one_line(&command.to_string().replace('\n', "; ")),
            Some(Source::Files(paths)) => {
                let paths: Vec<&str> = paths.iter().map(|path| path.as_str()).collect();
                paths.join(" ")
            }
            None => String::new(),
        };
        writeln!(text, "- {name}: {}", code(&source)).unwrap();
    }
    let mut reads: Vec<&str> = (0..query.variants().len())
        .flat_map(|index| query.reads(index))
        .copied()
        .collect();
    reads.sort_unstable();
    reads.dedup();
    if !reads.is_empty() {
        let reads: Vec<String> = reads.into_iter().map(code).collect();
        write!(text, "\nReads what these print: {}.\n", reads.join(", ")).unwrap();
    }
    write!(
        text,
        "\nAnswer:\n\n{}",
        fields(&schema(|generator| query.answer_schema(generator)))
    )
    .unwrap();
    if let Some(example) = example(&of_query) {
        write!(text, "\nAn example:\n\n```json\n{example}\n```\n").unwrap();
    }
    text
}

fn schema(make: impl FnOnce(&mut SchemaGenerator) -> schemars::Schema) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with(|settings| settings.inline_subschemas = true);
    make(&mut SchemaGenerator::new(settings)).to_value()
}

/// The fields of an object, one a line, those of records set in below their list.
fn fields(schema: &Value) -> String {
    let mut lines = String::new();
    write_fields(schema, 0, &mut lines);
    lines
}

fn write_fields(schema: &Value, depth: usize, lines: &mut String) {
    for (name, field) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let description = field
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let inner = records_of(field);
        writeln!(
            lines,
            "{}- `{name}`: {}",
            "  ".repeat(depth),
            one_line(description)
        )
        .unwrap();
        if depth < 4 {
            write_fields(inner, depth + 1, lines);
        }
    }
}

/// What a list holds, what stands where there is one: the schema with the fields.
fn records_of(schema: &Value) -> &Value {
    if let Some(items) = schema.get("items") {
        return records_of(items);
    }
    let choices = schema.get("anyOf").and_then(Value::as_array);
    let value = choices
        .into_iter()
        .flatten()
        .find(|choice| choice.get("type").and_then(Value::as_str) != Some("null"));
    value.map_or(schema, records_of)
}

/// The answer of the fixture whose answer says most in little space.
fn example(of_query: &[&Fixture]) -> Option<String> {
    let candidates = of_query.iter().filter_map(|fixture| {
        let prepared = fixture.prepared();
        let parsed = fixture
            .with_raw(&fixture.stdout, |raw| prepared.parse(fixture.index, raw))
            .ok()?;
        let shown = serde_json::to_string_pretty(&shortened(&parsed.value)).ok()?;
        Some((parsed.unread.is_empty(), shown.len().min(1500), shown))
    });
    // Of those that are equally good the first, so that a new fixture changes nothing.
    candidates
        .rev()
        .max_by_key(|(is_whole, length, _)| (*is_whole, *length))
        .map(|(_, _, shown)| shown)
}

fn shortened(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().take(RECORDS_SHOWN).map(shortened).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, field)| (name.clone(), shortened(field)))
            .collect(),
        Value::String(text) if text.chars().count() > CHARS_SHOWN => Value::String(
            text.chars()
                .take(CHARS_SHOWN)
                .chain(std::iter::once('…'))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// In a code span that its own backticks do not end.
fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
