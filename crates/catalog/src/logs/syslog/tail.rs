//! `tail(1)` of a file as rsyslog, syslog-ng and busybox write it: RFC 3164 with or without a host
//! and `facility.severity`, the same with ISO moments, and RFC 5424. A line that is set in goes on
//! with the one before.

use super::{LogFileEnd, SyslogLine, SyslogLines};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, logs};

pub(super) const VARIANT: Variant<LogFileEnd, SyslogLines> = Variant {
    name: "tail",
    needs: Needs::programs(&["tail"]),
    source: |args| {
        let command = Command::new("tail").word("-n").value(&args.lines);
        Source::Command(command.operand(&args.path))
    },
    reads: &["cat|tail|head|less|more|grep|zcat|zless|zgrep|tac /var/log/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SyslogLines>, ParseError> {
    let mut width = None;
    let empty = SyslogLines { lines: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        if let Some(found) = line_of(line) {
            width = Some(logs::width(line, &found.message));
            list.lines.push(found);
            return Some(());
        }
        let more = logs::continued(line, width?)?;
        let message = &mut list.lines.last_mut()?.message;
        message.push('\n');
        message.push_str(more);
        Some(())
    });
    logs::expect_file(&raw, parsed.value.lines.len())?;
    Ok(parsed)
}

pub(crate) fn line_of(line: &str) -> Option<SyslogLine> {
    let (level, rest) = match line.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        Some((number, rest)) => (level(number), rest),
        None => (None, line),
    };
    if let (Some(level), Some(rest)) = (level, rest.strip_prefix("1 ")) {
        return protocol(level, rest);
    }
    let found = logs::log_line(rest, true)?;
    let (facility, severity) = match (found.level, level) {
        (Some((facility, severity)), _) => (Some(facility), logs::severity(severity)),
        (None, Some((facility, severity))) => (Some(facility), Some(severity)),
        (None, None) => (None, None),
    };
    Some(SyslogLine {
        time: found.time,
        time_shown: Some(found.time_shown.to_owned()),
        host: found.host.map(str::to_owned),
        facility: facility.map(str::to_owned),
        severity,
        identifier: found.identifier.map(str::to_owned),
        pid: found.pid,
        message: found.message.to_owned(),
    })
}

/// The facility and the severity in the number of `<34>`.
fn level(number: &str) -> Option<(&'static str, u8)> {
    let number: u8 = number.parse().ok()?;
    let facility = logs::FACILITIES.get(usize::from(number / 8))?;
    Some((facility, number % 8))
}

/// RFC 5424 behind `<34>1 `: `time host program process kind [data] message`.
fn protocol((facility, severity): (&str, u8), rest: &str) -> Option<SyslogLine> {
    let mut words = rest.splitn(6, ' ');
    let mut word = || words.next().filter(|word| !word.is_empty());
    let (time, host, program, process, _kind) = (word()?, word()?, word()?, word()?, word()?);
    // rsyslog has one more blank before the message.
    let message = behind_data(words.next()?)?;
    let message = message.strip_prefix(' ').unwrap_or(message);
    let said = |word: &str| Some(word.to_owned()).filter(|word| word != "-");
    Some(SyslogLine {
        time: match time {
            "-" => None,
            time => logs::iso(time)?,
        },
        time_shown: said(time),
        host: said(host),
        facility: Some(facility.to_owned()),
        severity: Some(severity),
        identifier: said(program),
        pid: process.parse().ok(),
        message: message
            .strip_prefix('\u{feff}')
            .unwrap_or(message)
            .to_owned(),
    })
}

/// What follows the structured data, `-` or `[id key="value"][..]`.
fn behind_data(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('-') {
        return rest
            .strip_prefix(' ')
            .or_else(|| rest.is_empty().then_some(""));
    }
    let mut is_quoted = false;
    let mut is_escaped = false;
    let mut is_inside = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' if is_inside => is_quoted = !is_quoted,
            '[' if !is_inside => is_inside = true,
            ']' if is_inside && !is_quoted => is_inside = false,
            ' ' if !is_inside => return text.get(at.checked_add(1)?..),
            _ if is_inside => {}
            _ => return None,
        }
    }
    (!is_inside && !text.is_empty()).then_some("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structured_data_is_skipped() {
        let read = |text: &'static str| behind_data(text);
        assert_eq!(read("- hello"), Some("hello"));
        assert_eq!(read(r#"[a b="x ] \" y"][c] hello ]"#), Some("hello ]"));
        assert_eq!(read("[a]"), Some(""));
        assert_eq!(read("[a hello"), None);
        assert_eq!(read("x y"), None);
    }
}
