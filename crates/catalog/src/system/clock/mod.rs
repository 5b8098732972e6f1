//! `system.clock`: what time it is on the server, in which zone, and who keeps it right.

mod date;
mod timedatectl;
mod timedatectl_text;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What time it is on the server.
pub struct Clock;

/// The answer of `system.clock`. What the tool does not tell is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClockState {
    /// The server's time; `null`: not told, or in a zone that is not certain.
    pub now: Option<DateTime<Utc>>,
    /// The server's time as the tool prints it, in the server's own zone; `null`: in `now`.
    pub now_shown: Option<String>,
    /// The zone: `Europe/Berlin`.
    pub timezone: Option<String>,
    /// Whether the hardware's clock runs in that zone instead of UTC.
    pub hardware_in_local_time: Option<bool>,
    /// Whether the time is kept right over the network.
    pub network_time: Option<bool>,
    /// Whether it has been set right so.
    pub synchronized: Option<bool>,
}

impl Query for Clock {
    const ID: &'static str = "system.clock";
    const TITLE: &'static str = "Time, zone and synchronization";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = ClockState;
    const VARIANTS: &'static [Variant<NoArgs, ClockState>] = &[
        timedatectl::VARIANT,
        timedatectl_text::VARIANT,
        date::VARIANT,
    ];
}

/// `yes` and `no` of systemd.
fn yes(text: &str) -> Option<bool> {
    match text {
        "yes" | "active" => Some(true),
        "no" | "inactive" => Some(false),
        _ => None,
    }
}
