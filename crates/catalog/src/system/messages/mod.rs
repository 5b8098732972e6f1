//! `system.messages`: what the kernel has said since boot.

mod dmesg;
mod dmesg_json;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What the kernel has said.
pub struct Messages;

/// The answer of `system.messages`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KernelMessageList {
    /// The messages, the oldest that is still there first.
    pub messages: Vec<KernelMessage>,
}

/// One message of the kernel, or of a program by way of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KernelMessage {
    /// Seconds since boot; `null`: not shown.
    pub uptime_seconds: Option<f64>,
    /// When it was said; `null`: not shown, or in a zone that is not certain.
    pub at: Option<DateTime<Utc>>,
    /// When it was said as the tool prints it; `null`: not shown, or in `at` or `uptimeSeconds`.
    pub at_shown: Option<String>,
    /// `emerg`, `alert`, `crit`, `err`, `warn`, `notice`, `info` or `debug`; `null`: not shown.
    pub level: Option<String>,
    /// Who said it, in the words of `syslog(3)`: `kern`, `daemon`; `null`: not shown.
    pub facility: Option<String>,
    /// What was said.
    pub text: String,
}

impl Query for Messages {
    const ID: &'static str = "system.messages";
    const TITLE: &'static str = "Messages of the kernel";
    const CAPABILITY: Capability = Capability::LogsRead;
    type Args = NoArgs;
    type Answer = KernelMessageList;
    const VARIANTS: &'static [Variant<NoArgs, KernelMessageList>] =
        &[dmesg::VARIANT, dmesg_json::VARIANT];
}

/// The words for the levels, by number.
const LEVELS: [&str; 8] = [
    "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug",
];

/// The words for the facilities, by number.
const FACILITIES: [&str; 12] = [
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv",
    "ftp",
];

/// Facility and level of a priority, `None` where the number has no words.
fn priority(number: usize) -> (Option<String>, Option<String>) {
    let word = |words: &[&str], at: usize| words.get(at).map(|word| (*word).to_owned());
    (
        word(&FACILITIES, number.div_euclid(8)),
        word(&LEVELS, number.rem_euclid(8)),
    )
}
