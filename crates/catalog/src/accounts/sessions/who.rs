//! `who(1)` and `users(1)` of GNU and `who`, which is `w` too, of busybox. None prints the year in
//! the C locale, so the server's own date comes first. What people print has no zone, so its moments
//! are none.

use chrono::{DateTime, Utc};

use super::{LoginSession, SessionList, of_no_host};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text, time,
};

const SCRIPT: &str = "export TZ=UTC0; date +%s; exec who";

pub(super) const VARIANT: Variant<NoArgs, SessionList> = Variant {
    name: "who",
    needs: Needs::programs(&["who"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["who", "users", "w"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SessionList>, ParseError> {
    raw.expect_exit(&[0])?;
    let is_counted = raw.typed_option('q', "count");
    if is_counted || raw.typed.first().is_some_and(|program| program == "users") {
        return names(raw, is_counted);
    }
    let now = if raw.typed.is_empty() {
        Some(now(&raw.text())?)
    } else {
        None
    };
    // What goes before the rows: the server's date, or a heading in the user's language.
    let mut is_before = now.is_some() || raw.typed_option('H', "heading");
    let mut others: usize = 0;
    let none = SessionList {
        sessions: Vec::new(),
    };
    let parsed = raw.read_lines(none, |list, line| {
        if std::mem::take(&mut is_before) && moment_in(line).is_none() {
            return Some(());
        }
        // Of `-a` the lines about no user: the boot, the runlevel, terminals where none is.
        if moment_in(line).is_some() && (line.starts_with(' ') || line.starts_with("LOGIN ")) {
            others = others.saturating_add(1);
            return Some(());
        }
        match session(line, now) {
            Some(session) => list.sessions.extend(Some(session).filter(has_terminal)),
            None if line.starts_with("USER") && line.contains("TTY") && line.contains("HOST") => {}
            None => return None,
        }
        Some(())
    });
    let asked_for_others = others > 0 && !raw.typed_option('a', "all");
    if parsed.value.sessions.is_empty() && (asked_for_others || !parsed.unread.is_empty()) {
        let no_rows = || ParseError::shape("who printed no line about a user");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// The server's date, the first line of the variant's own.
fn now(text: &str) -> Result<DateTime<Utc>, ParseError> {
    let (now, _) = text.split_once('\n').unwrap_or((text, ""));
    now.parse()
        .ok()
        .and_then(|now| DateTime::from_timestamp(now, 0))
        .ok_or_else(|| ParseError::shape("date printed no seconds"))
}

/// Reads the names alone that `users` prints, and `who -q` with their count behind: `# users=2`.
fn names(raw: RawOutput<'_>, is_counted: bool) -> Result<Parsed<SessionList>, ParseError> {
    let text = raw.text();
    let lines: Vec<&str> = text::lines(&text).map(|(_, line)| line).collect();
    let is_name = |name: &str| {
        name.chars()
            .all(|c| c.is_alphanumeric() || "_.-$@\\+".contains(c))
    };
    let names = match (is_counted, lines.as_slice()) {
        (false, []) => Vec::new(),
        (false, [line]) => line.split(' ').collect::<Vec<_>>(),
        (true, [before @ .., count]) => {
            let names: Vec<&str> = before.iter().flat_map(|line| line.split(' ')).collect();
            let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
            let told = count
                .strip_prefix("# ")
                .and_then(|count| count.rsplit_once('='))
                .and_then(|(_, count)| count.trim().parse().ok());
            if told != Some(names.len()) {
                return Err(ParseError::shape("the names are not as many as are told"));
            }
            names
        }
        _ => return Err(ParseError::shape("more than one line of names")),
    };
    let is_whole = text::cut_line(&text).is_none();
    // `users` sorts them.
    if !is_whole || !names.iter().all(|name| is_name(name)) || !(is_counted || names.is_sorted()) {
        return Err(ParseError::shape("these are no names of users"));
    }
    let session = |name: &str| LoginSession {
        user: name.to_owned(),
        terminal: None,
        from: None,
        since: None,
    };
    Ok(Parsed::whole(SessionList {
        sessions: names.into_iter().map(session).collect(),
    }))
}

/// Reads `user [+] terminal [idle] month day time [idle pid] [(from)]`, or the same with
/// `2026-11-23`. The terminal may be two words (`sshd pts/0`, from logind); the columns behind it
/// are found by the time.
fn session(line: &str, now: Option<DateTime<Utc>>) -> Option<LoginSession> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let (user, rest) = words.split_first()?;
    let (at, since, length) = (1..rest.len().min(6)).find_map(|at| {
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
    let behind = rest.get(at.checked_add(length)?..)?;
    let from = match behind {
        [] => None,
        [.., last] if last.ends_with(')') => {
            let (_, from) = line.rsplit_once('(')?;
            from.strip_suffix(')')
        }
        // With `-u` of one that came from nowhere: the idle time and the process.
        [_idle, pid] if pid.bytes().all(|byte| byte.is_ascii_digit()) => None,
        [from] => Some(*from),
        _ => return None,
    };
    Some(LoginSession {
        user: (*user).to_owned(),
        terminal: Some((*terminal).to_owned()),
        from: from.filter(|from| !of_no_host(from)).map(str::to_owned),
        since,
    })
}

/// Where logind is asked, sessions without a terminal are listed too, with their service (`sshd`)
/// in its place. A terminal has a number, or is the console.
fn has_terminal(session: &LoginSession) -> bool {
    let terminal = session.terminal.as_deref().unwrap_or_default();
    terminal == "console" || terminal.contains(|c: char| c.is_ascii_digit())
}

/// Whether a moment stands among the first words of a line.
fn moment_in(line: &str) -> Option<()> {
    let words: Vec<&str> = line.split_ascii_whitespace().take(9).collect();
    (0..words.len()).find_map(|at| moment(words.get(at..)?, None).map(|_| ()))
}

/// A moment at the beginning of the words, and how many words it is; no moment without `now`, for
/// then the zone is not known either.
fn moment(words: &[&str], now: Option<DateTime<Utc>>) -> Option<(Option<DateTime<Utc>>, usize)> {
    match words {
        [date, time, ..] if date.contains('-') => {
            let moment = time::with_year(date, time)?;
            Some((now.map(|_| moment), 2))
        }
        [month, day, time, ..] => {
            time::month_number(month)?;
            time::of_day(time)?;
            let day: u32 = day.parse().ok()?;
            match now {
                Some(now) => {
                    let moment = time::without_year(month, &day.to_string(), time, now)?;
                    Some((Some(moment), 3))
                }
                None => (1..=31).contains(&day).then_some((None, 3)),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_people_ask_of_it_is_read() {
        let read = |line| {
            let session = session(line, None).unwrap();
            (session.user, session.terminal.unwrap(), session.from)
        };
        let found = |user: &str, terminal: &str, from: Option<&str>| {
            (
                user.to_owned(),
                terminal.to_owned(),
                from.map(str::to_owned),
            )
        };
        assert_eq!(
            read("ann   + sshd pts/1   2026-11-29 01:02   .           401 (10.0.0.1)"),
            found("ann", "pts/1", Some("10.0.0.1"))
        );
        assert_eq!(
            read("ann     tty2         Nov 29 01:02 00:03        1065 (:0)"),
            found("ann", "tty2", None)
        );
        assert_eq!(
            read("ann     tty2         2026-11-29 01:02   .          1065"),
            found("ann", "tty2", None)
        );
        assert_eq!(
            session("ann tty2 2026-11-29 01:02 and more words", None),
            None
        );
    }
}
