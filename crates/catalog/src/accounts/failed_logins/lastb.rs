//! `lastb(8)` of util-linux and sysvinit: the lines of `last(1)`, of the file `btmp`.

use super::{FailedLogin, FailedLoginList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    accounts::last_lines::{self, Line},
    arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, FailedLoginList> = Variant {
    name: "lastb",
    needs: Needs::programs(&["lastb"]),
    source: |_| {
        let words = ["TZ=UTC0", "lastb", "-w", "-F", "-n", "500"];
        Source::Command(Command::new("env").words(&words))
    },
    reads: &["lastb"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedLoginList>, ParseError> {
    raw.expect_exit(&[0]).map_err(|error| match error {
        ParseError::Shape(detail) if detail.contains("No such file") => {
            ParseError::Unavailable(detail)
        }
        error => error,
    })?;
    raw.expect_output()?;
    const CUT: usize = 16;
    let is_utc = raw.typed.is_empty();
    let cuts_hosts = last_lines::cuts_hosts(&raw);
    let mut is_last = false;
    let none = FailedLoginList {
        attempts: Vec::new(),
        begins_at: None,
    };
    let parsed = raw.read_lines(none, |list, line| {
        match last_lines::line(line)? {
            Line::Record(line) => {
                let host = line.host.filter(|host| !cuts_hosts || host.len() < CUT);
                list.attempts.push(FailedLogin {
                    user: line.user.map(last_lines::unescaped),
                    terminal: Some(last_lines::unescaped(&line.terminal)),
                    from: host.map(last_lines::unescaped),
                    at: line.begin.utc(is_utc),
                    counts: None,
                });
            }
            Line::Begins(moment) => {
                list.begins_at = moment.utc(is_utc);
                is_last = true;
            }
            Line::Heading => return None,
        }
        Some(())
    });
    if parsed.value.attempts.is_empty() && !is_last {
        let no_rows = || ParseError::shape("lastb printed neither an attempt nor when they begin");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}
