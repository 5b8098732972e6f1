//! The line that `uptime(1)` prints, and `w(1)` and `top(1)` above their tables.

use crate::text::figure;

/// What the line says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct UptimeLine {
    /// Averages over one, five and fifteen minutes.
    pub(crate) load: [f64; 3],
    /// Seconds since boot, rounded down to whole minutes; `None`: in words that are not known.
    pub(crate) up_seconds: Option<f64>,
}

impl UptimeLine {
    /// Reads ` 00:56:23 up 17 min,  0 user,  load average: 5.17, 2.16, 1.17`, also with decimal
    /// commas, and with the days' comma or without.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let (before, averages) = line.rsplit_once(':')?;
        let (_, up) = before
            .split_once(" up ")
            .or_else(|| before.split_once("up "))?;
        let mut load = averages.trim().split(", ").map(|average| {
            let is_figure = average
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
            is_figure.then(|| figure(&average.replace(',', ".")))?
        });
        let load = [load.next()??, load.next()??, load.next()??];
        Some(Self {
            load,
            up_seconds: up_seconds(up),
        })
    }
}

/// `17 min, ..`, ` 2:03, ..`, `1 day,  2:03, ..`, `10 days, 5 min, ..`, `45 sec`.
fn up_seconds(text: &str) -> Option<f64> {
    let mut seconds: u64 = 0;
    let mut found = false;
    let mut words = text
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let (count, unit) = match word.split_once(':') {
            Some((hours, minutes)) => {
                let hours = hours.parse::<u64>().ok()?.checked_mul(60)?;
                (hours.checked_add(minutes.parse().ok()?)?, 60)
            }
            None => {
                // Busybox may count no users.
                let Ok(count) = word.parse::<u64>() else {
                    break;
                };
                match words.next()? {
                    "day" | "days" | "day(s)" => (count, 86_400),
                    "hr" | "hrs" | "hour" | "hours" => (count, 3600),
                    "min" | "mins" | "minute" | "minutes" => (count, 60),
                    "sec" | "secs" => (count, 1),
                    // The users stand behind the time.
                    _ => break,
                }
            }
        };
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
        found = true;
    }
    found.then_some(seconds as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_time_up() {
        for (up, expected) in [
            ("17 min,  0 user", Some(1020.0)),
            ("2:03,  1 user", Some(7380.0)),
            ("1 day,  2:03,  3 users", Some(93_780.0)),
            ("10 days, 5 min,  2 users", Some(864_300.0)),
            ("3 days  1:00,  2 users", Some(262_800.0)),
            ("1 day,  2 users", Some(86_400.0)),
            ("17 min", Some(1020.0)),
            ("ein Tag, 1:00, 1 Benutzer", None),
            ("2 Tage, 1:00, 1 Benutzer", None),
        ] {
            let line = format!(" 00:56:23 up {up},  load average: 0,00, 1,25, 10,05");
            let read = UptimeLine::read(&line).unwrap();
            assert_eq!(read.load, [0.0, 1.25, 10.05]);
            assert_eq!(read.up_seconds, expected, "{up}");
        }
        for line in [
            "up 17 minutes",
            "2026-11-29 00:39:11",
            "x up 1 min: nan, inf, 1",
        ] {
            assert_eq!(UptimeLine::read(line), None, "{line}");
        }
    }
}
