//! `accounts.failed_logins`: who tried to log in and was refused. Only root may ask.

mod faillock;
mod lastb;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// Logins that failed.
pub struct FailedLogins;

/// The answer of `accounts.failed_logins`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FailedLoginList {
    /// As the tool orders them, 500 at most: `lastb` the latest first, `faillock` by account.
    pub attempts: Vec<FailedLogin>,
    /// Since when they are noted; `null`: not told, or not with its zone.
    pub begins_at: Option<DateTime<Utc>>,
}

/// An attempt to log in that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FailedLogin {
    /// The name that was given, which need not be an account's; `null`: none. Without `-w` people's
    /// `lastb` shows eight characters of it.
    pub user: Option<String>,
    /// Where it was tried, `ssh:notty`, `tty1`, or a service's name; `null`: not told.
    pub terminal: Option<String>,
    /// The address or name it came from; `null`: the machine itself, not told, or cut short.
    pub from: Option<String>,
    /// When; `null`: not with its year and zone.
    pub at: Option<DateTime<Utc>>,
    /// Whether it counts towards locking the account; `null`: the tool does not say.
    pub counts: Option<bool>,
}

impl Query for FailedLogins {
    const ID: &'static str = "accounts.failed_logins";
    const TITLE: &'static str = "Logins that failed";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = FailedLoginList;
    const VARIANTS: &'static [Variant<NoArgs, FailedLoginList>] =
        &[lastb::VARIANT, faillock::VARIANT];
}
