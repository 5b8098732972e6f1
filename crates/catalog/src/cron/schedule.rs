//! The times of a cron job, `crontab(5)`: five fields or a word with `@`, made into sets of numbers.
//!
//! A step takes each n-th of its range, from the range's first on. A number with a step behind it
//! (`5/15`) means something else in each cron, so it is not understood; nor is a range that goes
//! backwards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    explain,
    field::{list, set},
};

/// When a job runs, in the server's local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CronSchedule {
    /// As it is written: `*/5 * * * mon-fri`, `@daily`.
    pub written: String,
    /// The same in words: `every 5 minutes on Monday to Friday`; `null`: cron chooses at random
    /// (`0~59`).
    pub explained: Option<String>,
    /// Whether it runs when the machine starts, and only then.
    pub at_boot: bool,
    /// Minutes of the hour, 0 to 59; `null`: every one.
    pub minutes: Option<Vec<u8>>,
    /// Hours of the day, 0 to 23; `null`: every one.
    pub hours: Option<Vec<u8>>,
    /// Days of the month, 1 to 31; `null`: every one.
    pub days_of_month: Option<Vec<u8>>,
    /// Months, 1 to 12; `null`: every one.
    pub months: Option<Vec<u8>>,
    /// Days of the week, 0 (Sunday) to 6; `null`: every one.
    pub days_of_week: Option<Vec<u8>>,
    /// Where both kinds of days are given: whether a day must be one of either or of both; `null`:
    /// they are not.
    pub days: Option<CronDays>,
}

/// How days of the month and days of the week go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CronDays {
    /// A day that is one of either runs it: the rule.
    Either,
    /// A day must be one of both: where a field begins with `*` (`*/2`).
    Both,
}

/// Whose rules are followed where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Of Vixie's cron, on Debian, and cronie, on Fedora and most others.
    Vixie,
    /// Of busybox: `%` means nothing, and `*/2` is a choice of days like any other.
    Busybox,
}

/// When a job runs, for reckoning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    Boot,
    Times(Times),
    /// A time that cron chooses when it reads the table.
    Random,
}

/// Sets of numbers, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) minutes: u64,
    pub(super) hours: u64,
    pub(super) days_of_month: u64,
    pub(super) months: u64,
    /// Sunday is bit 0 alone.
    pub(super) days_of_week: u64,
    /// See [`CronDays`].
    pub(super) either: bool,
}

pub(super) const MINUTES: u64 = (1 << 60) - 1;
pub(super) const HOURS: u64 = (1 << 24) - 1;
pub(super) const DAYS_OF_MONTH: u64 = ((1 << 31) - 1) << 1;
pub(super) const MONTHS: u64 = ((1 << 12) - 1) << 1;
pub(super) const DAYS_OF_WEEK: u64 = (1 << 7) - 1;

impl When {
    /// Reads the times at the beginning of a line; gives what is written of them, and the rest.
    pub(super) fn read(line: &str, dialect: Dialect) -> Option<(Self, &str, &str)> {
        let line = line.trim_start();
        if line.starts_with('@') {
            let (word, rest) = line.split_once([' ', '\t'])?;
            return Some((Self::of_word(word, dialect)?, word, rest.trim_start()));
        }
        let mut rest = line;
        let mut fields = [""; 5];
        for field in &mut fields {
            let (word, after) = rest.split_once([' ', '\t'])?;
            *field = word;
            rest = after.trim_start();
        }
        let written = line.get(..line.len().checked_sub(rest.len())?)?.trim_end();
        Some((Self::of_fields(fields, dialect)?, written, rest))
    }

    fn of_word(word: &str, dialect: Dialect) -> Option<Self> {
        let fields = match word.to_ascii_lowercase().as_str() {
            "@reboot" => return Some(Self::Boot),
            "@yearly" | "@annually" => ["0", "0", "1", "1", "*"],
            "@monthly" => ["0", "0", "1", "*", "*"],
            "@weekly" => ["0", "0", "*", "*", "0"],
            "@daily" | "@midnight" => ["0", "0", "*", "*", "*"],
            "@hourly" => ["0", "*", "*", "*", "*"],
            _ => return None,
        };
        Self::of_fields(fields, dialect)
    }

    fn of_fields(fields: [&str; 5], dialect: Dialect) -> Option<Self> {
        const MONTH_NAMES: &[&str] = &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        const DAY_NAMES: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
        let [minute, hour, day, month, weekday] = fields;
        let minutes = set(minute, 0, 59, &[])?;
        let hours = set(hour, 0, 23, &[])?;
        let days_of_month = set(day, 1, 31, &[])?;
        let months = set(month, 1, 12, MONTH_NAMES)?;
        let days_of_week = set(weekday, 0, 7, DAY_NAMES)?;
        let all = [minutes, hours, days_of_month, months, days_of_week];
        let [
            Some(minutes),
            Some(hours),
            Some(days_of_month),
            Some(months),
            Some(week),
        ] = all
        else {
            return Some(Self::Random);
        };
        // The 7 is Sunday too.
        let days_of_week = (week | (week >> 7)) & DAYS_OF_WEEK;
        let either = match dialect {
            Dialect::Vixie => !day.starts_with('*') && !weekday.starts_with('*'),
            Dialect::Busybox => days_of_month != DAYS_OF_MONTH && days_of_week != DAYS_OF_WEEK,
        };
        Some(Self::Times(Times {
            minutes,
            hours,
            days_of_month,
            months,
            days_of_week,
            either,
        }))
    }

    /// The schedule as it is answered.
    pub(super) fn schedule(&self, written: &str) -> CronSchedule {
        let written = written
            .split_ascii_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let mut schedule = CronSchedule {
            written,
            explained: explain::when(self),
            at_boot: *self == Self::Boot,
            minutes: None,
            hours: None,
            days_of_month: None,
            months: None,
            days_of_week: None,
            days: None,
        };
        if let Self::Times(times) = self {
            schedule.minutes = list(times.minutes, MINUTES);
            schedule.hours = list(times.hours, HOURS);
            schedule.days_of_month = list(times.days_of_month, DAYS_OF_MONTH);
            schedule.months = list(times.months, MONTHS);
            schedule.days_of_week = list(times.days_of_week, DAYS_OF_WEEK);
            schedule.days = times.days();
        }
        schedule
    }
}

impl Times {
    pub(super) fn days(&self) -> Option<CronDays> {
        if self.either {
            return Some(CronDays::Either);
        }
        let are_given = self.days_of_month != DAYS_OF_MONTH && self.days_of_week != DAYS_OF_WEEK;
        are_given.then_some(CronDays::Both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_is_sunday_and_a_star_makes_both() {
        let times = |line, dialect| match When::read(line, dialect) {
            Some((When::Times(times), _, _)) => times,
            other => panic!("{other:?}"),
        };
        let sunday = times("0 0 * * 7 x", Dialect::Vixie);
        assert_eq!(sunday.days_of_week, 1);
        assert_eq!(sunday.days(), None);
        let either = times("0 0 1 * mon x", Dialect::Vixie);
        assert_eq!(either.days(), Some(CronDays::Either));
        let both = times("0 0 */2 * mon x", Dialect::Vixie);
        assert_eq!(both.days(), Some(CronDays::Both));
        let busybox = times("0 0 */2 * mon x", Dialect::Busybox);
        assert_eq!(busybox.days(), Some(CronDays::Either));
        assert_eq!(times("0 0 * * 0-7 x", Dialect::Vixie).days(), None);
    }

    #[test]
    fn words_stand_for_fields() {
        let (when, written, rest) = When::read("@Daily\t/bin/x y", Dialect::Vixie).unwrap();
        assert_eq!((written, rest), ("@Daily", "/bin/x y"));
        assert!(matches!(when, When::Times(_)));
        for line in [
            "@never x",
            "@daily",
            "* * * * x",
            "lorem ipsum dolor sit amet, x",
        ] {
            assert_eq!(When::read(line, Dialect::Vixie), None, "{line}");
        }
    }
}
