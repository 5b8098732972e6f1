//! The lines of a crontab, `crontab(5)`: jobs, variables and comments.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    next::{self, Clock},
    schedule::{CronSchedule, Dialect, When},
};

/// A job of a crontab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CronJob {
    /// The crontab's path; `null`: not told.
    pub file: Option<String>,
    /// When it runs.
    pub schedule: CronSchedule,
    /// Whose rights it runs with; `null`: those of the crontab's owner.
    pub user: Option<String>,
    /// What the shell runs, up to the first `%`; `\%` is a `%`.
    pub command: String,
    /// What the command reads from standard input: what is behind the first `%`, with line feeds
    /// for the others; `null`: nothing.
    pub input: Option<String>,
    /// When it runs next; `null`: at the next start of the machine, not within eight years, at a
    /// time chosen at random, or not certain in UTC. The server's local time counts, and it is
    /// certain while its offset does not change before the run.
    pub next_run: Option<DateTime<Utc>>,
}

/// A variable that a crontab sets for the jobs below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CronVariable {
    /// The crontab's path; `null`: not told.
    pub file: Option<String>,
    /// Its name, `MAILTO`.
    pub name: String,
    /// Its value without quotes around it.
    pub value: String,
}

/// A comment of a crontab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CronComment {
    /// The crontab's path; `null`: not told.
    pub file: Option<String>,
    /// Its text behind the `#`.
    pub text: String,
    /// Whether it would be a job without the `#`: one that was switched off, or an example.
    pub is_job: bool,
}

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Job(Box<CronJob>),
    Variable(CronVariable),
    Comment(CronComment),
}

/// Reads the lines of one crontab.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    file: Option<String>,
    has_user: bool,
    clock: Option<Clock>,
    /// Set by `CRON_TZ`: the jobs below it go by another zone.
    has_own_zone: bool,
}

impl Reader {
    /// Of a user's own table, or of one with a column of users. Without a clock no next run is
    /// known, and the rules are those of Vixie's cron.
    pub(super) fn new(file: Option<&str>, has_user: bool, clock: Option<&Clock>) -> Self {
        Self {
            file: file.map(str::to_owned),
            has_user,
            clock: clock.cloned(),
            has_own_zone: false,
        }
    }

    /// Reads a line; `None`: it is none of a crontab.
    pub(super) fn line(&mut self, line: &str) -> Option<Entry> {
        let file = self.file.clone();
        let line = line.trim_matches([' ', '\t']);
        if let Some(comment) = line.strip_prefix('#') {
            let text = comment.trim();
            return Some(Entry::Comment(CronComment {
                is_job: self.job(text.trim_start_matches(['#', ' '])).is_some(),
                file,
                text: text.to_owned(),
            }));
        }
        if let Some((name, value)) = variable(line) {
            self.has_own_zone |= name == "CRON_TZ";
            let (name, value) = (name.to_owned(), value.to_owned());
            return Some(Entry::Variable(CronVariable { file, name, value }));
        }
        self.job(line).map(Box::new).map(Entry::Job)
    }

    fn job(&self, line: &str) -> Option<CronJob> {
        let dialect = self
            .clock
            .as_ref()
            .map_or(Dialect::Vixie, |clock| clock.dialect);
        // On SUSE and Fedora a `-` in front keeps the job out of the log.
        let line = line.strip_prefix('-').unwrap_or(line);
        let (when, written, mut rest) = When::read(line, dialect)?;
        let mut user = None;
        if self.has_user {
            let (name, after) = rest.split_once([' ', '\t'])?;
            let is_name = |c: char| c.is_alphanumeric() || "_.-$@\\:+".contains(c);
            name.chars().all(is_name).then_some(())?;
            user = Some(name.to_owned());
            rest = after.trim_start();
        }
        let (command, input) = match dialect {
            Dialect::Vixie => with_input(rest),
            Dialect::Busybox => (rest.to_owned(), None),
        };
        if command.trim().is_empty() {
            return None;
        }
        let clock = self.clock.as_ref().filter(|_| !self.has_own_zone);
        Some(CronJob {
            file: self.file.clone(),
            next_run: clock.and_then(|clock| next::run(&when, clock)),
            schedule: when.schedule(written),
            user,
            command: command.trim_end().to_owned(),
            input,
        })
    }
}

/// `NAME = value`, the name in quotes or not.
fn variable(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let (name, value) = (unquoted(name.trim()), unquoted(value.trim()));
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_named = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(is_name);
    is_named.then_some((name, value))
}

fn unquoted(text: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(text)
}

/// A command up to its first `%`, and what is behind it.
fn with_input(text: &str) -> (String, Option<String>) {
    let mut command = String::with_capacity(text.len());
    let mut input: Option<String> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_input = input.is_some();
        let target = input.as_mut().unwrap_or(&mut command);
        match c {
            '\\' if chars.next_if_eq(&'%').is_some() => target.push('%'),
            '%' if is_input => target.push('\n'),
            '%' => input = Some(String::new()),
            c => target.push(c),
        }
    }
    (command, input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(line: &str, has_user: bool) -> Option<Entry> {
        Reader::new(None, has_user, None).line(line)
    }

    #[test]
    fn a_percent_sign_begins_the_input() {
        let Some(Entry::Job(job)) = entry("0 6 * * * mail -s \"10\\%\" ann%Hi,%bye\\%", false)
        else {
            panic!("no job");
        };
        assert_eq!(job.command, "mail -s \"10%\" ann");
        assert_eq!(job.input.as_deref(), Some("Hi,\nbye%"));
    }

    #[test]
    fn variables_and_comments_are_told_from_jobs() {
        let Some(Entry::Variable(variable)) = entry("MAILTO = \"a b\"", false) else {
            panic!("no variable");
        };
        assert_eq!(
            (variable.name.as_str(), variable.value.as_str()),
            ("MAILTO", "a b")
        );
        let is_job = |line| match entry(line, false) {
            Some(Entry::Comment(comment)) => comment.is_job,
            other => panic!("{other:?}"),
        };
        assert!(is_job("#*/5 * * * * /bin/x"));
        assert!(!is_job("# m h  dom mon dow   command"));
        let Some(Entry::Job(job)) = entry("0 1 * * * X=1 /bin/x", false) else {
            panic!("no job");
        };
        assert_eq!(job.command, "X=1 /bin/x");
        assert_eq!(
            entry("-*/5 * * * * root /bin/x", true).map(|_| ()),
            Some(())
        );
        for line in [
            "0 1 * * *",
            "0 1 * * * root",
            "lorem ipsum",
            "<html> <a> b c d e",
        ] {
            assert_eq!(entry(line, true), None, "{line}");
        }
    }
}
