//! One line of a log as journald and the syslog daemons write it: a moment, a host, who said it, and
//! what. A moment without year or zone is kept as it stands.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::time;

/// A line taken apart; nothing of it is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LogLine<'a> {
    /// The moment; `None`: its year or its zone is not certain.
    pub(crate) time: Option<DateTime<Utc>>,
    /// The moment as it stands there.
    pub(crate) time_shown: &'a str,
    /// The host's name; `None`: it was not to be shown.
    pub(crate) host: Option<&'a str>,
    /// Facility and severity, `daemon.info`, as busybox writes them.
    pub(crate) level: Option<(&'a str, &'a str)>,
    /// The program that says it; `None`: it does not tell its name.
    pub(crate) identifier: Option<&'a str>,
    /// Its process.
    pub(crate) pid: Option<u32>,
    /// What it says.
    pub(crate) message: &'a str,
}

/// Takes a line apart; `None`: it does not begin with a moment. Without `has_host` no host stands
/// behind it.
pub(crate) fn read(line: &str, has_host: bool) -> Option<LogLine<'_>> {
    let (time, time_shown, rest) = stamp(line)?;
    let (host, rest) = match rest.split_once(' ') {
        // What ends with a colon is a sender, so no host was written. Nor before what busybox says
        // of itself.
        Some(("syslogd", after)) if after.starts_with("started: ") || after == "exiting" => {
            (None, rest)
        }
        Some((host, after)) if has_host && !host.ends_with(':') => (Some(host), after),
        None if has_host && !rest.ends_with(':') => return None,
        _ => (None, rest),
    };
    let (level, rest) = match rest
        .split_once(' ')
        .map(|(word, after)| (level(word), after))
    {
        Some((Some(level), after)) => (Some(level), after),
        _ => (None, rest),
    };
    let (identifier, pid, message) = sender(rest);
    Some(LogLine {
        time,
        time_shown,
        host,
        level,
        identifier,
        pid,
        message,
    })
}

/// The line that goes on with the message of the line before: it is set in. What comes back is
/// without the blanks that stand for the moment and the names, `width` characters.
pub(crate) fn continued(line: &str, width: usize) -> Option<&str> {
    if !line.starts_with([' ', '\t']) {
        return None;
    }
    let blanks = line.bytes().take_while(|byte| *byte == b' ').count();
    line.get(blanks.min(width)..)
}

/// How many characters stand before the message.
pub(crate) fn width(line: &str, message: &str) -> usize {
    let before = line.len().saturating_sub(message.len());
    line.get(..before)
        .map_or(0, |before| before.chars().count())
}

type Stamp<'a> = (Option<DateTime<Utc>>, &'a str, &'a str);

/// The moment a line begins with, as it stands there, and what follows.
fn stamp(line: &str) -> Option<Stamp<'_>> {
    if line.starts_with('[') {
        return monotonic(line);
    }
    let (first, after) = line.split_once(' ')?;
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        if let Some(time) = iso(first) {
            return Some((time, first, after));
        }
        if let Some((seconds, _)) = first.split_once('.')
            && seconds.len() >= 9
            && let Some(time) = time::of_epoch(first)
        {
            return Some((Some(time), first, after));
        }
    }
    let after = after.trim_start();
    let (second, after) = after.split_once(' ')?;
    let (third, rest) = after.trim_start().split_once(' ').unwrap_or((after, ""));
    let shown = |rest: &str| {
        line.get(..line.len().checked_sub(rest.len())?)
            .map(str::trim_end)
    };
    if second.len() == 10 && second.contains('-') {
        let (zone, rest) = rest.split_once(' ')?;
        // It is one whatever the zone, or it is none.
        time::of_systemd(&format!("{first} {second} {third} UTC"))?;
        let time = time::of_systemd(&format!("{first} {second} {third} {zone}"));
        return Some((time, shown(rest)?, rest));
    }
    let is_month = (2..=20).contains(&first.len()) && !first.contains([':', '=', '[', '/', ',']);
    let is_day = second.len() <= 2 && matches!(second.parse(), Ok(1..=31_u8));
    (is_month && is_day && is_clock(third)).then_some(())?;
    Some((None, shown(rest)?, rest))
}

/// `[  666.566010]`, `[  921.648103 <  255.082093 >]`: seconds since the start.
fn monotonic(line: &str) -> Option<Stamp<'_>> {
    let (inside, rest) = line.strip_prefix('[')?.split_once("] ")?;
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '<' | '>');
    let is_stamp = inside.contains('.') && inside.len() <= 60 && inside.chars().all(is_part);
    let shown = line.get(..line.len().checked_sub(rest.len())?)?.trim_end();
    is_stamp.then_some((None, shown, rest))
}

/// `2026-11-29T00:50:17.476119+00:00`; inside `None` where no zone stands behind it.
pub(crate) fn iso(word: &str) -> Option<Option<DateTime<Utc>>> {
    let behind_date = word.get(10..)?;
    if !behind_date.starts_with('T') {
        return None;
    }
    let zone_begin = behind_date
        .find(['+', '-', 'Z'])
        .unwrap_or(behind_date.len());
    let (plain, zone) = word.split_at_checked(zone_begin.checked_add(10)?)?;
    let moment = NaiveDateTime::parse_from_str(plain, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    if zone.is_empty() {
        return Some(None);
    }
    let east = chrono::TimeDelta::seconds(time::offset_seconds(zone)?);
    Some(Some(moment.checked_sub_signed(east)?.and_utc()))
}

/// `04:45:12`, `04:45:12.123456`.
fn is_clock(word: &str) -> bool {
    let (clock, decimals) = word.split_once('.').unwrap_or((word, "0"));
    clock.len() == 8
        && time::of_day(clock).is_some()
        && decimals.bytes().all(|byte| byte.is_ascii_digit())
}

/// `daemon.info`.
fn level(word: &str) -> Option<(&str, &str)> {
    let (facility, severity) = word.split_once('.')?;
    let is_level = super::FACILITIES.contains(&facility) && super::severity(severity).is_some();
    is_level.then_some((facility, severity))
}

/// `sshd[96]: message`, `kernel: message`. A name without a number behind it holds no blank; where
/// there is none, all of it is the message.
fn sender(rest: &str) -> (Option<&str>, Option<u32>, &str) {
    let (name, message) = match rest.split_once(": ") {
        Some((name, message)) => (name, message),
        None => match rest.trim_end().strip_suffix(':') {
            Some(name) => (name, ""),
            None => return (None, None, rest),
        },
    };
    let numbered = name.strip_suffix(']').and_then(|name| {
        let (name, pid) = name.rsplit_once('[')?;
        let is_number = pid.bytes().all(|byte| byte.is_ascii_digit());
        Some((name, pid.parse().ok().filter(|_| is_number)?))
    });
    match numbered {
        Some((name, pid)) => (Some(name), Some(pid), message),
        None if name.contains(' ') || name.is_empty() => (None, None, rest),
        None => (Some(name), None, message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> (Option<String>, String, Option<String>) {
        let found = read(line, true).unwrap();
        let time = found.time.map(|time| time.to_rfc3339());
        let name = found.identifier.map(str::to_owned);
        (time, found.message.to_owned(), name)
    }

    #[test]
    fn every_form_of_a_moment_is_read() {
        let utc = Some("2026-11-29T00:50:17+00:00".to_owned());
        for (stamp, time) in [
            ("2026-11-29T00:50:17+0000", utc.clone()),
            ("2026-11-29T01:50:17+01:00", utc.clone()),
            ("2026-11-29T00:50:17Z", utc.clone()),
            ("2026-11-29T00:50:17", None),
            ("1795913417.000000", utc.clone()),
            ("Sun 2026-11-29 00:50:17 UTC", utc.clone()),
            ("Sun 2026-11-28 21:50:17 -03", utc),
            ("Sun 2026-11-29 01:50:17 CET", None),
            ("Nov  9 00:50:17", None),
            ("11月 29 00:50:17.123456", None),
            ("[  666.566010]", None),
            ("[  921.648103 <  255.082093 >]", None),
        ] {
            let line = format!("{stamp} deb12 systemd[1]: Started: x");
            let (found, message, name) = shown(&line);
            assert_eq!((found, message.as_str()), (time, "Started: x"), "{stamp}");
            assert_eq!(name.as_deref(), Some("systemd"));
            assert_eq!(read(&line, true).unwrap().time_shown, stamp);
        }
        for line in [
            "",
            "x",
            "Nov 32 00:50:17 a b: c",
            "12 monkeys",
            "[x] y z: a",
            "Sun 2026-13-29 00:00:00 UTC a b",
        ] {
            assert_eq!(read(line, true), None, "{line}");
        }
    }

    #[test]
    fn a_sender_may_be_missing() {
        let found = read(
            "Nov 29 00:45:25 host syslog.info syslogd started: BusyBox",
            true,
        )
        .unwrap();
        assert_eq!(found.level, Some(("syslog", "info")));
        assert_eq!(
            (found.identifier, found.message),
            (None, "syslogd started: BusyBox")
        );
        let empty = read("Nov 29 00:45:25 host sh[7]:", true).unwrap();
        assert_eq!(
            (empty.identifier, empty.pid, empty.message),
            (Some("sh"), Some(7), "")
        );
        let alone = read("Nov 29 00:45:25 sh[7]: a: b", false).unwrap();
        assert_eq!((alone.host, alone.message), (None, "a: b"));
        assert_eq!(read("Nov 29 00:45:25 sh[7]: a: b", true), Some(alone));
    }
}
