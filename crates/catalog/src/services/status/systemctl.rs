//! `systemctl(1) status`, of one or several units: a block of properties for each, and then its log.
//! Under `TZ=UTC0` its moments are in UTC. It ends with 3 where the unit does not run.

use super::{ServiceLogLine, ServiceStatusList, block};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, logs,
    services::UnitNamed, services::listing, text,
};

const WORDS: &[&str] = &[
    "TZ=UTC0",
    "systemctl",
    "status",
    "--no-pager",
    "--full",
    "--lines=10",
];

pub(super) const VARIANT: Variant<UnitNamed, ServiceStatusList> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |args| Source::Command(Command::new("env").words(WORDS).operand(&args.unit)),
    reads: &["systemctl status", "service status"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceStatusList>, ParseError> {
    let mut reading = Reading::default();
    let empty = ServiceStatusList {
        units: Vec::new(),
        not_found: Vec::new(),
    };
    let mut parsed = raw.read_lines(empty, |list, line| reading.read(list, line));
    let complaint = raw.error_text();
    for (_, line) in text::lines(&complaint) {
        parsed.value.not_found.extend(not_found(line));
    }
    if parsed.value.units.is_empty() {
        if let Some(name) = parsed.value.not_found.first() {
            return Err(ParseError::Unavailable(format!("there is no unit {name}")));
        }
        raw.expect_exit(&[0, 1, 2, 3])?;
        raw.expect_output()?;
        let unknown = || ParseError::shape("no unit is told of");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

/// The name in `Unit nosuch.service could not be found.`
fn not_found(line: &str) -> Option<String> {
    let name = line.strip_prefix("Unit ")?;
    let name = name.strip_suffix(" could not be found.")?;
    Some(name.to_owned())
}

/// Where the reading is.
#[derive(Debug, Default)]
struct Reading {
    /// The heading that is waited for its properties: the unit's name and description.
    heading: Option<(String, Option<String>)>,
    /// Where the colons of the properties stand, in characters; `None`: outside a block.
    colon: Option<usize>,
    /// The property that a line set in goes on with.
    property: String,
    /// How far a line of the log that goes on is set in; `None`: not in a log.
    log_width: Option<usize>,
}

impl Reading {
    fn read(&mut self, list: &mut ServiceStatusList, line: &str) -> Option<()> {
        if let Some(heading) = heading(line) {
            *self = Self {
                heading: Some(heading),
                ..Self::default()
            };
            return Some(());
        }
        if let Some((name, description)) = self.heading.take() {
            let colon = line.find("Loaded:")?.checked_add("Loaded".len())?;
            let mut status = super::ServiceStatus {
                name,
                description,
                ..super::ServiceStatus::default()
            };
            block::property(
                &mut status,
                "Loaded",
                line.get(colon.checked_add(1)?..)?.trim(),
            )?;
            list.units.push(status);
            self.colon = Some(colon);
            "Loaded".clone_into(&mut self.property);
            return Some(());
        }
        if let Some(name) = not_found(line) {
            list.not_found.push(name);
            return Some(());
        }
        if line.starts_with("Warning: ") || line.starts_with("Notice: ") || listing::is_legend(line)
        {
            return Some(());
        }
        let status = list.units.last_mut()?;
        if let (Some(colon), None) = (self.colon, self.log_width)
            && (line.starts_with(' ') || is_property(line, colon))
        {
            return self.property(status, colon, line);
        }
        if let Some(found) = logs::log_line(line, true) {
            self.log_width = Some(logs::width(line, found.message));
            status.log.push(ServiceLogLine {
                time_shown: found.time_shown.to_owned(),
                identifier: found.identifier.map(str::to_owned),
                pid: found.pid,
                message: found.message.to_owned(),
            });
            return Some(());
        }
        let more = logs::continued(line, self.log_width?)?;
        let last = status.log.last_mut()?;
        last.message.push('\n');
        last.message.push_str(more);
        Some(())
    }

    /// A property, or a line that goes on with the one before.
    fn property(
        &mut self,
        status: &mut super::ServiceStatus,
        colon: usize,
        line: &str,
    ) -> Option<()> {
        let parts = line.split_at_checked(colon);
        if is_property(line, colon)
            && let Some((name, value)) = parts
        {
            name.trim().clone_into(&mut self.property);
            let value = value.strip_prefix(':')?;
            return block::property(status, &self.property, value.trim());
        }
        // The tree of processes may have a character of several bytes there.
        parts
            .is_none_or(|(before, _)| before.trim().is_empty())
            .then_some(())?;
        block::more(status, &self.property, line.trim())
    }
}

/// Whether a heading and its colon stand where they stand in this block.
fn is_property(line: &str, colon: usize) -> bool {
    line.split_at_checked(colon).is_some_and(|(name, value)| {
        let value = value.strip_prefix(':');
        let is_name = !name.trim().is_empty() && !name.contains([':', '"']);
        is_name && value.is_some_and(|value| value.is_empty() || value.starts_with(' '))
    })
}

/// Reads `● ssh.service - OpenBSD Secure Shell server`; without the mark in very old versions.
fn heading(line: &str) -> Option<(String, Option<String>)> {
    const SUFFIXES: &[&str] = &[
        "service",
        "socket",
        "device",
        "mount",
        "automount",
        "swap",
        "target",
        "path",
        "timer",
        "slice",
        "scope",
        "snapshot",
    ];
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = if listing::is_mark(first) { rest } else { line };
    let (name, description) = match rest.split_once(" - ") {
        Some((name, description)) => (name, Some(description.trim_end())),
        None => (rest.trim_end(), None),
    };
    let (_, suffix) = name.rsplit_once('.')?;
    let is_unit = SUFFIXES.contains(&suffix) && !name.contains([' ', '/']);
    is_unit.then(|| (name.to_owned(), description.map(str::to_owned)))
}
