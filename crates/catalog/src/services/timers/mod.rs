//! `services.timers`: the timers of systemd, when they went off and when they will.

mod systemctl;
mod systemctl_text;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The timers of systemd.
pub struct Timers;

/// The answer of `services.timers`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceTimerList {
    /// The timers, the next to go off first; empty: there is none.
    pub timers: Vec<ServiceTimer>,
}

/// A timer as `systemctl(1) list-timers` tells of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceTimer {
    /// Its name, `logrotate.timer`.
    pub name: String,
    /// The units it starts, mostly one; empty: none, or not told.
    pub activates: Vec<String>,
    /// When it goes off next; `null`: never, or the tool printed a zone of which nobody can tell
    /// the offset (see `next_shown`).
    pub next: Option<DateTime<Utc>>,
    /// The next moment as it was printed; `null`: never, or the tool gave a number.
    pub next_shown: Option<String>,
    /// How long that is from the moment of the question, as roughly as the tool said it; below 0:
    /// it is overdue; `null`: the tool gave the moment alone.
    pub left_seconds: Option<f64>,
    /// When it went off last; `null`: not yet, or the zone is not known.
    pub last: Option<DateTime<Utc>>,
    /// The last moment as it was printed; `null` likewise.
    pub last_shown: Option<String>,
    /// How long that is ago, as roughly; `null` likewise.
    pub passed_seconds: Option<f64>,
}

impl Query for Timers {
    const ID: &'static str = "services.timers";
    const TITLE: &'static str = "Timers of systemd";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ServiceTimerList;
    const VARIANTS: &'static [Variant<NoArgs, ServiceTimerList>] =
        &[systemctl::VARIANT, systemctl_text::VARIANT];
}
