//! `loginctl list-sessions` of systemd: a table with fewer or more columns in each version, blank or
//! `-` where there is nothing, and JSON of systemd 240 to 253 (`--output=json`) and of 257 on
//! (`--json`).

use chrono::DateTime;
use serde::Deserialize;

use super::{LoginSession, SessionList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, SessionList> = Variant {
    name: "loginctl_list",
    needs: Needs::under(Init::Systemd, &["loginctl"]),
    source: |_| Source::Command(Command::new("loginctl").words(&["list-sessions", "--no-pager"])),
    reads: &["loginctl", "loginctl list-sessions"],
    parse,
};

/// A session as JSON tells it.
#[derive(Deserialize)]
struct Row {
    #[serde(rename = "session")]
    _session: String,
    user: String,
    #[serde(default)]
    tty: Option<String>,
    #[serde(default)]
    class: Option<String>,
    /// Microseconds since 1970.
    #[serde(default)]
    since: Option<u64>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SessionList>, ParseError> {
    raw.expect_exit(&[0])?;
    if raw.text().trim_start().starts_with('[') {
        let rows: Vec<Row> = raw.json()?;
        let sessions = rows
            .into_iter()
            .filter(|row| is_users(row.class.as_deref()));
        let session = |row: Row| LoginSession {
            user: row.user,
            terminal: row.tty.filter(|tty| !matches!(tty.as_str(), "" | "-")),
            from: None,
            since: row.since.and_then(|since| {
                DateTime::from_timestamp_micros(i64::try_from(since).ok().filter(|at| *at > 0)?)
            }),
        };
        return Ok(Parsed::whole(SessionList {
            sessions: sessions.map(session).collect(),
        }));
    }
    let mut heading = Vec::new();
    let mut rows: usize = 0;
    let mut is_legend = false;
    let none = SessionList {
        sessions: Vec::new(),
    };
    let parsed = raw.read_lines(none, |list, line| {
        if heading.is_empty() && rows == 0 && line.trim_start().starts_with("SESSION ") {
            heading = columns(line);
            return Some(());
        }
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        if let [_, "session" | "sessions", "listed."] | ["No", "sessions."] = words.as_slice() {
            is_legend = true;
            return Some(());
        }
        let (user, terminal, class) = if heading.is_empty() {
            by_count(&words)?
        } else {
            by_heading(line, &heading)?
        };
        rows = rows.saturating_add(1);
        if is_users(class) {
            list.sessions.push(LoginSession {
                user: user.to_owned(),
                terminal: terminal.filter(|name| *name != "-").map(str::to_owned),
                from: None,
                since: None,
            });
        }
        Some(())
    });
    let is_known = rows > 0 || is_legend || (heading.is_empty() && parsed.unread.is_empty());
    if !is_known {
        let no_rows = || ParseError::shape("loginctl printed no sessions");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// A `greeter` or `manager` is no login; what has no class is taken for one.
fn is_users(class: Option<&str>) -> bool {
    class.is_none_or(|class| class.starts_with("user"))
}

/// A heading's words with the byte each begins at.
fn columns(line: &str) -> Vec<(usize, String)> {
    let mut columns: Vec<(usize, String)> = Vec::new();
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match columns.last_mut() {
            Some((_, name)) if c != ' ' && before != ' ' => name.push(c),
            _ if c != ' ' => columns.push((at, c.to_string())),
            _ => {}
        }
        before = c;
    }
    columns
}

type Found<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// User, terminal and class by the heading: number and user are always there, the columns behind
/// them begin where their names do.
fn by_heading<'a>(line: &'a str, heading: &[(usize, String)]) -> Option<Found<'a>> {
    let mut words = line.split_ascii_whitespace();
    let (_session, uid, user) = (words.next()?, words.next()?, words.next()?);
    uid.parse::<u32>().ok()?;
    let cell = |name: &str| {
        let at = heading.iter().position(|(_, column)| column == name)?;
        let (begin, _) = heading.get(at)?;
        let end = heading.get(at.saturating_add(1)).map(|(end, _)| *end);
        let cell = match end {
            Some(end) => line.get(*begin..end.min(line.len()))?,
            None => line.get(*begin..)?,
        };
        Some(cell.trim()).filter(|cell| !cell.is_empty())
    };
    let is_single = |cell: Option<&str>| cell.is_none_or(|cell| !cell.contains(' '));
    let (terminal, class) = (cell("TTY"), cell("CLASS"));
    (is_single(terminal) && is_single(class)).then_some((user, terminal, class))
}

/// The same without a heading: `id uid user [seat] [tty]` of old, `id uid user seat tty state ..` of
/// systemd 254, `id uid user seat leader class tty idle since` since then.
fn by_count<'a>(words: &[&'a str]) -> Option<Found<'a>> {
    let [_session, uid, user, rest @ ..] = words else {
        return None;
    };
    uid.parse::<u32>().ok()?;
    let found = match rest {
        [] => (None, None),
        [seat] if seat.starts_with("seat") => (None, None),
        [terminal] | [_, terminal] => (Some(*terminal), None),
        [_, leader, class, terminal, _idle, ..] if leader.parse::<u32>().is_ok() => {
            (Some(*terminal), Some(*class))
        }
        [_, terminal, "active" | "online" | "closing" | "opening", ..] => (Some(*terminal), None),
        _ => return None,
    };
    Some((user, found.0, found.1))
}
