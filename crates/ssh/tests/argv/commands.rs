//! Every command of the catalog, with all sorts of values in each of its arguments.
//!
//! Invariant: a new query, feed or argument is in it by itself.

use std::collections::HashSet;

use catalog::{
    Command, FEEDS, QUERIES, ServerFacts, Source, administrator, args_schema,
    arguments::{Pid, RemotePath},
    content, elevation, files, process, terminals,
};
use serde_json::{Map, Value, json};

use crate::kinds::{HOSTILE, KINDS, Kind};

/// An argument of a query or feed that takes text.
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: &'static Kind,
    is_required: bool,
}

type Commands = Box<dyn Fn(&Value) -> Vec<Command>>;

/// What has arguments: a query, a feed.
pub(crate) struct Asked {
    pub(crate) id: &'static str,
    pub(crate) fields: Vec<Field>,
    /// Its commands, one for each variant; none where the arguments are refused.
    commands: Commands,
}

pub(crate) fn all_asked() -> Vec<Asked> {
    let queries = QUERIES.iter().map(|query| {
        let schema = args_schema(&|made| query.args_schema(made));
        let commands = move |args: &Value| {
            let prepared = query.prepare(args).ok();
            let source = |variant| prepared.as_ref()?.source(variant);
            let command = |source| match source {
                Source::Command(command) => command,
                Source::Files(paths) => files::print(paths),
            };
            (0..query.variants().len())
                .filter_map(source)
                .map(command)
                .collect()
        };
        Asked {
            id: query.id(),
            fields: fields(&schema),
            commands: Box::new(commands),
        }
    });
    let feeds = FEEDS.iter().map(|feed| {
        let schema = args_schema(&|made| feed.args_schema(made));
        let commands = move |args: &Value| {
            (0..feed.variants().len())
                .filter_map(|variant| feed.source(variant, args).ok()?)
                .collect()
        };
        Asked {
            id: feed.id(),
            fields: fields(&schema),
            commands: Box::new(commands),
        }
    });
    queries.chain(feeds).collect()
}

fn fields(schema: &Value) -> Vec<Field> {
    let required = schema.get("required").and_then(Value::as_array);
    let properties = schema.get("properties").and_then(Value::as_object);
    let field = |(name, schema): (&String, &Value)| {
        let schema = schema
            .get("anyOf")
            .and_then(|either| either.get(0))
            .unwrap_or(schema);
        let text = |key| schema.get(key).and_then(Value::as_str).map(str::to_owned);
        let bounds = || {
            Some(format!(
                "{}..{}",
                schema.get("minimum")?,
                schema.get("maximum")?
            ))
        };
        let date = text("format").filter(|format| format == "date-time");
        let mark = text("pattern").or(date).or_else(bounds);
        let kind = KINDS.iter().find(|kind| Some(kind.mark) == mark.as_deref());
        Field {
            name: name.clone(),
            kind: kind.unwrap_or_else(|| panic!("{name} is of no known type: {schema}")),
            is_required: required.is_some_and(|all| all.contains(&Value::from(name.as_str()))),
        }
    };
    properties.into_iter().flatten().map(field).collect()
}

impl Asked {
    /// Its commands with this value in one argument; what else must be given is a model.
    pub(crate) fn with(&self, name: &str, value: Value) -> Vec<Command> {
        let others = self
            .fields
            .iter()
            .filter(|field| field.is_required && field.name != name);
        let mut args: Map<String, Value> = others
            .map(|field| (field.name.clone(), first(field.kind)))
            .collect();
        args.insert(name.to_owned(), value);
        (self.commands)(&Value::Object(args))
    }
}

fn first(kind: &Kind) -> Value {
    value(kind, kind.passes.first().copied().unwrap_or_default())
}

/// A text of a row, in JSON.
pub(crate) fn value(kind: &Kind, text: &str) -> Value {
    match kind.mark.contains("..") && !kind.mark.contains('^') {
        true => serde_json::from_str(text).unwrap(),
        false => Value::from(text),
    }
}

/// What goes into an argument of this type: what passes, and for paths all that is hostile, in long names.
pub(crate) fn values(kind: &Kind) -> Vec<Value> {
    let mut values: Vec<Value> = kind.passes.iter().map(|text| value(kind, text)).collect();
    if kind.is_free {
        let harmless: Vec<&str> = HOSTILE
            .iter()
            .copied()
            .filter(|text| !text.contains(".."))
            .collect();
        for chunk in harmless.chunks(12) {
            values.push(Value::from(format!("/{}", chunk.concat().replace('/', ""))));
            values.push(Value::from(format!("/{}", chunk.join("/"))));
        }
    }
    values
}

/// All of them, each once.
pub(crate) fn all() -> Vec<Command> {
    let mut commands = Vec::new();
    let mut paths = Vec::new();
    for asked in all_asked() {
        commands.extend((asked.commands)(&json!({})));
        for field in &asked.fields {
            for value in values(field.kind) {
                if field.kind.name == "RemotePath" {
                    paths.push(value.clone());
                }
                commands.extend(asked.with(&field.name, value));
            }
        }
    }
    let mut known = HashSet::new();
    let paths: Vec<RemotePath> = paths
        .into_iter()
        .filter(|path| known.insert(path.clone()))
        .map(|path| serde_json::from_value(path).unwrap())
        .collect();
    for (regex, any_case) in [(false, false), (true, true)] {
        let how = content::How { regex, any_case };
        commands.push(content::search(how, &paths));
        commands.extend(
            paths
                .iter()
                .map(|path| content::search(how, std::slice::from_ref(path))),
        );
    }
    for path in &paths {
        commands.push(terminals::start(Some(path), None));
        commands.push(terminals::start(None, Some(path)));
    }
    commands.extend([
        terminals::start(None, None),
        terminals::shells(),
        ServerFacts::probe(),
    ]);
    commands.extend([administrator::ways(), elevation::ways(), elevation::who()]);
    commands.extend([elevation::forget(), elevation::sftp_server()]);
    commands.push(process::end(Pid::try_from(4_194_304).unwrap()));
    let mut known = HashSet::new();
    commands.retain(|command| known.insert(command.clone()));
    commands
}
