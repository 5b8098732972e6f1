//! `loginctl(1)` of systemd: each session's properties, one `Key=value` a line, sessions parted by
//! an empty line. The form is stable over the versions; the JSON of `list-sessions` is not. logind
//! learns an SSH login's terminal from utmp if at all, so one without may have one.

use super::{LoginSession, SessionList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    properties::Properties, text, time,
};

/// A session that ends while they are asked is left out.
const SCRIPT: &str = r#"export TZ=UTC0
sessions=$(loginctl --no-legend --no-pager list-sessions) || exit
for session in $(printf '%s\n' "$sessions" | sed 's/^ *//; s/ .*//'); do
  loginctl --no-pager show-session -p Name -p TTY -p Display -p Remote -p RemoteHost -p Timestamp -p Class -p State -- "$session" 2>/dev/null
  echo
done"#;

pub(super) const VARIANT: Variant<NoArgs, SessionList> = Variant {
    name: "loginctl",
    needs: Needs::under(Init::Systemd, &["loginctl"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["loginctl show-session"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SessionList>, ParseError> {
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("No session") => {
            ParseError::Unavailable(detail)
        }
        error => error,
    })?;
    let text = raw.text();
    let mut parsed = Parsed::whole(SessionList {
        sessions: Vec::new(),
    });
    let mut block = Properties::default();
    let (mut has_properties, mut has_class) = (false, false);
    let cut = text::cut_line(&text);
    let whole = text
        .lines()
        .count()
        .saturating_sub(usize::from(cut.is_some()));
    for (index, line) in text.lines().take(whole).enumerate() {
        if line.is_empty() {
            parsed.value.sessions.extend(session(&block));
            block = Properties::default();
        } else if block.read(line) {
            has_properties = true;
            has_class |= line.starts_with("Class=");
        } else if !text::is_noise(line) {
            parsed.leave_unread(index, line);
        }
    }
    match cut {
        // Of a session that was cut something may be missing that says it is none.
        Some((index, line)) => parsed.leave_unread(index, line),
        None => parsed.value.sessions.extend(session(&block)),
    }
    // Without a session's name the properties are those of logind itself.
    if !has_class && (has_properties || !parsed.unread.is_empty()) {
        let no_rows = || ParseError::shape("loginctl printed no properties of a session");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// A login; `None`: something else that logind counts as a session.
fn session(block: &Properties<'_>) -> Option<LoginSession> {
    // Besides `user` there are `user-early` (root) and more; a `greeter` or `manager` is no login.
    let is_users = block.get("Class")?.starts_with("user");
    if !is_users || block.get("State") == Some("closing") {
        return None;
    }
    let is_remote = block.get("Remote") == Some("yes");
    let terminal = block.get("TTY").or_else(|| block.get("Display"));
    if terminal.is_none() && !is_remote {
        return None;
    }
    let from = block.get("RemoteHost").filter(|_| is_remote);
    Some(LoginSession {
        user: block.get("Name")?.to_owned(),
        terminal: terminal.map(str::to_owned),
        from: from.map(str::to_owned),
        since: block.get("Timestamp").and_then(time::of_systemd),
    })
}
