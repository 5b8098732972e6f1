//! `systemctl(1) is-active`, and of people also `is-enabled`, `is-failed` and `is-system-running`:
//! one word a line. Their exit codes say the same.

use super::ServiceStateList;
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, services::UnitNamed,
};

pub(super) const VARIANT: Variant<UnitNamed, ServiceStateList> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |args| {
        let command = Command::new("systemctl").word("is-active");
        Source::Command(command.operand(&args.unit))
    },
    reads: &["systemctl is-active|is-enabled|is-failed|is-system-running"],
    parse,
};

const STATES: &[&str] = &[
    "active",
    "inactive",
    "failed",
    "activating",
    "deactivating",
    "reloading",
    "refreshing",
    "maintenance",
    "unknown",
    "enabled",
    "enabled-runtime",
    "linked",
    "linked-runtime",
    "alias",
    "masked",
    "masked-runtime",
    "static",
    "indirect",
    "disabled",
    "generated",
    "transient",
    "bad",
    "not-found",
    "initializing",
    "starting",
    "running",
    "degraded",
    "stopping",
    "offline",
];

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceStateList>, ParseError> {
    let empty = ServiceStateList { states: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        let state = line.trim();
        list.states
            .push(STATES.contains(&state).then(|| state.to_owned())?);
        Some(())
    });
    if parsed.value.states.is_empty() {
        let said = raw.error_text();
        if said.contains("Failed to get unit file state") {
            return Err(ParseError::Unavailable(said.trim().to_owned()));
        }
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        let unknown = || ParseError::shape("no word for a state");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}
