//! `systemctl(1)` as a table, for systemd before 246 and for people.

use super::{FailedUnit, FailedUnits, READS};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant,
    arguments::NoArgs,
    services::{listing, units::UnitTable},
};

const WORDS: &[&str] = &[
    "list-units",
    "--failed",
    "--plain",
    "--no-legend",
    "--full",
    "--no-pager",
];

pub(super) const VARIANT: Variant<NoArgs, FailedUnits> = Variant {
    name: "systemctl_text",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| Source::Command(Command::new("systemctl").words(WORDS)),
    reads: READS,
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedUnits>, ParseError> {
    raw.expect_exit(&[0])?;
    let mut table = UnitTable::default();
    let empty = FailedUnits { units: Vec::new() };
    let parsed = raw.read_lines(empty, |list, line| {
        if let Some(unit) = table.read(line)? {
            let has_failed = unit.active_state == "failed" || unit.sub_state == "failed";
            has_failed.then_some(())?;
            list.units.push(FailedUnit {
                name: unit.name,
                description: unit.description,
                state: unit.active_state,
            });
        }
        Some(())
    });
    // Without a legend, nothing is the answer that all is well.
    let is_own_silence = raw.typed.is_empty() && raw.text().trim().is_empty();
    if !is_own_silence {
        listing::expect_list(&raw, &parsed, parsed.value.units.len(), &table.seen)?;
    }
    Ok(parsed)
}
