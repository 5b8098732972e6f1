//! `faillock(8)` of Linux-PAM: for each account a line with its name and a colon, a heading, and the
//! failures that are remembered, at most as many as lock the account and a few more. It is never
//! translated, and shows the server's local time.

use super::{FailedLogin, FailedLoginList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

pub(super) const VARIANT: Variant<NoArgs, FailedLoginList> = Variant {
    name: "faillock",
    needs: Needs::programs(&["faillock"]),
    source: |_| Source::Command(Command::new("env").words(&["TZ=UTC0", "faillock"])),
    reads: &["faillock"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedLoginList>, ParseError> {
    raw.expect_exit(&[0]).map_err(|error| match error {
        // It is made with the first failure since the start of the machine.
        ParseError::Shape(detail) if detail.contains("tally directory") => {
            ParseError::Unavailable(detail)
        }
        error => error,
    })?;
    let is_utc = raw.typed.is_empty();
    let mut user = None;
    let none = FailedLoginList {
        attempts: Vec::new(),
        begins_at: None,
    };
    let parsed = raw.read_lines(none, |list, line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        if let [name] = words.as_slice()
            && let Some(name) = name.strip_suffix(':')
        {
            user = Some(name.to_owned());
            return Some(());
        }
        let of_user = user.clone()?;
        if words == ["When", "Type", "Source", "Valid"] {
            return Some(());
        }
        list.attempts.push(attempt(of_user, &words, is_utc)?);
        Some(())
    });
    if parsed.value.attempts.is_empty() && !parsed.unread.is_empty() {
        let no_rows = || ParseError::shape("faillock printed no failures of an account");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// Reads `2026-11-29 01:11:34 RHOST 10.0.0.9 V`; `I` stands where it does not count any more.
fn attempt(user: String, words: &[&str], is_utc: bool) -> Option<FailedLogin> {
    let [date, clock, kind, source @ .., valid] = words else {
        return None;
    };
    let source = match source {
        [] => None,
        [source] => Some((*source).to_owned()),
        _ => return None,
    };
    let at = time::with_year(date, clock)?;
    let counts = match *valid {
        "V" => true,
        "I" => false,
        _ => return None,
    };
    let (terminal, from) = match *kind {
        "RHOST" => (None, source),
        "TTY" | "SVC" => (source, None),
        _ => (None, None),
    };
    Some(FailedLogin {
        user: Some(user),
        terminal,
        from,
        at: is_utc.then_some(at),
        counts: Some(counts),
    })
}
