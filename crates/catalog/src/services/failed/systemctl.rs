//! `systemctl(1)` as JSON, which came with systemd 246.

use serde::Deserialize;

use super::{FailedUnit, FailedUnits, READS};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    services::listing,
};

pub(super) const VARIANT: Variant<NoArgs, FailedUnits> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| {
        let words = ["list-units", "--failed", "--output=json", "--no-pager"];
        Source::Command(Command::new("systemctl").words(&words))
    },
    reads: READS,
    parse,
};

#[derive(Deserialize)]
struct Row {
    unit: String,
    active: String,
    sub: String,
    #[serde(default)]
    description: String,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FailedUnits>, ParseError> {
    let rows: Vec<Row> = listing::json_rows(&raw)?;
    if rows
        .iter()
        .any(|row| row.active != "failed" && row.sub != "failed")
    {
        return Err(ParseError::shape(
            "among them are units that have not failed",
        ));
    }
    let units = rows.into_iter().map(|row| FailedUnit {
        name: row.unit,
        description: Some(row.description).filter(|description| !description.is_empty()),
        state: row.active,
    });
    Ok(Parsed::whole(FailedUnits {
        units: units.collect(),
    }))
}
