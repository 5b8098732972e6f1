//! `network.ping`: whether a host answered, and how fast. The catalog's own command sends three packets
//! to the host that is asked for, by default to the server itself; what people's commands printed is
//! read alike.

pub(super) mod tool;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::HostToReach;
use crate::{Capability, Query, Variant};

/// What a ping measured.
pub struct Ping;

/// The answer of `network.ping`. Figures are `null` where the output ended before its summary.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PingResult {
    /// The host as it was typed.
    pub host: Option<String>,
    /// The address that was asked.
    pub address: Option<String>,
    /// Packets sent.
    pub transmitted: Option<u64>,
    /// Answers.
    pub received: Option<u64>,
    /// Answers that came twice; `null`: none is told.
    pub duplicates: Option<u64>,
    /// Packets of which a router said that they cannot be delivered; `null`: none is told.
    pub errors: Option<u64>,
    /// Packets without an answer, 0 to 100.
    pub loss_percent: Option<f64>,
    /// The fastest answer; `null`: there was none.
    pub least_seconds: Option<f64>,
    /// The mean of all answers.
    pub average_seconds: Option<f64>,
    /// The slowest answer.
    pub most_seconds: Option<f64>,
    /// How far they differ; `null` also where the tool does not say.
    pub deviation_seconds: Option<f64>,
    /// Each packet of which something was printed.
    pub replies: Vec<PingReply>,
}

/// What became of a packet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PingReply {
    /// Its number; iputils counts from 1, the others from 0.
    pub sequence: u64,
    /// How many routers more it might have passed.
    pub ttl: Option<u32>,
    /// How long the answer took; `null`: there is none, or it is not told.
    pub seconds: Option<f64>,
    /// What was said in place of an answer.
    pub complaint: Option<String>,
}

impl Query for Ping {
    const ID: &'static str = "network.ping";
    const TITLE: &'static str = "What a ping measured";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = HostToReach;
    type Answer = PingResult;
    const VARIANTS: &'static [Variant<HostToReach, PingResult>] = &[tool::VARIANT];
}
