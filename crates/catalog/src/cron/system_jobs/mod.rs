//! `cron.system_jobs`: the jobs of the system's tables, `/etc/crontab`, `/etc/cron.d` and
//! `/etc/anacrontab`.

mod files;
mod tables;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    next::Clock,
    table::{CronComment, CronJob, CronVariable, Entry, Reader},
};
use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::NoArgs, text};

/// The jobs of the system's crontabs.
pub struct SystemJobs;

/// The answer of `cron.system_jobs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemCronJobList {
    /// The jobs of cron, table by table; empty: none, or there is no table.
    pub jobs: Vec<CronJob>,
    /// The jobs of anacron, which makes up for the time that a machine was off; empty: none.
    pub anacron_jobs: Vec<AnacronJob>,
    /// The variables that the tables set.
    pub variables: Vec<CronVariable>,
    /// Their comments, jobs that are switched off among them.
    pub comments: Vec<CronComment>,
}

/// A job of `anacrontab(5)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnacronJob {
    /// How often it runs.
    pub period: AnacronPeriod,
    /// The days of its period; `null`: it is a month or a year.
    pub period_days: Option<u32>,
    /// Minutes that it waits after anacron's start.
    pub delay_minutes: u32,
    /// Its name, by which its last run is remembered.
    pub name: String,
    /// What the shell runs.
    pub command: String,
}

/// How often a job of anacron runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AnacronPeriod {
    /// After a number of days; each day and each week are written so too.
    Days,
    /// Once a month.
    Month,
    /// Once a year.
    Year,
}

impl Query for SystemJobs {
    const ID: &'static str = "cron.system_jobs";
    const TITLE: &'static str = "The system's cron jobs";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SystemCronJobList;
    const VARIANTS: &'static [Variant<NoArgs, SystemCronJobList>] =
        &[tables::VARIANT, files::VARIANT];
}

impl SystemCronJobList {
    fn none() -> Self {
        Self {
            jobs: Vec::new(),
            anacron_jobs: Vec::new(),
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
        self.jobs.is_empty()
            && self.anacron_jobs.is_empty()
            && self.variables.is_empty()
            && self.comments.is_empty()
    }
}

const ANACRONTAB: &str = "/etc/anacrontab";

/// Reads tables into a list; where there are several, a line `==> /etc/cron.d/name <==` stands
/// before each, as `head` and `tail` print it. Gives whether there was such a line.
fn read(
    raw: RawOutput<'_>,
    parsed: &mut Parsed<SystemCronJobList>,
    file: Option<&str>,
    clock: Option<&Clock>,
) -> bool {
    let text = raw.text();
    let mut has_names = false;
    let mut is_anacron = file == Some(ANACRONTAB);
    let mut reader = Reader::new(file, true, clock);
    for (index, line) in text::lines(&text).skip(usize::from(clock.is_some())) {
        let name = line
            .strip_prefix("==> ")
            .and_then(|line| line.strip_suffix(" <=="));
        if let Some(name) = name {
            has_names = true;
            is_anacron = name == ANACRONTAB;
            reader = Reader::new(Some(name), true, clock);
            continue;
        }
        let job = if is_anacron { anacron_job(line) } else { None };
        match job {
            Some(job) => parsed.value.anacron_jobs.push(job),
            None => match reader
                .line(line)
                .filter(|entry| !(is_anacron && matches!(entry, Entry::Job(_))))
            {
                Some(entry) => parsed.value.push(entry),
                None => parsed.leave_unread(index, line),
            },
        }
    }
    if let Some((index, line)) = text::cut_line(&text) {
        parsed.leave_unread(index, line);
    }
    has_names
}

/// Refuses an answer in which nothing was understood.
fn expect_lines(
    raw: RawOutput<'_>,
    parsed: Parsed<SystemCronJobList>,
) -> Result<Parsed<SystemCronJobList>, ParseError> {
    if parsed.value.is_empty() && !parsed.unread.is_empty() {
        let no_rows = || ParseError::shape("no line is one of a crontab with users");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// Reads `period delay name command`.
fn anacron_job(line: &str) -> Option<AnacronJob> {
    let mut rest = line.trim();
    let mut word = || {
        let (word, after) = rest.split_once([' ', '\t'])?;
        rest = after.trim_start();
        Some(word)
    };
    let (period, delay, name) = (word()?, word()?, word()?);
    let (period, period_days) = match period {
        "@daily" => (AnacronPeriod::Days, Some(1)),
        "@weekly" => (AnacronPeriod::Days, Some(7)),
        "@monthly" => (AnacronPeriod::Month, None),
        "@yearly" | "@annually" => (AnacronPeriod::Year, None),
        days => (AnacronPeriod::Days, Some(number(days)?)),
    };
    Some(AnacronJob {
        period,
        period_days,
        delay_minutes: number(delay)?,
        name: name.to_owned(),
        command: Some(rest.to_owned()).filter(|rest| !rest.is_empty())?,
    })
}

fn number(text: &str) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anacrons_jobs_are_read() {
        let job = anacron_job("7\t25\tcron.weekly\tnice run-parts /etc/cron.weekly").unwrap();
        assert_eq!((job.period_days, job.delay_minutes), (Some(7), 25));
        assert_eq!(job.command, "nice run-parts /etc/cron.weekly");
        let job = anacron_job("@monthly 45 cron.monthly run-parts /etc/cron.monthly").unwrap();
        assert_eq!((job.period, job.period_days), (AnacronPeriod::Month, None));
        for line in [
            "START_HOURS_RANGE=3-22",
            "1 5 cron.daily",
            "-1 5 a b",
            "x 5 a b",
        ] {
            assert_eq!(anacron_job(line), None, "{line}");
        }
    }
}
