//! `who(1)` of GNU and of busybox. Neither prints the year in the C locale, so the server's own
//! date comes first.

use chrono::{DateTime, Utc};

use super::{LoginSession, SessionList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

const SCRIPT: &str = "export TZ=UTC0; date +%s; exec who";

pub(super) const VARIANT: Variant<NoArgs, SessionList> = Variant {
    name: "who",
    needs: Needs::programs(&["who"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SessionList>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let (now, _) = text.split_once('\n').unwrap_or((&text, ""));
    let now = now
        .parse()
        .ok()
        .and_then(|now| DateTime::from_timestamp(now, 0));
    let now = now.ok_or_else(|| ParseError::shape("date printed no seconds"))?;
    let mut parsed = Parsed::whole(SessionList {
        sessions: Vec::new(),
    });
    for (index, line) in text.lines().enumerate().skip(1) {
        match session(line, now) {
            Some(session) if !has_terminal(&session) => {}
            Some(session) => parsed.value.sessions.push(session),
            // The heading of busybox.
            None if line.starts_with("USER ") => {}
            None => parsed.leave_unread(index, line),
        }
    }
    Ok(parsed)
}

/// Reads `user terminal [idle] month day time [from]`, or the same with `2026-11-23`. The terminal
/// may be two words (`sshd pts/0`, from logind); the columns behind it are found by the time.
fn session(line: &str, now: DateTime<Utc>) -> Option<LoginSession> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let (user, rest) = words.split_first()?;
    let (at, since, length) = (1..rest.len()).find_map(|at| {
        let (since, length) = moment(rest.get(at..)?, now)?;
        Some((at, since, length))
    })?;
    let is_idle = |word: &str| matches!(word, "." | "?" | "old") || time::of_day(word).is_some();
    let before = rest.get(..at)?;
    let terminal = match before {
        [.., terminal, idle] if is_idle(idle) => terminal,
        [.., terminal] => terminal,
        [] => return None,
    };
    let from = rest.get(at.checked_add(length)?..)?.join(" ");
    let from = from
        .strip_prefix('(')
        .and_then(|from| from.strip_suffix(')'))
        .unwrap_or(&from);
    Some(LoginSession {
        user: (*user).to_owned(),
        terminal: Some((*terminal).to_owned()),
        from: Some(from.to_owned()).filter(|from| !from.is_empty() && !from.starts_with(':')),
        since: Some(since),
    })
}

/// Where logind is asked, sessions without a terminal are listed too, with their service (`sshd`)
/// in its place. A terminal has a number, or is the console.
fn has_terminal(session: &LoginSession) -> bool {
    let terminal = session.terminal.as_deref().unwrap_or_default();
    terminal == "console" || terminal.contains(|c: char| c.is_ascii_digit())
}

/// A moment at the beginning of the words, and how many words it is.
fn moment(words: &[&str], now: DateTime<Utc>) -> Option<(DateTime<Utc>, usize)> {
    match words {
        [date, time, ..] if date.contains('-') => Some((time::with_year(date, time)?, 2)),
        [month, day, time, ..] => Some((time::without_year(month, day, time, now)?, 3)),
        _ => None,
    }
}
