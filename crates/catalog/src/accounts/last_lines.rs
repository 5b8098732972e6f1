//! The lines of `last(1)` and `lastb(1)`: of util-linux, of sysvinit, and of busybox, which tells no
//! end. None of them is translated.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::{RawOutput, time};

/// A record as a line shows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LastLine<'a> {
    /// `None`: blank, as for a failed login without a name.
    pub(super) user: Option<&'a str>,
    /// `pts/0`, `ssh:notty`, or what stands there of no login: `system boot`, `(to lvl 5)`.
    pub(super) terminal: String,
    /// The host's name or address; the kernel's version where it is no login.
    pub(super) host: Option<&'a str>,
    pub(super) begin: Moment,
    pub(super) end: End,
    /// To the minute.
    pub(super) duration_seconds: Option<u64>,
}

/// A moment as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// With its offset.
    Certain(DateTime<Utc>),
    /// With its year.
    Local(NaiveDateTime),
    /// Without a year.
    Short,
}

impl Moment {
    /// The moment, where its zone is UTC or stands beside it.
    pub(super) fn utc(self, is_utc: bool) -> Option<DateTime<Utc>> {
        match self {
            Self::Certain(moment) => Some(moment),
            Self::Local(moment) => is_utc.then(|| moment.and_utc()),
            Self::Short => None,
        }
    }
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Not told.
    Unknown,
    /// It has not.
    Open,
    /// The user logged out then.
    At(Moment),
    /// The machine crashed.
    Crash,
    /// The machine was shut down.
    Down,
    /// The process is gone, and no logout was noted.
    Gone,
}

/// A line of the output.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// A record.
    Record(LastLine<'a>),
    /// `wtmp begins Sun Nov 29 00:45:25 2026`.
    Begins(Moment),
    /// busybox's heading.
    Heading,
}

/// Reads a line; `None`: it is none of these.
pub(super) fn line(line: &str) -> Option<Line<'_>> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    if words == ["USER", "TTY", "HOST", "LOGIN", "TIME"] {
        return Some(Line::Heading);
    }
    // The columns before the moment hold eight words at most.
    let (at, (begin, length)) =
        (1..words.len().min(9)).find_map(|at| Some((at, moment(words.get(at..)?)?)))?;
    let (before, behind) = (words.get(..at)?, words.get(at.checked_add(length)?..)?);
    if behind.is_empty() && begin != Moment::Short {
        return (before.len() < 4).then_some(Line::Begins(begin));
    }
    let (user, before) = match before.split_first() {
        Some((user, before)) if !line.starts_with(' ') => (Some(*user), before),
        _ => (None, before),
    };
    let (terminal, before) = match before {
        ["system", what @ ("boot" | "down"), rest @ ..] => (format!("system {what}"), rest),
        ["(to", "lvl", level, rest @ ..] => (format!("(to lvl {level}"), rest),
        // A change of the clock.
        ["|" | "{", ..] => return None,
        [terminal, rest @ ..] => ((*terminal).to_owned(), rest),
        [] => return None,
    };
    let (end, duration_seconds, behind) = end(behind)?;
    let host = match (before, behind) {
        ([], []) => None,
        ([host], []) | ([], [host]) => Some(*host),
        _ => return None,
    };
    Some(Line::Record(LastLine {
        user,
        terminal,
        host: host.filter(|host| !host.starts_with(':') && *host != "0.0.0.0"),
        begin,
        end,
        duration_seconds,
    }))
}

type Found<'a, 'b> = (End, Option<u64>, &'b [&'a str]);

/// How it ended, how long it was, and the words behind that.
fn end<'a, 'b>(words: &'b [&'a str]) -> Option<Found<'a, 'b>> {
    Some(match words {
        [] => (End::Unknown, None, words),
        ["still", "logged", "in", rest @ ..] | ["still", "running", rest @ ..] => {
            (End::Open, None, rest)
        }
        ["gone", "-", "no", "logout", rest @ ..] => (End::Gone, None, rest),
        ["-", "crash", length, rest @ ..] => (End::Crash, duration(length)?, rest),
        ["-", "down", length, rest @ ..] => (End::Down, duration(length)?, rest),
        ["-", rest @ ..] => {
            let (moment, length) = match rest {
                [time, ..] if time::of_day(time).is_some() => (Moment::Short, 1),
                rest => moment(rest)?,
            };
            let (length, rest) = rest.get(length..)?.split_first()?;
            (End::At(moment), duration(length)?, rest)
        }
        _ => return None,
    })
}

/// `(00:45)`, `(2+02:12)`; none of a clock that was set back: `(-1+23:59)`.
fn duration(word: &str) -> Option<Option<u64>> {
    let inner = word.strip_prefix('(')?.strip_suffix(')')?;
    if inner.contains('-') {
        return Some(None);
    }
    let (days, clock) = inner.split_once('+').unwrap_or(("0", inner));
    let (hours, minutes) = clock.split_once(':')?;
    let number = |text: &str| text.parse::<u64>().ok();
    let minutes = number(days)?
        .checked_mul(24)?
        .checked_add(number(hours)?)?
        .checked_mul(60)?
        .checked_add(number(minutes)?)?;
    Some(minutes.checked_mul(60))
}

/// A moment at the beginning of the words, and how many words it is: `2026-11-29T01:02:16+00:00`,
/// `Sun Nov 29 01:02:16 2026`, `Sun Nov 29 01:02`, `Nov 29 01:02`.
fn moment(words: &[&str]) -> Option<(Moment, usize)> {
    if let [word, ..] = words
        && word.contains('T')
        && word.contains('-')
    {
        let moment = ["%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%dT%H:%M:%S%z"]
            .into_iter()
            .find_map(|form| DateTime::parse_from_str(&word.replace(',', "."), form).ok())?;
        return Some((Moment::Certain(moment.to_utc()), 1));
    }
    let is_weekday =
        |word: &str| matches!(word, "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun");
    let (words, before) = match words {
        [weekday, rest @ ..] if is_weekday(weekday) => (rest, 1_usize),
        words => (words, 0),
    };
    let [month, day, clock, rest @ ..] = words else {
        return None;
    };
    let is_month = month.len() == 3 && month.starts_with(|c: char| c.is_ascii_uppercase());
    let month = is_month.then(|| time::month_number(month)).flatten()?;
    let (day, clock) = (day.parse().ok()?, time::of_day(clock)?);
    if let ([year, ..], true) = (rest, words.get(2).is_some_and(|clock| clock.len() == 8)) {
        let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month, day)?;
        let length = before.checked_add(4)?;
        return Some((Moment::Local(date.and_time(clock)), length));
    }
    (1..=31).contains(&day).then_some(())?;
    Some((Moment::Short, before.checked_add(3)?))
}

/// Whether the host's column is cut to sixteen characters.
pub(super) fn cuts_hosts(raw: &RawOutput<'_>) -> bool {
    !(raw.typed.is_empty()
        || raw.typed_option('w', "fullnames")
        || raw.typed_option('a', "hostlast"))
}

/// A column as it was before util-linux wrote its bytes beyond ASCII as `\303\270`.
pub(super) fn unescaped(column: &str) -> String {
    if !column.contains('\\') {
        return column.to_owned();
    }
    let mut bytes = Vec::with_capacity(column.len());
    let mut rest = column.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = match rest {
            [b'\\', a @ b'2'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', ..] => {
                let digit = |byte: &u8| u32::from(byte.saturating_sub(b'0'));
                let code = digit(a) * 64 + digit(b) * 8 + digit(c);
                u8::try_from(code).ok()
            }
            _ => None,
        };
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = rest.get(4..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| column.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_names_come_back() {
        assert_eq!(duration("(00:45)"), Some(Some(2700)));
        assert_eq!(duration("(2+02:12)"), Some(Some(180_720)));
        assert_eq!(duration("(-1+23:59)"), Some(None));
        assert_eq!(duration("00:45"), None);
        assert_eq!(unescaped(r"bj\303\270rn"), "bjørn");
        assert_eq!(unescaped(r"DOM\ann"), r"DOM\ann");
    }

    #[test]
    fn what_is_no_record_is_none() {
        for text in [
            "ann      pts/0        10.0.0.5         Fri Nov 20 09:00 - 09:45  (00:45) a b",
            "ann      pts/0        10.0.0.5         Fri Nov 20 09:00 - 09:45",
            "ann      pts/0        10.0.0.5           (00:45)",
            "date     |                             Fri Nov 20 09:00   still running",
            "lorem ipsum dolor sit amet,",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
