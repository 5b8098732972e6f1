//! `network.pings`: whether a host answers, second by second, as long as somebody listens.

mod tool;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::HostToReach;
use crate::{Capability, Feed, FeedVariant};

/// Whether a host answers, second by second.
pub struct Pings;

/// What became of one packet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PingRecord {
    /// When, by the server's clock; `null`: the tool does not tell it (iputils alone does, with `-D`).
    pub at: Option<DateTime<Utc>>,
    /// The packet's number; iputils counts from 1, the others from 0. `null`: it is not told, as for
    /// what a router says to inetutils.
    pub sequence: Option<u64>,
    /// What became of it.
    pub outcome: PingOutcome,
    /// Who answered, or who said that it cannot be delivered; `null`: nobody did.
    pub address: Option<String>,
    /// How many routers more the answer might have passed.
    pub ttl: Option<u32>,
    /// How long the answer took; `null`: there is none, or it is not told.
    pub seconds: Option<f64>,
    /// What was said in place of an answer; `null`: there is one.
    pub complaint: Option<String>,
}

/// What became of a packet. iputils can say of one packet first that it waits, then the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PingOutcome {
    /// The host answered.
    Answered,
    /// The host answered once more.
    AnsweredAgain,
    /// A second later there is no answer yet. busybox and inetutils say nothing at all then.
    Waiting,
    /// Somebody on the way says that it cannot be delivered.
    Undeliverable,
}

impl Feed for Pings {
    const ID: &'static str = "network.pings";
    const TITLE: &'static str = "Whether a host answers, second by second";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = HostToReach;
    type Record = PingRecord;
    const VARIANTS: &'static [FeedVariant<HostToReach, PingRecord>] = &[tool::VARIANT];
}
