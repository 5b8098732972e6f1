//! `systemctl(1)` as JSON, which came with systemd 246.

use serde::Deserialize;

use super::{FailedUnit, FailedUnits};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, FailedUnits> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| {
        let words = ["list-units", "--failed", "--output=json", "--no-pager"];
        Source::Command(Command::new("systemctl").words(&words))
    },
    reads: &[],
    parse,
};

#[derive(Deserialize)]
struct Row {
    unit: String,
    active: String,
    description: String,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedUnits>, ParseError> {
    raw.expect_exit(&[0])?;
    if !raw.text().trim_start().starts_with('[') {
        // An older systemctl takes the option and prints its table all the same.
        return Err(ParseError::Absent(
            "systemctl before 246 has no JSON".to_owned(),
        ));
    }
    let rows: Vec<Row> = raw.json()?;
    let units = rows.into_iter().map(|row| FailedUnit {
        name: row.unit,
        description: Some(row.description).filter(|description| !description.is_empty()),
        state: row.active,
    });
    Ok(Parsed::whole(FailedUnits {
        units: units.collect(),
    }))
}
