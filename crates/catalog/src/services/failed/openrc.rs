//! `rc-status(8)` of OpenRC: the daemons it started that are gone, one a line. It ends with 1 where
//! there is none. A service that would not start at all is not remembered as failed by OpenRC.

use super::{FailedUnit, FailedUnits};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, FailedUnits> = Variant {
    name: "openrc",
    needs: Needs::under(Init::Openrc, &["rc-status"]),
    source: |_| Source::Command(Command::new("rc-status").words(&["--nocolor", "--crashed"])),
    reads: &["rc-status --crashed|-c"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedUnits>, ParseError> {
    raw.expect_exit(&[0, 1])?;
    let parsed = raw.read_lines(FailedUnits { units: Vec::new() }, |list, line| {
        let mut words = line.split_ascii_whitespace();
        let (Some(name), None) = (words.next(), words.next()) else {
            return None;
        };
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || "_.+@-".contains(c);
        if !name.chars().all(is_of_name) || name.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        list.units.push(FailedUnit {
            name: name.to_owned(),
            description: None,
            state: "crashed".to_owned(),
        });
        Some(())
    });
    // It prints nothing but names; one line may be cut.
    let most = usize::from(!parsed.value.units.is_empty());
    if parsed.unread.len() > most {
        return Err(ParseError::shape("it names no service"));
    }
    Ok(parsed)
}
