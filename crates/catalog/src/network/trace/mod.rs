//! `network.trace`: through which routers packets go. The catalog's own commands follow the way to the
//! host that is asked for, by default to the server itself; what people's commands printed is read
//! alike.

mod mtr;
mod mtr_text;
mod tracepath;
mod traceroute;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::HostToReach;
use crate::{Capability, Query, Variant};

/// The way packets go.
pub struct Trace;

/// The answer of `network.trace`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TraceResult {
    /// The host as it was typed; `null`: the tool does not say.
    pub host: Option<String>,
    /// Its address; `null` likewise.
    pub address: Option<String>,
    /// The routers in their order; of one hop there are several where several answered.
    pub hops: Vec<TraceHop>,
}

/// A router that answered, or a hop at which nobody did. What the tool does not say is `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TraceHop {
    /// Its number, from 1.
    pub hop: u32,
    /// Its name, where the tool found one.
    pub name: Option<String>,
    /// Its address; `null` also: it did not answer.
    pub address: Option<String>,
    /// How long each answer took, where they are told one by one.
    pub answer_seconds: Vec<f64>,
    /// How many packets were not answered, where they are told one by one.
    pub lost: u32,
    /// Packets sent.
    pub sent: Option<u64>,
    /// Packets without an answer, 0 to 100.
    pub loss_percent: Option<f64>,
    /// The mean of the answers.
    pub average_seconds: Option<f64>,
    /// The fastest answer.
    pub least_seconds: Option<f64>,
    /// The slowest answer.
    pub most_seconds: Option<f64>,
    /// What else was said, for example `!H`: the host cannot be reached from there.
    pub notes: Vec<String>,
}

impl TraceHop {
    /// A hop at which nobody has answered yet.
    fn new(hop: u32) -> Self {
        Self {
            hop,
            ..Self::default()
        }
    }

    /// Takes an address or a name; `???` is neither.
    fn set_host(&mut self, text: &str) {
        if crate::network::common::family(text).is_some() {
            self.address = Some(text.to_owned());
        } else if text != "???" {
            self.name = Some(text.to_owned());
        }
    }
}

impl Query for Trace {
    const ID: &'static str = "network.trace";
    const TITLE: &'static str = "The way packets go";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = HostToReach;
    type Answer = TraceResult;
    const VARIANTS: &'static [Variant<HostToReach, TraceResult>] = &[
        traceroute::VARIANT,
        tracepath::VARIANT,
        mtr::VARIANT,
        mtr_text::VARIANT,
    ];
}
