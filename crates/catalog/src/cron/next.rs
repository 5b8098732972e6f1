//! When a cron job runs next: a pure function of the schedule and the server's clock.
//!
//! cron goes by local time. The clock knows the server's offset from UTC at some days to come;
//! where the offset changes before the run (summer time begins or ends), the run's moment is not
//! certain and there is none. Beyond the last of these days a zone without any change is taken to
//! stay so.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::{
    field::numbers,
    schedule::{Dialect, Times, When},
};

/// How many years are searched: every 29th of February is among them.
const YEARS: i32 = 8;

/// The beginning of a script that prints the clock, a line that [`Clock::read`] reads: the seconds
/// since 1970, whose cron it is (a shell of busybox names its own `crontab` without a path), and days
/// to come with the offset then.
macro_rules! clock_script {
    ($then:literal) => {
        concat!(
            r#"now=$(date +%s) || exit
cron=$(command -v crontab)
case $cron in /*) cron=$(readlink -f "$cron") ;; ?*) cron=busybox ;; esac
case $cron in *busybox*) line="$now busybox" ;; *) line="$now cron" ;; esac
for days in 0 1 2 3 4 5 6 7 14 21 28 35 42 49 56 84 112 140 168 196 224 252 280 308 336 364 392; do
  line="$line $days$(date -d "@$((now + days * 86400))" +%z)"
done
printf '%s\n' "$line"
"#,
            $then
        )
    };
}
pub(super) use clock_script;

/// The server's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) now: DateTime<Utc>,
    pub(super) dialect: Dialect,
    /// Days from now, ascending, and the seconds by which local time is ahead of UTC then.
    offsets: Vec<(i64, i64)>,
}

impl Clock {
    /// Reads `1795915070 cron 0+0100 1+0100 7+0000`.
    pub(super) fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let now = DateTime::from_timestamp(words.next()?.parse().ok()?, 0)?;
        let dialect = match words.next()? {
            "cron" => Dialect::Vixie,
            "busybox" => Dialect::Busybox,
            _ => return None,
        };
        let offset = |word: &str| {
            let (days, offset) = word.split_at_checked(word.find(['+', '-'])?)?;
            let (sign, digits) = offset.split_at_checked(1)?;
            let (hours, minutes) = digits.split_at_checked(2)?;
            let number = |text: &str| text.parse::<u16>().ok().map(i64::from);
            let seconds = number(hours)? * 3600 + number(minutes)? * 60;
            let days = number(days)?;
            Some((days, if sign == "-" { -seconds } else { seconds }))
        };
        Some(Self {
            now,
            dialect,
            offsets: words.map(offset).collect::<Option<_>>()?,
        })
    }

    /// The seconds by which local time is ahead of UTC now.
    fn offset(&self) -> Option<TimeDelta> {
        let (_, seconds) = self.offsets.first()?;
        TimeDelta::try_seconds(*seconds)
    }

    /// A local moment to come in UTC; `None`: the offset changes before.
    fn utc(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let moment = local.checked_sub_signed(self.offset()?)?.and_utc();
        let days = moment.signed_duration_since(self.now).num_days();
        let (_, offset) = self.offsets.first()?;
        for (then, other) in &self.offsets {
            if other != offset {
                return None;
            }
            if *then > days {
                break;
            }
        }
        Some(moment)
    }
}

/// The next run after now; `None`: there is none in the years searched, or its moment in UTC is not
/// certain.
pub(super) fn run(when: &When, clock: &Clock) -> Option<DateTime<Utc>> {
    let When::Times(times) = when else {
        return None;
    };
    let local = clock.now.naive_utc().checked_add_signed(clock.offset()?)?;
    clock.utc(after(times, local)?)
}

/// The first minute after a local moment at which a job runs.
fn after(times: &Times, local: NaiveDateTime) -> Option<NaiveDateTime> {
    let begin = local
        .with_second(0)?
        .with_nanosecond(0)?
        .checked_add_signed(TimeDelta::minutes(1))?;
    let today = begin.date();
    let time = time_from(times, begin.time()).filter(|_| is_day(times, today));
    if let Some(time) = time {
        return Some(today.and_time(time));
    }
    let first = time_from(times, NaiveTime::MIN)?;
    let (mut year, mut month) = (today.year(), today.month());
    let last_year = year.checked_add(YEARS)?;
    while year <= last_year {
        if times.months & 1_u64.checked_shl(month)? != 0 {
            let days = (1..=31).map_while(|day| NaiveDate::from_ymd_opt(year, month, day));
            let day = days
                .filter(|day| *day > today)
                .find(|day| is_day(times, *day));
            if let Some(day) = day {
                return Some(day.and_time(first));
            }
        }
        (year, month) = match month {
            12 => (year.checked_add(1)?, 1),
            month => (year, month.checked_add(1)?),
        };
    }
    None
}

fn is_day(times: &Times, day: NaiveDate) -> bool {
    let has = |bits: u64, number: u32| bits.checked_shr(number).is_some_and(|bits| bits & 1 == 1);
    let of_month = has(times.days_of_month, day.day());
    let of_week = has(times.days_of_week, day.weekday().num_days_from_sunday());
    has(times.months, day.month())
        && if times.either {
            of_month || of_week
        } else {
            of_month && of_week
        }
}

/// The first time of a day that is not before `from`.
fn time_from(times: &Times, from: NaiveTime) -> Option<NaiveTime> {
    numbers(times.hours)
        .filter(|hour| u32::from(*hour) >= from.hour())
        .find_map(|hour| {
            let is_now = u32::from(hour) == from.hour();
            let minute = numbers(times.minutes)
                .find(|minute| !is_now || u32::from(*minute) >= from.minute())?;
            NaiveTime::from_hms_opt(u32::from(hour), u32::from(minute), 0)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of Thursday, the 31st of December 2026, 23:58:30 UTC.
    fn next_of(line: &str, offsets: &str) -> Option<String> {
        let clock = Clock::read(&format!("1798761510 cron {offsets}")).unwrap();
        let (when, _, _) = When::read(line, Dialect::Vixie).unwrap();
        run(&when, &clock).map(|moment| moment.to_rfc3339())
    }

    #[test]
    fn the_next_run_is_found() {
        for (line, expected) in [
            ("* * * * * x", "2026-12-31T23:59:00+00:00"),
            ("58 23 * * * x", "2027-01-01T23:58:00+00:00"),
            ("@hourly x", "2027-01-01T00:00:00+00:00"),
            ("0 0 31 * * x", "2027-01-31T00:00:00+00:00"),
            ("0 0 30 * * x", "2027-01-30T00:00:00+00:00"),
            ("0 0 29 2 * x", "2028-02-29T00:00:00+00:00"),
            ("0 12 * * 7 x", "2027-01-03T12:00:00+00:00"),
            ("0 12 13 * fri x", "2027-01-01T12:00:00+00:00"),
            ("0 12 */13 * fri x", "2027-01-01T12:00:00+00:00"),
            ("0 12 13 * */5 x", "2027-06-13T12:00:00+00:00"),
            ("0 12 10-20/2 * * x", "2027-01-10T12:00:00+00:00"),
            ("30 4 1,15 * 5 x", "2027-01-01T04:30:00+00:00"),
            ("5-55/10 * * * * x", "2027-01-01T00:05:00+00:00"),
            ("@yearly x", "2027-01-01T00:00:00+00:00"),
        ] {
            assert_eq!(next_of(line, "0+0000").as_deref(), Some(expected), "{line}");
        }
        for line in [
            "0 0 30 2 * x",
            "0 0 31 4,6,9,11 * x",
            "@reboot x",
            "0~59 * * * * x",
        ] {
            assert_eq!(next_of(line, "0+0000"), None, "{line}");
        }
    }

    #[test]
    fn local_time_counts_while_its_offset_stays() {
        let tokyo = next_of("0 9 * * * x", "0+0900 392+0900");
        assert_eq!(tokyo.as_deref(), Some("2027-01-01T00:00:00+00:00"));
        let new_york = next_of("30 19 * * * x", "0-0500 1-0500 7-0400");
        assert_eq!(new_york.as_deref(), Some("2027-01-01T00:30:00+00:00"));
        // It lies behind the change, or may do so.
        assert_eq!(next_of("0 0 9 1 * x", "0-0500 1-0500 7-0400"), None);
        assert_eq!(next_of("0 0 3 1 * x", "0-0500 1-0500 7-0400"), None);
        let far = next_of("0 0 29 2 * x", "0+0530 392+0530");
        assert_eq!(far.as_deref(), Some("2028-02-28T18:30:00+00:00"));
    }

    #[test]
    fn what_is_no_clock_is_none() {
        for line in [
            "",
            "x cron 0+0000",
            "1 at 0+0000",
            "1 cron 0",
            "1 cron 0+aa00",
        ] {
            assert_eq!(Clock::read(line), None, "{line:?}");
        }
    }
}
