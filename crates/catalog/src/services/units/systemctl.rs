//! `systemctl(1) list-units` as JSON, which came with systemd 246. Jobs are not among its fields
//! where there are none.

use serde::Deserialize;

use super::{ServiceUnit, ServiceUnitList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    services::listing,
};

pub(super) const VARIANT: Variant<NoArgs, ServiceUnitList> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| {
        let words = ["list-units", "--all", "--output=json", "--no-pager"];
        Source::Command(Command::new("systemctl").words(&words))
    },
    reads: &["systemctl", "systemctl list-units"],
    parse,
};

#[derive(Deserialize)]
struct Row {
    unit: String,
    load: String,
    active: String,
    sub: String,
    job: Option<String>,
    #[serde(default)]
    description: Option<String>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceUnitList>, ParseError> {
    let rows: Vec<Row> = listing::json_rows(&raw)?;
    let is_said = |text: &String| !text.is_empty();
    let units = rows.into_iter().map(|row| ServiceUnit {
        name: row.unit,
        load_state: row.load,
        active_state: row.active,
        sub_state: row.sub,
        job: row.job.filter(is_said),
        description: row.description.filter(is_said),
    });
    Ok(Parsed::whole(ServiceUnitList {
        units: units.collect(),
    }))
}
