//! `tail(1)` of a log as Apache and nginx write it: `client - user [moment] "request" status size`,
//! and then perhaps `"referer" "agent"`.

use chrono::DateTime;

use super::{WebRequest, WebRequestList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, logs, logs::LogFileEnd,
};

pub(super) const VARIANT: Variant<LogFileEnd, WebRequestList> = Variant {
    name: "tail",
    needs: Needs::programs(&["tail"]),
    source: |args| {
        let command = Command::new("tail").word("-n").value(&args.lines);
        Source::Command(command.operand(&args.path))
    },
    reads: &["cat|tail|head|less|more|grep|zcat|zless|zgrep|tac /var/log/*"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<WebRequestList>, ParseError> {
    let empty = WebRequestList {
        requests: Vec::new(),
    };
    let parsed = raw.read_lines(empty, |list, line| {
        list.requests.push(request(line)?);
        Some(())
    });
    // An empty file is none of requests more than of anything else.
    if !raw.typed.is_empty() && parsed.value.requests.is_empty() {
        return Err(ParseError::shape("no request"));
    }
    logs::expect_file(&raw, parsed.value.requests.len())?;
    Ok(parsed)
}

fn request(line: &str) -> Option<WebRequest> {
    let (before, rest) = line.split_once(" [")?;
    let (moment, rest) = rest.split_once("] \"")?;
    let (request, rest) = quoted(rest)?;
    let (numbers, texts) = match rest.trim_start().split_once(" \"") {
        Some((numbers, texts)) => (numbers, Some(texts)),
        None => (rest.trim_start(), None),
    };
    let (status, size) = numbers.trim_end().split_once(' ')?;
    let (referer, user_agent) = match texts {
        Some(texts) => {
            let (referer, rest) = quoted(texts)?;
            let (agent, _more) = quoted(rest.trim_start().strip_prefix('"')?)?;
            (some(referer), some(agent))
        }
        None => (None, None),
    };
    // A user's name may hold spaces; what stands before it may not.
    let (first, names) = before.split_once(' ')?;
    let (second, third) = names.split_once(' ')?;
    let (site, client, user) = match third.split_once(' ') {
        // `vhost_combined`: the site comes first.
        Some((_, user)) if first.contains(':') && second != "-" => (Some(first), second, user),
        _ => (None, first, third),
    };
    let mut words = request.split(' ');
    let (method, target, protocol) = match (words.next(), words.next(), words.next()) {
        (Some(method), Some(target), Some(protocol))
            if words.next().is_none() && protocol.starts_with("HTTP/") =>
        {
            (Some(method), target, Some(protocol))
        }
        _ => (None, request, None),
    };
    Some(WebRequest {
        site: site.map(str::to_owned),
        client: client.to_owned(),
        user: some(user),
        time: DateTime::parse_from_str(moment, "%d/%b/%Y:%H:%M:%S %z")
            .ok()?
            .to_utc(),
        method: method.map(str::to_owned),
        target: target.to_owned(),
        protocol: protocol.map(str::to_owned),
        status: status.parse().ok().filter(|status| *status < 1000)?,
        size_bytes: match size {
            "-" => None,
            size => Some(size.parse().ok()?),
        },
        referer,
        user_agent,
    })
}

/// Takes a text up to its closing quote; a backslash keeps the character behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let mut is_escaped = false;
    let end = text.char_indices().find_map(|(at, c)| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end.then_some(at)
    })?;
    Some((text.get(..end)?, text.get(end.checked_add(1)?..)?))
}

fn some(text: &str) -> Option<String> {
    (!matches!(text, "" | "-")).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_sites_are_told_apart() {
        let line = r#"a.org:80 ::1 - jo hn [29/Nov/2026:01:02:03 +0100] "GET /a\"b HTTP/1.1" 200 5 "-" "x \"y\"""#;
        let found = request(line).unwrap();
        assert_eq!(found.site.as_deref(), Some("a.org:80"));
        assert_eq!(
            (found.client.as_str(), found.user.as_deref()),
            ("::1", Some("jo hn"))
        );
        assert_eq!(found.target, r#"/a\"b"#);
        assert_eq!(found.user_agent.as_deref(), Some(r#"x \"y\""#));
        assert_eq!(found.time.to_rfc3339(), "2026-11-29T00:02:03+00:00");
        let odd = r#"::1 - - [29/Nov/2026:01:02:03 +0000] "\x16\x03" 400 -"#;
        let odd = request(odd).unwrap();
        assert_eq!((odd.method, odd.target.as_str()), (None, r"\x16\x03"));
        assert_eq!(
            request("::1 - - [29/Nov/2026:01:02:03] \"GET / HTTP/1.1\" 200 1"),
            None
        );
    }
}
