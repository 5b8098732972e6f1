//! `sv(8) status` of runit: `run: name: (pid 123) 45s, want down; run: log: (pid 12) 45s`.

use super::{RunitService, RunitServiceList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

/// The services are folders, in different places in different distributions.
const SCRIPT: &str = r#"for d in "$SVDIR" /etc/service /var/service /service; do
[ -n "$d" ] && [ -d "$d" ] && exec sv status "$d"/*
done; echo "runit is not installed" >&2; exit 127"#;

pub(super) const VARIANT: Variant<NoArgs, RunitServiceList> = Variant {
    name: "sv",
    needs: Needs::programs(&["sv"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["sv status|s|st"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<RunitServiceList>, ParseError> {
    let empty = RunitServiceList {
        services: Vec::new(),
    };
    let parsed = raw.read_lines(empty, |list, line| {
        let (service, log) = match line.split_once("; ") {
            Some((service, log)) => (service, Some(log)),
            None => (line, None),
        };
        let service = read(service)?;
        let log = match log {
            Some(log) => Some(RunitService {
                name: format!("{}/log", service.name),
                ..read(log)?
            }),
            None => None,
        };
        list.services.push(service);
        list.services.extend(log);
        Some(())
    });
    if parsed.value.services.is_empty() {
        let text = raw.text();
        if text.contains("does not exist") || text.contains("runsv not running") {
            return Err(ParseError::Unavailable("runit does not run it".to_owned()));
        }
        if let Some(complaint) = raw.complaint() {
            return Err(complaint);
        }
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        return Err(ParseError::shape("no service and its state"));
    }
    Ok(parsed)
}

/// Reads `run: name: (pid 123) 45s, remark, remark`.
fn read(text: &str) -> Option<RunitService> {
    let (state, rest) = text.split_once(": ")?;
    if !matches!(state, "run" | "down" | "finish") {
        return None;
    }
    let (name, rest) = rest.split_once(": ")?;
    let (pid, rest) = match rest.strip_prefix("(pid ") {
        Some(rest) => {
            let (pid, rest) = rest.split_once(") ")?;
            (Some(pid.parse().ok()?), rest)
        }
        None => (None, rest),
    };
    let mut parts = rest.split(", ");
    let seconds = parts.next()?.strip_suffix('s')?.parse().ok()?;
    Some(RunitService {
        name: name.to_owned(),
        state: state.to_owned(),
        pid,
        since_seconds: seconds,
        remarks: parts.map(str::to_owned).collect(),
    })
}
