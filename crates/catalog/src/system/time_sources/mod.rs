//! `system.time_sources`: from whom the server takes the time, and how far that is from its own.

mod chronyc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// From whom the server takes the time.
pub struct TimeSources;

/// The answer of `system.time_sources`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimeSourceList {
    /// The sources in the tool's order; empty: it has none.
    pub sources: Vec<TimeSource>,
}

/// A server, a peer or a clock, see `chronyc(1)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimeSource {
    /// Its name or address.
    pub name: String,
    /// What it is.
    pub mode: TimeSourceMode,
    /// What is made of it.
    pub state: TimeSourceState,
    /// How many servers stand between it and a clock, and it; 0: not known yet.
    pub stratum: u32,
    /// How long is waited between two questions.
    pub poll_seconds: f64,
    /// Which of the last eight questions were answered, a bit each, the newest the lowest: 255 is all.
    pub reached: u8,
    /// How long ago it answered last; `null`: never.
    pub last_answer_seconds: Option<u64>,
    /// How far the server's clock was ahead of it then, negative: behind; `null`: it never answered.
    pub offset_seconds: Option<f64>,
    /// How much that may be wrong; `null` likewise.
    pub error_seconds: Option<f64>,
}

/// What a source of time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TimeSourceMode {
    /// A server that is asked.
    Server,
    /// A server that asks in turn.
    Peer,
    /// A clock of the machine.
    LocalClock,
}

/// What is made of a source of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TimeSourceState {
    /// The best, which is followed.
    Selected,
    /// Good, and taken into account.
    Combined,
    /// Good enough, but not taken into account.
    NotCombined,
    /// Its time is in contradiction to that of most.
    Wrong,
    /// It varies too much.
    TooVariable,
    /// It does not answer, or cannot be used.
    Unusable,
}

impl Query for TimeSources {
    const ID: &'static str = "system.time_sources";
    const TITLE: &'static str = "Where the time is taken from";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = TimeSourceList;
    const VARIANTS: &'static [Variant<NoArgs, TimeSourceList>] = &[chronyc::VARIANT];
}
