//! `dig(1)` of bind, with or without its comments, and `dig +short`.

use std::borrow::Cow;

use super::{LookupQuestion, LookupRecord, LookupResult, why_none};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::HostName,
    command::{NeverAnOption, Word},
    network::common::{is_silent, milliseconds},
};

pub(super) const VARIANT: Variant<LookupQuestion, LookupResult> = Variant {
    name: "dig",
    needs: Needs::programs(&["dig"]),
    source: |args| Source::Command(command(args)),
    reads: &["dig"],
    parse,
};

fn command(args: &LookupQuestion) -> Command {
    let mut command = Command::new("dig").words(&["+tries=1", "+time=1"]);
    match (&args.host, &args.server) {
        (_, Some(server)) => command = command.value(&NameServer(server)),
        (None, None) => command = command.word("@127.0.0.1"),
        (Some(_), None) => {}
    }
    match &args.host {
        // Behind `-q` a name is never taken for a type or a class, as `mx` would be.
        Some(host) if !host.is_address() => command.word("-q").value(host),
        Some(address) => command.word("-x").value(address),
        None => command.word("localhost"),
    }
}

/// A name server as `dig` takes it: behind `@`.
struct NameServer<'a>(&'a HostName);

impl Word for NameServer<'_> {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("@{}", self.0.as_str()))
    }
}

impl NeverAnOption for NameServer<'_> {}

/// What the lines before have begun.
#[derive(Default)]
pub(super) struct State {
    section: Option<&'static str>,
    /// Whether the last record has a bracket that is not closed yet.
    open: bool,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LookupResult>, ParseError> {
    let short = raw.typed.iter().any(|word| word == "+short");
    let mut state = State::default();
    let parsed = raw.read_lines(LookupResult::default(), |value, line| {
        if short && !line.starts_with(';') {
            value.records.push(LookupRecord {
                data: line.trim().to_owned(),
                ..LookupRecord::default()
            });
            return Some(());
        }
        read(value, line, &mut state)
    });
    // Nothing is printed of a name without records where comments are off.
    if parsed.value.status.is_none() && parsed.value.records.is_empty() && !is_silent(&raw) {
        return Err(why_none(&raw, "no answer of dig"));
    }
    Ok(parsed)
}

/// Reads a line of an answer in the form of a zone file, with comments.
pub(super) fn read(value: &mut LookupResult, line: &str, state: &mut State) -> Option<()> {
    if let Some(text) = line.strip_prefix(";;") {
        comment(value, text.trim(), state);
        return Some(());
    }
    if line.starts_with(';') {
        return Some(());
    }
    if state.open && line.starts_with(['\t', ' ']) {
        // `+multiline` sets a record over several lines, each with a comment.
        let text = line.split(';').next()?.trim();
        state.open = !text.ends_with(')');
        let data = &mut value.records.last_mut()?.data;
        data.push(' ');
        data.push_str(text);
        return Some(());
    }
    let mut record = record(line)?;
    record.section = state.section.map(str::to_owned);
    state.open = record.data.ends_with('(');
    value.records.push(record);
    Some(())
}

fn comment(value: &mut LookupResult, text: &str, state: &mut State) {
    let behind = |key: &str| {
        let (_, rest) = text.split_once(key)?;
        rest.split([',', ';', ' ', '#']).next()
    };
    if text.starts_with("->>HEADER<<-") {
        let went_well = value
            .status
            .as_deref()
            .is_none_or(|status| status == "NOERROR");
        if let Some(status) = behind("status: ").filter(|_| went_well) {
            value.status = Some(status.to_owned());
        }
    } else if let Some(flags) = text.strip_prefix("flags:") {
        let flags = flags.split(';').next().unwrap_or(flags);
        value.is_authoritative = Some(flags.split_ascii_whitespace().any(|flag| flag == "aa"));
    } else if text.starts_with("SERVER: ") {
        value.server = behind("SERVER: ").map(str::to_owned);
    } else if text.starts_with("Query time: ") {
        value.query_seconds = behind("Query time: ")
            .filter(|_| text.ends_with(" msec"))
            .and_then(milliseconds);
    } else if let Some(section) = text.strip_suffix(" SECTION:") {
        state.section = match section {
            "ANSWER" => Some("answer"),
            "AUTHORITY" => Some("authority"),
            "ADDITIONAL" => Some("additional"),
            _ => None,
        };
    }
}

/// Reads `name [ttl] [class] TYPE data`.
fn record(line: &str) -> Option<LookupRecord> {
    let (name, mut rest) = word(line)?;
    let mut ttl = None;
    let (mut next, mut behind) = word(rest)?;
    if let Ok(seconds) = next.parse::<u32>() {
        ttl = Some(seconds);
        rest = behind;
        (next, behind) = word(rest)?;
    }
    if matches!(next, "IN" | "CH" | "HS" | "ANY" | "NONE") {
        rest = behind;
        (next, behind) = word(rest)?;
    }
    let is_kind = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    let starts_well = next.starts_with(|c: char| c.is_ascii_uppercase());
    let whole = !behind.trim().is_empty() && !name.ends_with(':') && !line.starts_with([' ', '\t']);
    (starts_well && next.bytes().all(is_kind) && whole).then_some(())?;
    Some(LookupRecord {
        ttl_seconds: ttl,
        ..LookupRecord::new(name, next, behind)
    })
}

/// The first word of a text, and what is behind it.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    text.split_at_checked(end)
        .filter(|(word, _)| !word.is_empty())
}
