//! `mail.queue`: mail that waits to be sent.

mod exim;
mod postqueue;
mod postqueue_json;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Mail that waits.
pub struct Queue;

/// The answer of `mail.queue`, see `postqueue(1)` and `exim(8)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MailQueue {
    /// The messages; empty: none waits.
    pub messages: Vec<QueuedMail>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QueuedMail {
    /// Its id, which `postqueue -i` and `exim -M` take.
    pub id: String,
    /// `active` (being sent), `deferred` (tried again later), `hold` (Exim says frozen), `incoming`,
    /// `maildrop`; `null`:
    /// not told.
    pub queue: Option<String>,
    /// When it came; `null`: not told, or without its zone.
    pub arrived_at: Option<DateTime<Utc>>,
    /// Its size, as near as the tool tells it (Exim: `3.2K`).
    pub size_bytes: u64,
    /// Who sent it; `MAILER-DAEMON`: the mail system itself.
    pub sender: String,
    /// To whom it is to go yet.
    pub recipients: Vec<QueuedRecipient>,
}

/// Somebody a message is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QueuedRecipient {
    /// The address.
    pub address: String,
    /// Why it is not there yet; `null`: it has not been tried, or not told.
    pub reason: Option<String>,
}

impl Query for Queue {
    const ID: &'static str = "mail.queue";
    const TITLE: &'static str = "Mail that waits to be sent";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = MailQueue;
    const VARIANTS: &'static [Variant<NoArgs, MailQueue>] =
        &[postqueue_json::VARIANT, postqueue::VARIANT, exim::VARIANT];
}
