//! `supervisorctl status`: `name STATE pid 123, uptime 0:00:06`. It ends with 3 where not all run.

use super::{SupervisorProgram, SupervisorProgramList};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    services::listing, units,
};

pub(super) const VARIANT: Variant<NoArgs, SupervisorProgramList> = Variant {
    name: "supervisorctl",
    needs: Needs::programs(&["supervisorctl"]),
    source: |_| Source::Command(Command::new("supervisorctl").word("status")),
    reads: &["supervisorctl status"],
    parse,
};

const STATES: &[&str] = &[
    "STOPPED", "STARTING", "RUNNING", "BACKOFF", "STOPPING", "EXITED", "FATAL", "UNKNOWN",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SupervisorProgramList>, ParseError> {
    let empty = SupervisorProgramList {
        programs: Vec::new(),
    };
    let parsed = raw.read_lines(empty, |list, line| {
        list.programs.push(program(line)?);
        Some(())
    });
    if parsed.value.programs.is_empty() {
        let text = raw.text();
        let says = |what: &str| text.contains(what);
        if says("no such file") || says("refused connection") || says("SHUTDOWN_STATE") {
            return Err(ParseError::Unavailable(
                "supervisord does not answer".to_owned(),
            ));
        }
        if let Some(complaint) = raw.complaint() {
            return Err(complaint);
        }
        raw.expect_exit(&[0])?;
        if !parsed.unread.is_empty() {
            return Err(ParseError::shape("no program and its state"));
        }
    }
    Ok(parsed)
}

fn program(line: &str) -> Option<SupervisorProgram> {
    let rest = &mut line.trim();
    let (name, state) = (listing::word(rest)?, listing::word(rest)?);
    if !STATES.contains(&state) {
        return None;
    }
    let running = rest.strip_prefix("pid ").and_then(|rest| {
        let (pid, uptime) = rest.split_once(", uptime ")?;
        Some((pid.parse().ok()?, seconds(uptime)?))
    });
    let detail = Some((*rest).to_owned()).filter(|rest| !rest.is_empty() && running.is_none());
    Some(SupervisorProgram {
        name: name.to_owned(),
        state: state.to_owned(),
        pid: running.map(|(pid, _)| pid),
        running_seconds: running.map(|(_, seconds)| seconds),
        detail,
    })
}

/// `0:00:06`, `1 day, 2:03:04`, `12 days, 0:00:01`.
fn seconds(text: &str) -> Option<u64> {
    let (days, clock) = match text.split_once(", ") {
        Some((days, clock)) => {
            let (count, unit) = days.split_once(' ')?;
            unit.starts_with("day").then_some(())?;
            (count.parse::<u64>().ok()?, clock)
        }
        None => (0, text),
    };
    days.checked_mul(86_400)?
        .checked_add(units::clock_seconds(clock)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count() {
        assert_eq!(seconds("1 day, 2:03:04"), Some(93_784));
        assert_eq!(seconds("12 days, 0:00:01"), Some(1_036_801));
        assert_eq!(seconds("1 week, 0:00:01"), None);
    }
}
