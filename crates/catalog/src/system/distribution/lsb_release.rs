//! `lsb_release(1)`, of Debian's python or of its shell: one label a line, the same in every language.

use super::DistributionIdentity;
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, DistributionIdentity> = Variant {
    name: "lsb_release",
    needs: Needs::programs(&["lsb_release"]),
    source: |_| Source::Command(Command::new("lsb_release").word("-a")),
    reads: &["lsb_release"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<DistributionIdentity>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = raw.read_lines(DistributionIdentity::default(), |answer, line| {
        // It says so where nobody asked.
        if line.starts_with("No LSB modules") {
            return Some(());
        }
        let (label, value) = line.split_once(':')?;
        let value =
            Some(value.trim().to_owned()).filter(|value| !matches!(value.as_str(), "" | "n/a"));
        match label {
            "Distributor ID" => answer.id = value,
            "Description" => answer.name = value,
            "Release" => answer.version = value,
            "Codename" => answer.codename = value,
            "LSB Version" => {}
            _ => return None,
        }
        Some(())
    });
    if parsed.value == DistributionIdentity::default() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("lsb_release printed no labels")));
    }
    Ok(parsed)
}
