//! `lastlog(8)` of shadow-utils: of each account the last login, in the words of the user's language
//! but with the zone's offset.

use chrono::{DateTime, NaiveDate, Utc};

use super::{LoginHistory, LoginRecord, LoginRecordKind};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

pub(super) const VARIANT: Variant<NoArgs, LoginHistory> = Variant {
    name: "lastlog",
    needs: Needs::programs(&["lastlog"]),
    source: |_| Source::Command(Command::new("lastlog")),
    reads: &["lastlog"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LoginHistory>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut is_known = raw.stdout.is_empty();
    let mut is_first = true;
    let none = LoginHistory {
        logins: Vec::new(),
        begins_at: None,
    };
    let parsed = raw.read_lines(none, |history, line| {
        let is_heading = std::mem::take(&mut is_first)
            && line.contains("   ")
            && !line.contains("**")
            && !line.contains(|c: char| c.is_ascii_digit());
        // In all languages stars stand around "Never logged in".
        let is_never = line.contains("   ") && line.trim_end().ends_with("**");
        if is_heading || is_never {
            is_known = true;
            return Some(());
        }
        history.logins.push(record(line)?);
        Some(())
    });
    if parsed.value.logins.is_empty() && !is_known {
        let no_rows = || ParseError::shape("lastlog printed neither a heading nor an account");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// Reads `user [port] [from] Sun Nov 29 01:02:16 +0000 2026`.
fn record(line: &str) -> Option<LoginRecord> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let (before, moment) = words.split_at_checked(words.len().checked_sub(6)?)?;
    let begins_at = moment_of(moment)?;
    let is_port = |word: &str| {
        word.contains('/') || word.starts_with("tty") || word.starts_with(':') || word == "console"
    };
    let (user, port, from) = match before {
        [user] => (user, None, None),
        [user, port] if is_port(port) => (user, Some(*port), None),
        [user, from] => (user, None, Some(*from)),
        [user, port, from] => (user, Some(*port), Some(*from)),
        _ => return None,
    };
    Some(LoginRecord {
        kind: LoginRecordKind::Login,
        user: (*user).to_owned(),
        terminal: port.map(str::to_owned),
        from: from
            .filter(|from| !from.starts_with(':'))
            .map(str::to_owned),
        kernel: None,
        begins_at: Some(begins_at),
        ends_at: None,
        end: None,
        duration_seconds: None,
    })
}

fn moment_of(words: &[&str]) -> Option<DateTime<Utc>> {
    let [_weekday, month, day, clock, offset, year] = words else {
        return None;
    };
    let month = time::month_number(month)?;
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?)?;
    let moment = format!("{date} {clock} {offset}");
    let moment = DateTime::parse_from_str(&moment, "%Y-%m-%d %H:%M:%S %z").ok()?;
    Some(moment.to_utc())
}
