//! `cron.at_jobs`: what is to run once, at a set time.

mod atq;
mod spool;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The queue of `at`.
pub struct AtJobs;

/// The answer of `cron.at_jobs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AtJobList {
    /// The jobs in the order the tool has them; empty: none. Asked by another user than root, the
    /// user's own.
    pub jobs: Vec<AtJob>,
}

/// A job of `at` or `batch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AtJob {
    /// Its number.
    pub id: u32,
    /// When it is to run; `null`: not with its zone.
    pub runs_at: Option<DateTime<Utc>>,
    /// Its queue, a letter: `a` of `at`, `b` of `batch`; later letters run nicer. `null`: it runs
    /// now.
    pub queue: Option<String>,
    /// Whose it is; `null`: not told.
    pub user: Option<String>,
    /// Whether it runs now.
    pub is_running: bool,
}

impl Query for AtJobs {
    const ID: &'static str = "cron.at_jobs";
    const TITLE: &'static str = "Jobs that run once";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = AtJobList;
    const VARIANTS: &'static [Variant<NoArgs, AtJobList>] = &[atq::VARIANT, spool::VARIANT];
}

/// A queue by its letter and whether the job runs; `None`: it is no letter of one.
fn queue(letter: &str) -> Option<(Option<String>, bool)> {
    match letter {
        "=" => Some((None, true)),
        letter if letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            Some((Some(letter.to_owned()), false))
        }
        _ => None,
    }
}
