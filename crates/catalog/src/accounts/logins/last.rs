//! `last(1)` of util-linux, sysvinit and busybox. The last knows no options and prints no year, so
//! its moments are none.

use super::{LoginEnd, LoginHistory, LoginRecord, LoginRecordKind};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    accounts::last_lines::{self, End, LastLine, Line},
    arguments::NoArgs,
};

const SCRIPT: &str = "export TZ=UTC0; last -w -F -x -n 500 2>/dev/null || exec last";

pub(super) const VARIANT: Variant<NoArgs, LoginHistory> = Variant {
    name: "last",
    needs: Needs::programs(&["last"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["last"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<LoginHistory>, ParseError> {
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("No such file") => {
            ParseError::Unavailable(detail)
        }
        error => error,
    })?;
    raw.expect_output()?;
    let is_utc = raw.typed.is_empty();
    let cuts_hosts = last_lines::cuts_hosts(&raw);
    let mut is_last = false;
    let none = LoginHistory {
        logins: Vec::new(),
        begins_at: None,
    };
    let parsed = raw.read_lines(none, |history, line| {
        match last_lines::line(line)? {
            Line::Record(line) => history.logins.push(record(&line, is_utc, cuts_hosts)?),
            Line::Begins(moment) => {
                history.begins_at = moment.utc(is_utc);
                is_last = true;
            }
            Line::Heading => is_last = true,
        }
        Some(())
    });
    if parsed.value.logins.is_empty() && !is_last {
        let no_rows = || ParseError::shape("last printed neither a login nor when they begin");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

fn record(line: &LastLine<'_>, is_utc: bool, cuts_hosts: bool) -> Option<LoginRecord> {
    const CUT: usize = 16;
    let kind = match (line.user?, line.terminal.as_str()) {
        (_, "system boot") => LoginRecordKind::Boot,
        (_, "system down") => LoginRecordKind::Shutdown,
        ("runlevel", level) if level.starts_with('(') => LoginRecordKind::Runlevel,
        _ => LoginRecordKind::Login,
    };
    let is_login = kind == LoginRecordKind::Login;
    let host = line.host.filter(|host| !cuts_hosts || host.len() < CUT);
    let host = host.map(last_lines::unescaped);
    let (from, kernel) = if is_login { (host, None) } else { (None, host) };
    let begins_at = line.begin.utc(is_utc);
    let ends_at = match line.end {
        End::At(moment) => moment.utc(is_utc),
        _ => None,
    };
    let exact = begins_at.zip(ends_at).and_then(|(begin, end)| {
        u64::try_from(end.signed_duration_since(begin).num_seconds()).ok()
    });
    Some(LoginRecord {
        kind,
        user: last_lines::unescaped(line.user?),
        terminal: is_login.then(|| last_lines::unescaped(&line.terminal)),
        from,
        kernel,
        begins_at,
        ends_at,
        end: match line.end {
            End::Unknown => None,
            End::Open => Some(LoginEnd::Open),
            End::At(_) => Some(LoginEnd::Closed),
            End::Crash => Some(LoginEnd::Crash),
            End::Down => Some(LoginEnd::Shutdown),
            End::Gone => Some(LoginEnd::Gone),
        },
        duration_seconds: exact.or(line.duration_seconds),
    })
}
