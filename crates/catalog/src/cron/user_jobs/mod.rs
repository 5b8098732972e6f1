//! `cron.user_jobs`: the jobs of a user's own crontab.

mod crontab;
mod spool;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    next::Clock,
    table::{CronComment, CronJob, CronVariable, Entry, Reader},
};
use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::UserName};

/// The jobs of a user's crontab.
pub struct UserJobs;

/// The arguments of `cron.user_jobs`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserCronOf {
    /// Whose crontab, which only root may ask of others; `null`: that of the user who asks.
    #[serde(default)]
    pub user: Option<UserName>,
}

/// The answer of `cron.user_jobs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserCronJobList {
    /// The jobs in the order of the table; empty: none, or there is no table.
    pub jobs: Vec<CronJob>,
    /// The variables that it sets.
    pub variables: Vec<CronVariable>,
    /// Its comments, jobs that are switched off among them.
    pub comments: Vec<CronComment>,
}

impl UserCronJobList {
    fn none() -> Self {
        Self {
            jobs: Vec::new(),
            variables: Vec::new(),
            comments: Vec::new(),
        }
    }

    fn push(&mut self, entry: Entry) {
        match entry {
            Entry::Job(job) => self.jobs.push(*job),
            Entry::Variable(variable) => self.variables.push(variable),
            Entry::Comment(comment) if comment.text.is_empty() => {}
            Entry::Comment(comment) => self.comments.push(comment),
        }
    }

    fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.variables.is_empty() && self.comments.is_empty()
    }
}

impl Query for UserJobs {
    const ID: &'static str = "cron.user_jobs";
    const TITLE: &'static str = "A user's cron jobs";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = UserCronOf;
    type Answer = UserCronJobList;
    const VARIANTS: &'static [Variant<UserCronOf, UserCronJobList>] =
        &[crontab::VARIANT, spool::VARIANT];
}

/// Reads a table, behind the clock where the variant's own script printed it.
fn read(raw: RawOutput<'_>, file: Option<&str>) -> Result<Parsed<UserCronJobList>, ParseError> {
    let mut reader = Reader::new(file, false, None);
    let mut is_clock = raw.typed.is_empty();
    if is_clock {
        let text = raw.text();
        let clock = text.lines().next().and_then(Clock::read);
        let clock = clock.ok_or_else(|| ParseError::shape("the server printed no clock"))?;
        reader = Reader::new(file, false, Some(&clock));
    }
    let parsed = raw.read_lines(UserCronJobList::none(), |list, line| {
        if !std::mem::take(&mut is_clock) {
            list.push(reader.line(line)?);
        }
        Some(())
    });
    if parsed.value.is_empty() && !parsed.unread.is_empty() {
        let no_rows = || ParseError::shape("no line is one of a crontab");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}
