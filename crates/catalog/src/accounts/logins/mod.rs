//! `accounts.logins`: who logged in when, for how long, and how it ended.

mod last;
mod lastlog;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The history of logins.
pub struct Logins;

/// The answer of `accounts.logins`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginHistory {
    /// The latest first, 500 at most: of `lastlog` only the last one of each account, in the order
    /// of the accounts.
    pub logins: Vec<LoginRecord>,
    /// Since when logins are noted; `null`: not told, or not with its zone.
    pub begins_at: Option<DateTime<Utc>>,
}

/// A login, or a boot among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginRecord {
    /// What it is.
    pub kind: LoginRecordKind,
    /// The account; `reboot`, `shutdown` or `runlevel` for what is no login. Without `-w` people's
    /// `last` shows eight characters of it.
    pub user: String,
    /// The terminal, `pts/0`; `null`: no login, or not told.
    pub terminal: Option<String>,
    /// The address or name the user came from; `null`: the machine itself, not told, or cut short.
    pub from: Option<String>,
    /// The kernel's version, of a boot, shutdown or runlevel; `null`: a login, or not told.
    pub kernel: Option<String>,
    /// When it began; `null`: not with its year and zone.
    pub begins_at: Option<DateTime<Utc>>,
    /// When it ended; `null`: it has not, or it is not known when.
    pub ends_at: Option<DateTime<Utc>>,
    /// How it ended; `null`: the tool does not say.
    pub end: Option<LoginEnd>,
    /// How long it was, to the minute or better; `null`: it has not ended, or not told.
    pub duration_seconds: Option<u64>,
}

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LoginRecordKind {
    /// A user's login.
    Login,
    /// The machine was started.
    Boot,
    /// The machine was shut down.
    Shutdown,
    /// Its runlevel changed.
    Runlevel,
}

/// How a login ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LoginEnd {
    /// It has not: still logged in, still running.
    Open,
    /// By a logout, or by what came next.
    Closed,
    /// The machine crashed: it was started again without having been shut down.
    Crash,
    /// The machine was shut down.
    Shutdown,
    /// Its process is gone, and no logout was noted.
    Gone,
}

impl Query for Logins {
    const ID: &'static str = "accounts.logins";
    const TITLE: &'static str = "Who logged in when";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = LoginHistory;
    const VARIANTS: &'static [Variant<NoArgs, LoginHistory>] = &[last::VARIANT, lastlog::VARIANT];
}
