//! `tail(1)` of a log of errors: `2026/11/29 02:19:09 [error] 12#12: *2 message, client: ::1, ..` of
//! nginx, `[Sun Nov 29 01:19:11.123456 2026] [core:info] [pid 12:tid 7] [client ::1:5] message` of
//! Apache. Neither has a zone.

use chrono::NaiveDateTime;

use super::{WebError, WebErrorList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, logs, logs::LogFileEnd,
};

pub(super) const VARIANT: Variant<LogFileEnd, WebErrorList> = Variant {
    name: "tail",
    needs: Needs::programs(&["tail"]),
    source: |args| {
        let command = Command::new("tail").word("-n").value(&args.lines);
        Source::Command(command.operand(&args.path))
    },
    reads: &["cat|tail|head|less|more|grep|zcat|zless|zgrep|tac /var/log/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<WebErrorList>, ParseError> {
    let empty = WebErrorList { errors: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        list.errors.push(nginx(line).or_else(|| apache(line))?);
        Some(())
    });
    // An empty file is none of errors more than of anything else.
    if !raw.typed.is_empty() && parsed.value.errors.is_empty() {
        return Err(ParseError::shape("no error of a web server"));
    }
    logs::expect_file(&raw, parsed.value.errors.len())?;
    Ok(parsed)
}

fn nginx(line: &str) -> Option<WebError> {
    let (shown, rest) = line.split_once(" [")?;
    NaiveDateTime::parse_from_str(shown, "%Y/%m/%d %H:%M:%S").ok()?;
    let (level, rest) = rest.split_once("] ")?;
    let (process, message) = rest.split_once(": ")?;
    let (pid, _thread) = process.split_once('#')?;
    // What a client sent may hold the same words, before its address and behind; then none is sure.
    let mut clients = message.split(", client: ").skip(1);
    let client = match (clients.next(), clients.next()) {
        (Some(behind), None) => behind.split(", ").next().map(str::to_owned),
        _ => None,
    };
    Some(WebError {
        time: None,
        time_shown: shown.to_owned(),
        level: level.to_owned(),
        module: None,
        pid: Some(pid.parse().ok()?),
        client,
        message: message.to_owned(),
    })
}

fn apache(line: &str) -> Option<WebError> {
    let (shown, rest) = line.strip_prefix('[')?.split_once("] [")?;
    NaiveDateTime::parse_from_str(shown, "%a %b %d %H:%M:%S%.f %Y").ok()?;
    let (level, mut rest) = rest.split_once("] ")?;
    let (module, level) = match level.split_once(':') {
        Some((module, level)) => (Some(module), level),
        None => (None, level),
    };
    let (mut pid, mut client) = (None, None);
    while let Some((part, behind)) = rest
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("] "))
    {
        if let Some(process) = part.strip_prefix("pid ") {
            pid = Some(process.split(':').next()?.parse().ok()?);
        } else if let Some(address) = part.strip_prefix("client ") {
            client = Some(address.to_owned());
        } else if !part.starts_with("remote ") {
            break;
        }
        rest = behind;
    }
    Some(WebError {
        time: None,
        time_shown: shown.to_owned(),
        level: level.to_owned(),
        module: module
            .filter(|module| !module.is_empty())
            .map(str::to_owned),
        pid,
        client,
        message: rest.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_cannot_pose_as_another() {
        let line = "2026/11/29 02:19:09 [error] 12#12: *2 x, client: ::1, server: y";
        assert_eq!(nginx(line).unwrap().client.as_deref(), Some("::1"));
        let two = format!("{line}, request: \"GET /, client: 9.9.9.9, server: z\"");
        assert_eq!(nginx(&two).unwrap().client, None);
        assert_eq!(apache(line), None);
        let old = "[Sun Nov 29 01:19:11 2026] [error] [client 10.0.0.1] File does not exist: /x";
        let found = apache(old).unwrap();
        assert_eq!((found.level.as_str(), found.pid), ("error", None));
        assert_eq!(found.message, "File does not exist: /x");
        assert_eq!(apache("[Sun Foo 29 01:19:11 2026] [error] x"), None);
    }
}
