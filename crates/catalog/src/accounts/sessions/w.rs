//! `w(1)` of procps, all its forms. It shows when a session began as a time of day or a weekday, so
//! the moment is none; a name is cut to eight characters, and where a host would be cut (to
//! sixteen) it is none.

use super::{LoginSession, SessionList, of_no_host};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text::figure,
};

pub(super) const VARIANT: Variant<NoArgs, SessionList> = Variant {
    name: "w",
    needs: Needs::programs(&["w"]),
    source: |_| Source::Command(Command::new("w")),
    reads: &["w"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SessionList>, ParseError> {
    raw.expect_exit(&[0])?;
    // Where the column of the terminal begins, once the heading is there.
    let mut terminal_at = None;
    let without_heading = raw.typed_option('h', "no-header");
    let none = SessionList {
        sessions: Vec::new(),
    };
    let parsed = raw.read_lines(none, |list, line| {
        if terminal_at.is_none() && is_uptime(line) {
            return Some(());
        }
        if terminal_at.is_none() && is_heading(line) {
            let before = line.split("TTY").next()?;
            terminal_at = Some(before.chars().count());
            return Some(());
        }
        // A line that comes before its heading is another tool's, as busybox's.
        (terminal_at.is_some() || without_heading).then_some(())?;
        list.sessions.push(session(line, terminal_at)?);
        Some(())
    });
    let is_known = terminal_at.is_some() || (without_heading && parsed.unread.is_empty());
    if parsed.value.sessions.is_empty() && !is_known {
        if raw.text().lines().any(|line| line.starts_with("USER\t")) {
            return Err(ParseError::Absent("this w is busybox's who".to_owned()));
        }
        let no_rows = || ParseError::shape("w printed neither a heading nor a user");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

/// ` 01:02:20 up 23 min,  2 users,  load average: 2.03, 2.27, 1.59`: it ends in three figures.
fn is_uptime(line: &str) -> bool {
    let is_figure = |word: &str| {
        let word = word.trim_end_matches(',').replace(',', ".");
        word.contains('.') && figure(&word).is_some()
    };
    let mut last = line.split_ascii_whitespace().rev().take(3);
    line.contains(':') && last.by_ref().all(is_figure) && line.split(' ').count() > 6
}

/// The user's column is translated, the terminal's is not. busybox has other columns.
fn is_heading(line: &str) -> bool {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    !line.contains('\t') && (4..=9).contains(&words.len()) && words.get(1) == Some(&"TTY")
}

/// Reads `user terminal [from] login idle ..`, or with `-s` `user terminal [from] idle what`. The
/// terminal may be blank under a heading, where logind knows none.
fn session(line: &str, terminal_at: Option<usize>) -> Option<LoginSession> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let (user, rest) = words.split_first()?;
    let has_no_terminal =
        terminal_at.is_some_and(|at| line.chars().skip(at).take(4).all(|c| c == ' '));
    let (terminal, rest) = match rest.split_first() {
        _ if has_no_terminal => (None, rest),
        Some((terminal, rest)) if is_terminal(terminal) => (Some(*terminal), rest),
        _ => return None,
    };
    let from = match rest {
        [login, then, ..] if is_login(login) && is_length(then) => None,
        [from, login, then, ..] if is_login(login) && is_length(then) => Some(*from),
        [idle, _what, ..] if is_length(idle) => None,
        [from, idle, _what, ..] if is_length(idle) => Some(*from),
        _ => return None,
    };
    const CUT: usize = 16;
    let is_told = |from: &&str| !of_no_host(from) && from.len() < CUT;
    Some(LoginSession {
        user: (*user).to_owned(),
        terminal: terminal
            .filter(|terminal| *terminal != "-")
            .map(str::to_owned),
        from: from.filter(is_told).map(str::to_owned),
        since: None,
    })
}

fn is_terminal(word: &str) -> bool {
    word == "-"
        || word == "console"
        || word.starts_with(':')
        || (word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.contains(|c: char| c.is_ascii_digit())
            && !word.contains('.'))
}

/// `01:02`, `Sun22`, `29Nov26`, the names in any language.
fn is_login(word: &str) -> bool {
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((hour, minute)) = word.split_once(':') {
        return digits(hour) && digits(minute);
    }
    let Some((name, number)) = word
        .len()
        .checked_sub(2)
        .and_then(|at| word.split_at_checked(at))
    else {
        return false;
    };
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit());
    digits(number) && !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '.')
}

/// `4.00s`, `1:23`, `23:40m`, `2days`, `?`, `?xdm?`.
fn is_length(word: &str) -> bool {
    if matches!(word, "?" | "?xdm?") {
        return true;
    }
    let number = word.trim_end_matches(char::is_alphabetic);
    let is_number = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
    };
    is_number(number) && (number.len() < word.len() || number.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_may_be_missing() {
        let read = |line, at| {
            let session = session(line, at)?;
            Some((session.terminal, session.from))
        };
        let pts = || Some("pts/1".to_owned());
        let host = || Some("10.0.0.1".to_owned());
        for (line, terminal, from) in [
            (
                "ann      pts/1    10.0.0.1         01:02    4.00s  0.00s   ?    sh",
                pts(),
                host(),
            ),
            (
                "ann      pts/1    -                Sun22    2days  0.00s   ?    sh",
                pts(),
                None,
            ),
            (
                "ann      pts/1     29Nov26  23:40m  0.00s   ?    sh",
                pts(),
                None,
            ),
            (
                "ann      pts/1    10.0.0.1          4.00s sh",
                pts(),
                host(),
            ),
            ("ann      pts/1      4.00s sh", pts(), None),
            (
                "ann      pts/1    2001:db8:1111:22 01:02    4.00s  0.00s   ?    sh",
                pts(),
                None,
            ),
        ] {
            assert_eq!(read(line, None), Some((terminal, from)), "{line}");
        }
        let blank = "ann               10.0.0.1         01:02    4.00s  0.00s   ?    sh";
        assert_eq!(read(blank, Some(9)), Some((None, host())));
        assert_eq!(read("lorem ipsum dolor sit amet", None), None);
    }
}
