//! Any bytes to any parser and any feed of the catalog: no panic, and no control character in what
//! comes of it. The first two bytes choose the parser, the third the exit code.
#![no_main]

use std::sync::LazyLock;

use catalog::{
    AnyFeed, AnyQuery, FEEDS, FileContent, Heard, LineCutter, QUERIES, RawOutput, Source, text,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|input: &[u8]| {
    let [high, low, code, output @ ..] = input else {
        return;
    };
    let choice = usize::from(u16::from_be_bytes([*high, *low]));
    match READERS.get(choice % READERS.len()) {
        Some(Reader::Query(query, variant)) => parse(*query, *variant, *code, output),
        Some(Reader::Feed(feed, variant)) => listen(*feed, *variant, output),
        None => {}
    }
});

/// A variant of a query or a feed.
enum Reader {
    Query(&'static dyn AnyQuery, usize),
    Feed(&'static dyn AnyFeed, usize),
}

/// All of them, the queries' first.
static READERS: LazyLock<Vec<Reader>> = LazyLock::new(|| {
    let of_query = |query: &&'static dyn AnyQuery| {
        let query = *query;
        (0..query.variants().len()).map(move |variant| Reader::Query(query, variant))
    };
    let of_feed = |feed: &&'static dyn AnyFeed| {
        let feed = *feed;
        (0..feed.variants().len()).map(move |variant| Reader::Feed(feed, variant))
    };
    QUERIES
        .iter()
        .flat_map(of_query)
        .chain(FEEDS.iter().flat_map(of_feed))
        .collect()
});

fn parse(query: &dyn AnyQuery, variant: usize, code: u8, output: &[u8]) {
    let prepared = query.prepare(&Value::Null);
    let source = prepared.ok().and_then(|prepared| prepared.source(variant));
    // Of several files the first holds everything.
    let contents = match &source {
        Some(Source::Files(paths)) => paths
            .iter()
            .map(|path| FileContent {
                path: path.as_str(),
                bytes: output,
            })
            .collect(),
        _ => Vec::new(),
    };
    let raw = RawOutput {
        stdout: output,
        exit_code: Some(i32::from(code)),
        files: &contents,
        ..RawOutput::default()
    };
    if let Ok(parsed) = query.parse(variant, raw) {
        assert!(is_clean(&parsed.value), "{} {variant}", query.id());
    }
}

fn listen(feed: &dyn AnyFeed, variant: usize, output: &[u8]) {
    LineCutter::default().push(output, |line| {
        if let Heard::Record(record) = feed.read(variant, line) {
            assert!(is_clean(&record), "{} {variant}", feed.id());
        }
    });
}

fn is_clean(value: &Value) -> bool {
    match value {
        Value::String(text) => text::is_clean(text),
        Value::Array(items) => items.iter().all(is_clean),
        Value::Object(fields) => fields.values().all(is_clean),
        _ => true,
    }
}
