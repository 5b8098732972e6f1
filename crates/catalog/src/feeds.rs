//! The one list of all feeds, alphabetical, and the form in which the rest of the program sees them;
//! and the way from bytes that come in pieces to the lines they read.

use schemars::{Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use crate::{
    BadArguments, Capability, Command, Feed, Heard, Needs, clean_json, docker, logs, network,
    registry, text,
};

/// Every feed there is, by id. A test holds it complete and sorted.
pub const FEEDS: &[&dyn AnyFeed] = &[
    &Entry::<docker::Events>::NEW,
    &Entry::<docker::LiveStats>::NEW,
    &Entry::<docker::LogLines>::NEW,
    &Entry::<logs::NewEntries>::NEW,
    &Entry::<logs::NewLines>::NEW,
    &Entry::<network::Pings>::NEW,
];

/// The feed with this id; `None`: there is none.
#[must_use]
pub fn find_feed(id: &str) -> Option<&'static dyn AnyFeed> {
    FEEDS.iter().find(|feed| feed.id() == id).copied()
}

/// A feed without its types.
pub trait AnyFeed: Sync {
    /// See [`Feed::ID`].
    fn id(&self) -> &'static str;
    /// See [`Feed::TITLE`].
    fn title(&self) -> &'static str;
    /// See [`Feed::CAPABILITY`].
    fn capability(&self) -> Capability;
    /// Names and needs of the variants, best first.
    fn variants(&self) -> Vec<(&'static str, Needs)>;
    /// See [`FeedVariant::reads`](crate::FeedVariant).
    fn reads(&self, variant: usize) -> &'static [&'static str];
    /// The arguments' JSON Schema, shared parts left in the generator.
    fn args_schema(&self, generator: &mut SchemaGenerator) -> Schema;
    /// A record's JSON Schema, likewise.
    fn record_schema(&self, generator: &mut SchemaGenerator) -> Schema;
    /// Validates the arguments and gives what the variant at this index runs; `None`: no such
    /// variant.
    ///
    /// # Errors
    /// Names the argument and what is wrong with it.
    fn source(&self, variant: usize, args: &Value) -> Result<Option<Command>, BadArguments>;
    /// Reads one line, without its line feed, as the variant at this index does. No string of a
    /// record holds a control character but line feed and tab.
    fn read(&self, variant: usize, line: &[u8]) -> Heard<Value>;
    /// The same, a record written at once to the end of `json`, as a line of JSON with its line feed.
    fn write(&self, variant: usize, line: &[u8], json: &mut Vec<u8>) -> Heard<()>;
}

struct Entry<F>(std::marker::PhantomData<fn() -> F>);

impl<F: Feed> Entry<F> {
    const NEW: Self = Self(std::marker::PhantomData);
}

impl<F: Feed> AnyFeed for Entry<F> {
    fn id(&self) -> &'static str {
        F::ID
    }

    fn title(&self) -> &'static str {
        F::TITLE
    }

    fn capability(&self) -> Capability {
        F::CAPABILITY
    }

    fn variants(&self) -> Vec<(&'static str, Needs)> {
        F::VARIANTS
            .iter()
            .map(|variant| (variant.name, variant.needs))
            .collect()
    }

    fn reads(&self, variant: usize) -> &'static [&'static str] {
        F::VARIANTS
            .get(variant)
            .map_or(&[], |variant| variant.reads)
    }

    fn args_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<F::Args>()
    }

    fn record_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<F::Record>()
    }

    fn source(&self, variant: usize, args: &Value) -> Result<Option<Command>, BadArguments> {
        let args = registry::arguments::<F::Args>(F::ID, args)?;
        Ok(F::VARIANTS
            .get(variant)
            .map(|variant| (variant.source)(&args)))
    }

    fn read(&self, variant: usize, line: &[u8]) -> Heard<Value> {
        match heard::<F>(variant, line) {
            Heard::Record(record) => Heard::from_option(untyped(record)),
            Heard::Nothing => Heard::Nothing,
            Heard::Unread => Heard::Unread,
        }
    }

    fn write(&self, variant: usize, line: &[u8], json: &mut Vec<u8>) -> Heard<()> {
        let record = match heard::<F>(variant, line) {
            Heard::Record(record) => record,
            Heard::Nothing => return Heard::Nothing,
            Heard::Unread => return Heard::Unread,
        };
        let begin = json.len();
        if !clean_json::write(&record, json) {
            // What needs a second look is looked at as a value.
            json.truncate(begin);
            let written = untyped(record).map(|value| serde_json::to_writer(&mut *json, &value));
            if !matches!(written, Some(Ok(()))) {
                json.truncate(begin);
                return Heard::Unread;
            }
        }
        json.push(b'\n');
        Heard::Record(())
    }
}

/// What a line is to a variant, its cells not yet cleaned.
fn heard<F: Feed>(variant: usize, line: &[u8]) -> Heard<F::Record> {
    let line = text::clean(line);
    let Some(variant) = F::VARIANTS.get(variant) else {
        return Heard::Unread;
    };
    if line.trim().is_empty() || text::is_noise(&line) {
        return Heard::Nothing;
    }
    (variant.read)(&line)
}

/// A cleaned value; `None`: it is not expressible.
fn untyped(record: impl Serialize) -> Option<Value> {
    let mut value = serde_json::to_value(record).ok()?;
    registry::scrub(&mut value);
    Some(value)
}

/// A line longer than this is cut there, and the rest of it dropped: no tool prints such a record.
pub const LONGEST_LINE: usize = 1 << 20;

/// Cuts bytes that come in pieces into lines; holds at most one line of [`LONGEST_LINE`] bytes.
#[derive(Debug, Default)]
pub struct LineCutter {
    begun: Vec<u8>,
}

impl LineCutter {
    /// Takes the next bytes and hands each whole line, without its line feed, to `line`.
    pub fn push(&mut self, bytes: &[u8], mut line: impl FnMut(&[u8])) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (whole, after) = rest.split_at(end);
            if self.begun.is_empty() {
                line(whole.get(..LONGEST_LINE).unwrap_or(whole));
            } else {
                self.keep(whole);
                line(&self.begun);
                self.begun.clear();
            }
            rest = after.get(1..).unwrap_or_default();
        }
        self.keep(rest);
    }

    /// What came after the last line feed: a line that was cut. Empty: nothing did.
    #[must_use]
    pub fn rest(self) -> Vec<u8> {
        self.begun
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = LONGEST_LINE.saturating_sub(self.begun.len());
        self.begun
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        let ids: Vec<_> = FEEDS.iter().map(|feed| feed.id()).collect();
        assert!(ids.is_sorted(), "{ids:?}");
    }

    #[test]
    fn pieces_become_lines() {
        let mut cutter = LineCutter::default();
        let mut lines = Vec::new();
        for piece in ["a", "b\nc\n\nd", "e"] {
            cutter.push(piece.as_bytes(), |line| lines.push(line.to_vec()));
        }
        assert_eq!(lines, [&b"ab"[..], b"c", b""]);
        assert_eq!(cutter.rest(), b"de");
    }

    #[test]
    fn a_line_without_an_end_takes_no_memory_without_an_end() {
        let mut cutter = LineCutter::default();
        let piece = vec![b'x'; LONGEST_LINE];
        let mut longest = 0;
        for _ in 0..3 {
            cutter.push(&piece, |line| longest = longest.max(line.len()));
        }
        cutter.push(b"\nb\n", |line| longest = longest.max(line.len()));
        assert_eq!(longest, LONGEST_LINE);
        assert!(cutter.rest().is_empty());
    }
}
