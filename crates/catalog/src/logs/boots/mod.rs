//! `logs.boots`: the starts of the server that the journal knows.

mod journalctl;
mod journalctl_text;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The starts that the journal knows.
pub struct Boots;

/// The answer of `logs.boots`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JournalBootList {
    /// The starts in the order of the tool, mostly the oldest first.
    pub boots: Vec<JournalBoot>,
}

/// A start of the server and what the journal holds of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JournalBoot {
    /// Its place: 0 the present one, -1 the one before.
    pub index: i64,
    /// Its id, 32 hexadecimal digits.
    pub boot_id: String,
    /// The first entry; `null`: the tool printed a zone of which nobody can tell the offset.
    pub first: Option<DateTime<Utc>>,
    /// The first entry's moment as it was printed; `null`: the tool gave a number.
    pub first_shown: Option<String>,
    /// The last entry; `null` likewise.
    pub last: Option<DateTime<Utc>>,
    /// The last entry's moment as it was printed; `null` likewise.
    pub last_shown: Option<String>,
}

impl Query for Boots {
    const ID: &'static str = "logs.boots";
    const TITLE: &'static str = "Starts of the server in the journal";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = NoArgs;
    type Answer = JournalBootList;
    const VARIANTS: &'static [Variant<NoArgs, JournalBootList>] =
        &[journalctl::VARIANT, journalctl_text::VARIANT];
}
