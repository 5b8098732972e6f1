//! `accounts.sudo_rules`: what a user may run by `sudo`, and as whom.

mod listing;
mod rule;
mod sudo;
mod sudo_short;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::UserName};

/// What a user may run by sudo.
pub struct SudoRules;

/// The arguments of `accounts.sudo_rules`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SudoRulesOf {
    /// Whose rules, which only root and who may do all may ask of others; `null`: those of the user
    /// who asks.
    #[serde(default)]
    pub user: Option<UserName>,
}

/// The answer of `accounts.sudo_rules`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SudoRuleList {
    /// Whose they are; `null`: not told in a language that is understood.
    pub user: Option<String>,
    /// The rules in their order, of which the last that fits counts; empty: the user may run
    /// nothing.
    pub rules: Vec<SudoRule>,
    /// The settings that hold for the user, as sudoers writes them: `env_reset`, `!requiretty`.
    pub defaults: Vec<String>,
    /// The settings of single commands: `Defaults!/usr/bin/vim noexec`.
    pub command_defaults: Vec<String>,
}

/// Commands that a user may run, or may not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SudoRule {
    /// As which users: names, `#` and numbers, `%` and groups, `ALL`.
    pub run_as_users: Vec<String>,
    /// As which groups; empty: none but those of the user it runs as.
    pub run_as_groups: Vec<String>,
    /// Whether the rule asks for a password; `null`: as the defaults say, which ask unless they hold
    /// `!authenticate`.
    pub asks_password: Option<bool>,
    /// What else is said of it, in small letters: `!authenticate`, `setenv`, `noexec`, `cwd=/srv`.
    pub options: Vec<String>,
    /// The commands with their arguments as sudoers writes them; `ALL`; with `!` before it one that
    /// may not be run.
    pub commands: Vec<String>,
    /// The file with the rule; `null`: not told.
    pub file: Option<String>,
}

impl Query for SudoRules {
    const ID: &'static str = "accounts.sudo_rules";
    const TITLE: &'static str = "What a user may run by sudo";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = SudoRulesOf;
    type Answer = SudoRuleList;
    const VARIANTS: &'static [Variant<SudoRulesOf, SudoRuleList>] =
        &[sudo::VARIANT, sudo_short::VARIANT];
}
