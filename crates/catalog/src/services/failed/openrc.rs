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
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedUnits>, ParseError> {
    raw.expect_exit(&[0, 1])?;
    let text = raw.text();
    let mut parsed = Parsed::whole(FailedUnits { units: Vec::new() });
    for (index, line) in text.lines().enumerate() {
        let mut words = line.split_ascii_whitespace();
        match (words.next(), words.next()) {
            (Some(name), None) => parsed.value.units.push(FailedUnit {
                name: name.to_owned(),
                description: None,
                state: "crashed".to_owned(),
            }),
            (None, _) => {}
            _ => parsed.leave_unread(index, line),
        }
    }
    Ok(parsed)
}
