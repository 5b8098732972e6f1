//! Any JSON to every argument type, query and feed: what is accepted is quoted so that `sh` reads the
//! same words back, and reads as itself again. The first byte chooses the query, the second how the rest
//! is meant: as JSON, or as the text of one argument.
#![no_main]

use catalog::{
    Command, FEEDS, Marker, QUERIES, Source, args_schema,
    arguments::{FileName, HostName, Moment, RemotePath, UserName, exact},
};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};

fuzz_target!(|input: &[u8]| {
    let [choice, form, rest @ ..] = input else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    types(&text, rest);
    let mut choice = usize::from(*choice) % (QUERIES.len() + FEEDS.len());
    if let Some(query) = QUERIES.get(choice) {
        let schema = args_schema(&|made| query.args_schema(made));
        let Ok(prepared) = query.prepare(&args(&schema, *form, &text)) else {
            return;
        };
        for variant in 0..query.variants().len() {
            if let Some(Source::Command(command)) = prepared.source(variant) {
                comes_back(&command);
            }
        }
    } else {
        choice -= QUERIES.len();
        let Some(feed) = FEEDS.get(choice) else {
            return;
        };
        let schema = args_schema(&|made| feed.args_schema(made));
        let args = args(&schema, *form, &text);
        for variant in 0..feed.variants().len() {
            if let Ok(Some(command)) = feed.source(variant, &args) {
                comes_back(&command);
            }
        }
    }
});

/// Arguments as JSON, or the text as one of the fields, which is a number where it reads as one.
fn args(schema: &Value, form: u8, text: &str) -> Value {
    let fields = schema.get("properties").and_then(Value::as_object);
    let names: Vec<&String> = fields.into_iter().flat_map(Map::keys).collect();
    if form == 0 || names.is_empty() {
        return serde_json::from_str(text).unwrap_or_default();
    }
    let name = names
        .get(usize::from(form) % names.len())
        .map(ToString::to_string);
    let value = text
        .parse::<i64>()
        .map_or_else(|_| Value::from(text), Value::from);
    Value::Object(name.map(|name| (name, value)).into_iter().collect())
}

fn types(text: &str, bytes: &[u8]) {
    for path in [
        RemotePath::from_bytes(bytes),
        RemotePath::try_from(text.to_owned()),
    ]
    .into_iter()
    .flatten()
    {
        let bytes = path.as_bytes();
        assert!(bytes.first() == Some(&b'/') && !bytes.contains(&0) && bytes.len() <= 4095);
        assert!(
            bytes
                .split(|byte| *byte == b'/')
                .all(|part| part != b".." && part != b".")
        );
        assert_eq!(RemotePath::try_from(path.to_string()), Ok(path.clone()));
        if let Some((folder, name)) = path.split() {
            assert_eq!(folder.join(&name), Ok(path.clone()));
            assert!(folder.holds(&path));
        }
    }
    if let Ok(name) = FileName::from_bytes(bytes) {
        assert!(!name.as_bytes().contains(&b'/'));
        assert_eq!(FileName::try_from(name.to_string()), Ok(name));
    }
    assert_eq!(exact::bytes(&exact::text(bytes)), bytes);
    let harmless = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.:%@+\\-$".contains(&byte))
    };
    if let Ok(host) = HostName::try_from(text.to_owned()) {
        assert!(harmless(host.as_str()) && !host.as_str().starts_with('-'));
    }
    if let Ok(user) = UserName::try_from(text.to_owned()) {
        assert!(harmless(user.as_str()) && !user.as_str().starts_with('-'));
    }
    if let Ok(moment) = Moment::try_from(text.to_owned()) {
        assert!(Moment::try_from(String::from(moment)).is_ok());
    }
}

/// The words of the line that is sent, and of the one that is shown, are the command's.
fn comes_back(command: &Command) {
    let meant: Vec<Vec<u8>> = command
        .argv()
        .iter()
        .map(|word| exact::bytes(word))
        .collect();
    let line = command.script_line(&Marker::from_bits(7));
    assert_eq!(line.find('\n'), Some(line.len() - 1));
    let (_, sent) = line.split_once(" >&2; exec ").unwrap_or_default();
    assert_eq!(
        words(sent.trim_end_matches('\n')),
        Some(meant.clone()),
        "{line}"
    );
    assert_eq!(words(&command.to_string()), Some(meant));
}

/// Words as `sh` reads them, of the few forms that are used; `None`: there is another.
fn words(line: &str) -> Option<Vec<Vec<u8>>> {
    let mut words = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('\'') {
            let (inside, after) = quoted.split_once('\'')?;
            word.get_or_insert_default()
                .extend_from_slice(inside.as_bytes());
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\\'") {
            word.get_or_insert_default().push(b'\'');
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\"$n\"") {
            word.get_or_insert_default().push(b'\n');
            rest = after;
        } else if let Some(printed) = rest.strip_prefix("\"$(printf '") {
            let (octal, after) = printed.split_once("')\"")?;
            for digits in octal.strip_prefix('\\')?.split('\\') {
                word.get_or_insert_default()
                    .push(u8::from_str_radix(digits, 8).ok()?);
            }
            rest = after;
        } else if c == ' ' {
            words.extend(word.take());
            rest = rest.get(1..)?;
        } else if c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c) {
            word.get_or_insert_default().push(u8::try_from(c).ok()?);
            rest = rest.get(1..)?;
        } else {
            return None;
        }
    }
    words.extend(word);
    Some(words)
}
