//! `firewall.fail2ban`: the jails of fail2ban and whom they shut out.

mod client;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The jails of fail2ban.
pub struct Fail2ban;

/// The answer of `firewall.fail2ban`, see `fail2ban-client(1)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Fail2banStatus {
    /// The jails that run; empty: none does.
    pub jails: Vec<Fail2banJail>,
}

/// A jail: what it looks for, and whom it shut out. All but the name is `null` where the list of
/// jails alone was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Fail2banJail {
    /// Its name.
    pub name: String,
    /// Addresses that failed lately, and are not shut out yet.
    pub currently_failed: Option<u64>,
    /// Failures since it was started.
    pub total_failed: Option<u64>,
    /// The log files it reads; `null`: none, it reads the journal, or not told.
    pub files: Option<Vec<String>>,
    /// What it reads of the journal: `_SYSTEMD_UNIT=sshd.service + _COMM=sshd`; `null`: nothing,
    /// or not told.
    pub journal_matches: Option<String>,
    /// Addresses that are shut out now.
    pub currently_banned: Option<u64>,
    /// Those shut out since it was started.
    pub total_banned: Option<u64>,
    /// The addresses that are shut out now.
    pub banned: Option<Vec<String>>,
}

impl Query for Fail2ban {
    const ID: &'static str = "firewall.fail2ban";
    const TITLE: &'static str = "Jails of fail2ban and whom they shut out";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = Fail2banStatus;
    const VARIANTS: &'static [Variant<NoArgs, Fail2banStatus>] = &[client::VARIANT];
}
