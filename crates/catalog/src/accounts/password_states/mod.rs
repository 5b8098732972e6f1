//! `accounts.password_states`: whether a password is set or locked, how old it is, when it and the
//! account expire. Never the password's hash.

mod chage;
mod passwd;
mod shadow;

use chrono::{NaiveDate, TimeDelta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The states and ages of passwords.
pub struct PasswordStates;

/// The answer of `accounts.password_states`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordStateList {
    /// One for each account of `shadow(5)`; where root alone may read that, only the one of the user
    /// who asks.
    pub passwords: Vec<PasswordState>,
}

/// What is known of an account's password, without the password. Days are whole days of UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordState {
    /// The account's name.
    pub user: String,
    /// Whether there is one; `null`: the tool does not say.
    pub state: Option<PasswordKind>,
    /// When it was last changed; `null`: not known, or to be changed at the next login.
    pub last_change: Option<NaiveDate>,
    /// Whether it must be changed at the next login; `null`: not understood.
    pub must_change: Option<bool>,
    /// Days that must pass between changes; 0 and `null`: none.
    pub min_days: Option<u32>,
    /// Days after which it must be changed; `null`, and 10000 and more: never.
    pub max_days: Option<u32>,
    /// Days before its expiry on which the user is warned; `null`: not set.
    pub warn_days: Option<u32>,
    /// Days after its expiry on which it may still be used to change it; `null`: no limit.
    pub inactive_days: Option<u32>,
    /// When it expires; `null`: never.
    pub password_expires: Option<NaiveDate>,
    /// When the account expires, whatever its password; `null`: never, or the tool does not say.
    pub account_expires: Option<NaiveDate>,
}

/// Whether an account has a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PasswordKind {
    /// None fits: it was locked, or never set. Keys may still let the user in.
    Locked,
    /// None is asked for: anyone may log in.
    None,
    /// One is set.
    Set,
}

impl PasswordState {
    /// A state of which nothing but the user is known.
    fn of(user: &str) -> Self {
        Self {
            user: user.to_owned(),
            state: None,
            last_change: None,
            must_change: None,
            min_days: None,
            max_days: None,
            warn_days: None,
            inactive_days: None,
            password_expires: None,
            account_expires: None,
        }
    }

    /// The last change; the first day of all stands for "to be changed at the next login".
    fn change(&mut self, date: Option<NaiveDate>) {
        let first = NaiveDate::from_ymd_opt(1970, 1, 1);
        self.must_change = Some(date.is_some() && date == first);
        self.last_change = date.filter(|_| self.must_change == Some(false));
    }

    /// Works out when the password expires, as `chage(1)` does.
    fn expire(&mut self) {
        const NEVER: u32 = 10_000;
        self.password_expires = self
            .last_change
            .zip(self.max_days.filter(|days| *days < NEVER))
            .and_then(|(date, days)| date.checked_add_signed(TimeDelta::days(i64::from(days))));
    }
}

impl Query for PasswordStates {
    const ID: &'static str = "accounts.password_states";
    const TITLE: &'static str = "States and ages of passwords";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = PasswordStateList;
    const VARIANTS: &'static [Variant<NoArgs, PasswordStateList>] =
        &[shadow::VARIANT, passwd::VARIANT, chage::VARIANT];
}

/// A number of days that a tool printed; `Some(None)` for the `-1` that stands for none.
fn days(word: &str) -> Option<Option<u32>> {
    match word {
        "-1" => Some(None),
        word => Some(Some(super::database::number(word)?)),
    }
}
