//! An entry as it is told: how something began and, once that is known, how it ended.

use catalog::Capability;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Asker, Deed, chain::hex};

/// Something that was started on a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// The number of its line; counts up.
    pub id: i64,
    /// When it was started, RFC 3339 in UTC.
    pub at: String,
    /// The server's id.
    pub server: String,
    /// Who asked for it.
    pub asker: Asker,
    /// The capability it was allowed by.
    pub capability: Capability,
    /// What kind of thing it is.
    pub deed: Deed,
    /// What it was for: a query's or feed's id, `files.save`, `terminals.open`.
    pub what: String,
    /// The tool that was used.
    pub tool: String,
    /// A command as it would be typed, with its exact words; of a change of files its paths.
    pub command: String,
    /// Its exit code; `null`: it has none, or is not known.
    pub exit_code: Option<i32>,
    /// How long it took, in milliseconds; `null`: it goes on, or the program ended before it did.
    pub duration_ms: Option<u64>,
    /// What came back, in bytes, or what a change of files carried; `null`: not counted.
    pub bytes: Option<u64>,
    /// `ok` or what went wrong, in a word; `null`: as for the duration.
    pub outcome: Option<String>,
    /// The hash of the line in which it began, 64 hexadecimal digits; all zeros: from before
    /// hashes were kept.
    pub hash: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BeginsRecord {
    at: String,
    server: String,
    asker: Asker,
    capability: Capability,
    deed: Deed,
    what: String,
    tool: String,
    command: String,
}

/// Whether a line's text is one of a beginning.
pub(super) fn is_beginning(record: &str) -> bool {
    serde_json::from_str::<BeginsRecord>(record).is_ok()
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EndedRecord {
    duration_ms: Option<u64>,
    exit_code: Option<i32>,
    bytes: Option<u64>,
    outcome: Option<String>,
}

impl JournalEntry {
    /// Of the two lines' texts.
    pub(super) fn of(
        id: i64,
        begins: &str,
        hash: &[u8],
        ended: Option<&str>,
    ) -> Result<Self, serde_json::Error> {
        let begins: BeginsRecord = serde_json::from_str(begins)?;
        let ended: EndedRecord = ended
            .map(serde_json::from_str)
            .transpose()?
            .unwrap_or_default();
        Ok(Self {
            id,
            at: begins.at,
            server: begins.server,
            asker: begins.asker,
            capability: begins.capability,
            deed: begins.deed,
            what: begins.what,
            tool: begins.tool,
            command: begins.command,
            exit_code: ended.exit_code,
            duration_ms: ended.duration_ms,
            bytes: ended.bytes,
            outcome: ended.outcome,
            hash: hex(hash),
        })
    }
}
