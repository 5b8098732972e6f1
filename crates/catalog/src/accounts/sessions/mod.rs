//! `accounts.sessions`: who is logged in, at which terminal, from where.

mod loginctl;
mod loginctl_list;
mod w;
mod who;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Users who are logged in.
pub struct Sessions;

/// The answer of `accounts.sessions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionList {
    /// One for each login at a terminal or a screen. Connections without one (file transfers, this
    /// program's own) are left out where the tool can tell, which `loginctl` cannot.
    pub sessions: Vec<LoginSession>,
}

/// A user who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginSession {
    /// The user's name.
    pub user: String,
    /// The terminal (`pts/0`, `tty1`) or screen (`:0`); `null`: none, or not told.
    pub terminal: Option<String>,
    /// The address or name the user came from; `null`: the machine itself, or not told.
    pub from: Option<String>,
    /// Since when, to the minute or better; `null`: not told, or not with its time zone.
    pub since: Option<DateTime<Utc>>,
}

impl Query for Sessions {
    const ID: &'static str = "accounts.sessions";
    const TITLE: &'static str = "Users who are logged in";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SessionList;
    const VARIANTS: &'static [Variant<NoArgs, SessionList>] = &[
        who::VARIANT,
        loginctl::VARIANT,
        loginctl_list::VARIANT,
        w::VARIANT,
    ];
}

/// Whether what stands in a host's place is none: nothing, or a screen of the machine itself.
fn of_no_host(from: &str) -> bool {
    from.is_empty() || from == "-" || from.starts_with(':')
}
