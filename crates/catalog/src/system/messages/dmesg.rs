//! `dmesg(1)` of util-linux and of busybox: raw in the own command, and in all forms of time that
//! people choose. A line without a time belongs to the message before it.

use chrono::{DateTime, Utc};

use super::{FACILITIES, KernelMessage, KernelMessageList, LEVELS, priority};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text::figure,
};

pub(super) const VARIANT: Variant<NoArgs, KernelMessageList> = Variant {
    name: "dmesg",
    needs: Needs::programs(&["dmesg"]),
    source: |_| Source::Command(Command::new("dmesg").word("-r")),
    reads: &["dmesg"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<KernelMessageList>, ParseError> {
    raw.expect_exit(&[0])?;
    let without_time = raw.typed_option('t', "notime");
    let parsed = raw.read_lines(KernelMessageList::default(), |list, line| {
        match message(line, without_time) {
            Some(message) => list.messages.push(message),
            // The rest of a message of several lines is set in.
            None if line.starts_with([' ', '\t']) => {
                list.messages.last()?;
                continue_last(list, line);
            }
            None => return None,
        }
        Some(())
    });
    // The buffer may have been emptied.
    if parsed.value.messages.is_empty() && !parsed.unread.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("dmesg printed no messages with times")));
    }
    Ok(parsed)
}

/// Adds a line to the last message.
pub(super) fn continue_last(list: &mut KernelMessageList, line: &str) {
    if let Some(last) = list.messages.last_mut() {
        last.text.push('\n');
        last.text.push_str(line.trim());
    }
}

/// Reads one line; `None`: it has no time, where one was asked for.
pub(super) fn message(line: &str, without_time: bool) -> Option<KernelMessage> {
    let mut message = KernelMessage::default();
    let mut rest = line;
    if let Some((number, after)) = line.strip_prefix('<').and_then(|line| line.split_once('>')) {
        let (facility, level) = priority(number.parse().ok()?);
        (message.facility, message.level) = (facility, level);
        rest = after;
    } else if let Some((facility, level, after)) = decoded(line) {
        message.facility = Some(facility.to_owned());
        message.level = Some(level.to_owned());
        rest = after;
    }
    let has_priority = message.level.is_some();
    if let Some((time, text)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let text = text.strip_prefix(' ').unwrap_or(text);
        if is_time(time, &mut message) {
            message.text = text.to_owned();
            return Some(message);
        }
    }
    if let Some((time, text)) = rest.split_once(' ')
        && let Some(at) = iso(time)
    {
        message.at = Some(at);
        message.text = text.to_owned();
        return Some(message);
    }
    (without_time || has_priority).then(|| {
        message.text = rest.to_owned();
        message
    })
}

/// `kern  :info  : ` before the rest, as `-x` shows it.
fn decoded(line: &str) -> Option<(&str, &str, &str)> {
    let (facility, rest) = line.split_once(':')?;
    let (level, rest) = rest.split_once(':')?;
    let (facility, level) = (facility.trim_end(), level.trim_end());
    let is_known = FACILITIES.contains(&facility) && LEVELS.contains(&level);
    is_known.then_some((facility, level, rest.strip_prefix(' ').unwrap_or(rest)))
}

/// What stands in brackets: `   12.345678`, with a thread behind (`T1`) or a distance (`<  0.1>`),
/// `Sun Nov 29 00:58:23 2026`, `Nov29 00:58`, `  +0.000012`.
fn is_time(time: &str, message: &mut KernelMessage) -> bool {
    let first = time.trim_start().split(' ').next().unwrap_or_default();
    if let Some(seconds) = figure(first).filter(|_| !first.starts_with('+')) {
        message.uptime_seconds = Some(seconds);
        return true;
    }
    let is_shown = time.len() <= 40
        && (first.strip_prefix('+').and_then(figure).is_some() || time.contains(':'))
        && time.chars().any(|c| c.is_ascii_digit());
    if is_shown {
        message.at_shown = Some(time.trim().to_owned());
    }
    is_shown
}

/// `2026-11-29T00:58:23,125109+00:00`.
fn iso(time: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(&time.replace(',', ".")).ok()?;
    Some(moment.to_utc())
}
