//! `rc-status(8)` of OpenRC: headings of runlevels, and services with their states in brackets; the
//! form `--format ini` too.

use super::{OpenrcService, OpenrcServiceList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, units,
};

pub(super) const VARIANT: Variant<NoArgs, OpenrcServiceList> = Variant {
    name: "rc_status",
    needs: Needs::under(Init::Openrc, &["rc-status"]),
    source: |_| Source::Command(Command::new("rc-status").words(&["--nocolor", "--all"])),
    reads: &["rc-status"],
    parse,
};

const STATES: &[&str] = &[
    "started",
    "stopped",
    "starting",
    "stopping",
    "inactive",
    "crashed",
    "failed",
    "scheduled",
    "unsupervised",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<OpenrcServiceList>, ParseError> {
    let said = raw.error_text();
    if said.contains(" does not exist") {
        return Err(ParseError::Unavailable(said.trim().to_owned()));
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut level = None;
    let mut is_dynamic = false;
    let empty = OpenrcServiceList {
        services: Vec::new(),
    };
    let parsed = raw.read_lines(empty, |list, line| {
        if let Some((dynamic, name)) = heading(line) {
            is_dynamic = dynamic;
            level = Some(name.to_owned());
            return Some(());
        }
        let mut service = service(line)?;
        service.runlevel.clone_from(&level);
        service.is_dynamic = is_dynamic;
        list.services.push(service);
        Some(())
    });
    if parsed.value.services.is_empty() && level.is_none() {
        let unknown = || ParseError::shape("no runlevel and no service");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

/// `Runlevel: default`, `Dynamic Runlevel: manual`, `[default]`, `[Dynamic manual]`.
fn heading(line: &str) -> Option<(bool, &str)> {
    let line = line.trim_end();
    if let Some(name) = line.strip_prefix("Runlevel: ") {
        return Some((false, name));
    }
    if let Some(name) = line.strip_prefix("Dynamic Runlevel: ") {
        return Some((true, name));
    }
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '/' | '-' | '_' | '.');
    name.chars().all(is_name).then_some(())?;
    Some(match name.strip_prefix("Dynamic ") {
        Some(name) => (true, name),
        None => (false, name),
    })
}

/// ` sshd      [  started  ]`, of a supervised one `[ started 2 day(s) 03:04:05 (1) ]`;
/// `sshd =  started`.
fn service(line: &str) -> Option<OpenrcService> {
    let line = line.trim();
    let (name, state) = match line.strip_suffix(']') {
        Some(line) => line.rsplit_once('[')?,
        None => line.split_once(" = ")?,
    };
    let name = name.trim();
    let (state, more) = state.trim().split_once(' ').unwrap_or((state.trim(), ""));
    if name.is_empty() || name.contains(' ') || !STATES.contains(&state) {
        return None;
    }
    let mut running_seconds = None;
    let mut restarts = None;
    let mut days: u64 = 0;
    let mut words = more.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        if words.next_if_eq(&"day(s)").is_some() {
            days = word.parse().ok()?;
        } else if let Some(count) = word
            .strip_prefix('(')
            .and_then(|word| word.strip_suffix(')'))
        {
            restarts = Some(count.parse().ok()?);
        } else {
            let clock = units::clock_seconds(word)?;
            running_seconds = Some(days.checked_mul(86_400)?.checked_add(clock)?);
        }
    }
    Some(OpenrcService {
        name: name.to_owned(),
        runlevel: None,
        is_dynamic: false,
        state: state.to_owned(),
        running_seconds,
        restarts,
    })
}
