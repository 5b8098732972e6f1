//! The contract of what is followed: records that come one by one, as long as somebody listens.
//!
//! Invariant: a line is read by itself, so that a feed can begin and be cut anywhere.

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Capability, Command, Needs};

/// Something of a server that goes on: "what Docker does", "new lines of the journal".
pub trait Feed: 'static {
    /// Domain and name, for example `docker.events`; the folder and the route are named so too.
    const ID: &'static str;
    /// What is followed, in a few words for people.
    const TITLE: &'static str;
    /// What a profile must be granted for it.
    const CAPABILITY: Capability;
    /// Validated arguments: a field's `Deserialize` is its validation.
    type Args: DeserializeOwned + JsonSchema;
    /// One record, a JSON object.
    type Record: Serialize + DeserializeOwned + JsonSchema;
    /// The tools that can be followed, best first.
    const VARIANTS: &'static [FeedVariant<Self::Args, Self::Record>];
}

/// One tool's way to go on telling.
pub struct FeedVariant<Args, Record> {
    /// The file it lives in and the prefix of its fixtures.
    pub name: &'static str,
    /// What the server must have for it.
    pub needs: Needs,
    /// What to run; it goes on until it is ended.
    pub source: fn(&Args) -> Command,
    /// Command lines of people whose output it reads too: see [`Variant::reads`](crate::Variant).
    pub reads: &'static [&'static str],
    /// Reads one cleaned line without its line feed.
    pub read: fn(&str) -> Heard<Record>,
}

/// What one line of a feed is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard<Record> {
    /// A record.
    Record(Record),
    /// A line that says nothing: a heading, a summary.
    Nothing,
    /// A line that was not understood.
    Unread,
}

impl<Record> Heard<Record> {
    /// A record where there is one, else a line that was not understood.
    pub fn from_option(record: Option<Record>) -> Self {
        record.map_or(Self::Unread, Self::Record)
    }
}
