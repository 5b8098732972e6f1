//! `systemctl(1)` as a table without headings, for systemd before 246.

use super::{FailedUnit, FailedUnits};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
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
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedUnits>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let mut parsed = Parsed::whole(FailedUnits { units: Vec::new() });
    for (index, line) in text.lines().enumerate() {
        match unit(line) {
            Some(unit) => parsed.value.units.push(unit),
            None if line.trim().is_empty() => {}
            None => parsed.leave_unread(index, line),
        }
    }
    Ok(parsed)
}

/// Reads `unit load active sub description`; some versions put a dot before it in spite of
/// `--plain`.
fn unit(line: &str) -> Option<FailedUnit> {
    let mut rest = line.trim_start_matches(['●', '*', ' ']);
    let mut word = || {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        rest = after.trim_start();
        Some(word).filter(|word| !word.is_empty())
    };
    let (name, _load, active, _sub) = (word()?, word()?, word()?, word()?);
    if !name.contains('.') {
        return None;
    }
    Some(FailedUnit {
        name: name.to_owned(),
        description: Some(rest.trim_end().to_owned()).filter(|rest| !rest.is_empty()),
        state: active.to_owned(),
    })
}
