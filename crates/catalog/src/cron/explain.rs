//! The times of a cron job in words.

use super::field::numbers;
use super::schedule::{CronDays, DAYS_OF_MONTH, DAYS_OF_WEEK, HOURS, MINUTES, MONTHS, Times, When};

const MONTH_NAMES: [&str; 13] = [
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAY_NAMES: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// When a job runs; `None`: at a time that is chosen at random.
pub(super) fn when(when: &When) -> Option<String> {
    match when {
        When::Boot => Some("when the machine starts".to_owned()),
        When::Random => None,
        When::Times(times) => Some([time_of_day(times), days(times), months(times)].concat()),
    }
}

/// `at 06:25`, `every 5 minutes`, `at minute 17 of every hour`.
fn time_of_day(times: &Times) -> String {
    const MOST_TIMES: u32 = 6;
    let (minutes, hours) = (times.minutes, times.hours);
    let count = minutes.count_ones().saturating_mul(hours.count_ones());
    if minutes == MINUTES && hours == HOURS {
        return "every minute".to_owned();
    }
    if hours == HOURS {
        return match step(minutes, 60) {
            Some(step) => format!("every {step} minutes"),
            None => format!("at minute {} of every hour", ranges(minutes, u8_text)),
        };
    }
    if count <= MOST_TIMES {
        let times = numbers(hours)
            .flat_map(|hour| numbers(minutes).map(move |minute| format!("{hour:02}:{minute:02}")));
        return format!("at {}", times.collect::<Vec<_>>().join(", "));
    }
    let minute = match step(minutes, 60) {
        _ if minutes == MINUTES => "every minute".to_owned(),
        Some(step) => format!("every {step} minutes"),
        None => format!("at minute {}", ranges(minutes, u8_text)),
    };
    match step(hours, 24) {
        Some(step) => format!("{minute} of every {step} hours"),
        None => format!("{minute} of hour {}", ranges(hours, u8_text)),
    }
}

/// ` on Monday to Friday`, ` on day 1 of the month or on Monday`, or ` every day` at a time of day.
fn days(times: &Times) -> String {
    let month = format!(
        " on day {} of the month",
        ranges(times.days_of_month, u8_text)
    );
    let week = ranges(times.days_of_week, |day| name(&DAY_NAMES, day));
    let is_any_day = times.days_of_month == DAYS_OF_MONTH;
    match times.days() {
        Some(CronDays::Either) => format!("{month} or on {week}"),
        Some(CronDays::Both) => format!("{month} if that is a {week}"),
        None if times.days_of_week != DAYS_OF_WEEK => format!(" on {week}"),
        None if !is_any_day => month,
        None if times.hours != HOURS => " every day".to_owned(),
        None => String::new(),
    }
}

/// ` in January`.
fn months(times: &Times) -> String {
    if times.months == MONTHS {
        return String::new();
    }
    format!(
        " in {}",
        ranges(times.months, |month| name(&MONTH_NAMES, month))
    )
}

fn name(names: &[&str], number: u8) -> String {
    let name = names.get(usize::from(number)).copied().unwrap_or_default();
    name.to_owned()
}

fn u8_text(number: u8) -> String {
    number.to_string()
}

/// The step of a set that begins with 0 and takes each n-th of all `count`, which n divides.
fn step(bits: u64, count: u8) -> Option<u8> {
    let mut set = numbers(bits);
    let (first, step) = (set.next()?, set.next()?);
    let divides = count.checked_rem(step) == Some(0);
    let is_all = || {
        let all = (0..count).step_by(usize::from(step));
        all.eq(numbers(bits))
    };
    (first == 0 && step > 1 && divides && is_all()).then_some(step)
}

/// The numbers with those that follow each other as ranges: `1, 3 to 5`; `5 to 55 in steps of 10`
/// where they are many and evenly apart.
fn ranges(bits: u64, show: impl Fn(u8) -> String) -> String {
    const MOST_SINGLE: u32 = 3;
    let step = numbers(bits)
        .zip(numbers(bits).skip(1))
        .map(|(before, after)| after.saturating_sub(before))
        .reduce(|step, other| if step == other { step } else { 0 });
    let first_and_last = numbers(bits).next().zip(numbers(bits).last());
    if let (Some(step @ 2..), Some((first, last))) = (step, first_and_last)
        && bits.count_ones() > MOST_SINGLE
    {
        return format!("{} to {} in steps of {step}", show(first), show(last));
    }
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for number in numbers(bits) {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let run = |(first, last): (u8, u8)| match last.saturating_sub(first) {
        0 => show(first),
        1 => format!("{}, {}", show(first), show(last)),
        _ => format!("{} to {}", show(first), show(last)),
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cron::schedule::Dialect;

    #[test]
    fn times_in_words() {
        for (line, expected) in [
            ("* * * * * x", "every minute"),
            ("*/5 * * * * x", "every 5 minutes"),
            (
                "*/7 * * * * x",
                "at minute 0 to 56 in steps of 7 of every hour",
            ),
            ("17 * * * * x", "at minute 17 of every hour"),
            ("25 6 * * * x", "at 06:25 every day"),
            ("0 6,18 * * * x", "at 06:00, 18:00 every day"),
            (
                "*/15 9-17 * * mon-fri x",
                "every 15 minutes of hour 9 to 17 on Monday to Friday",
            ),
            ("0 */2 * * * x", "at minute 0 of every 2 hours every day"),
            ("52 6 1 * * x", "at 06:52 on day 1 of the month"),
            ("0 0 1 1 * x", "at 00:00 on day 1 of the month in January"),
            (
                "0 0 13 * 5 x",
                "at 00:00 on day 13 of the month or on Friday",
            ),
            (
                "0 0 */15 * 5 x",
                "at 00:00 on day 1, 16, 31 of the month if that is a Friday",
            ),
            ("@reboot x", "when the machine starts"),
        ] {
            let (read, _, _) = When::read(line, Dialect::Vixie).unwrap();
            assert_eq!(when(&read).as_deref(), Some(expected), "{line}");
        }
    }
}
