//! `systemctl(1) list-unit-files` as JSON, which came with systemd 246.

use serde::Deserialize;

use super::{UnitFile, UnitFileList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    services::listing,
};

pub(super) const VARIANT: Variant<NoArgs, UnitFileList> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| {
        let words = ["list-unit-files", "--output=json", "--no-pager"];
        Source::Command(Command::new("systemctl").words(&words))
    },
    reads: &["systemctl list-unit-files"],
    parse,
};

#[derive(Deserialize)]
struct Row {
    unit_file: String,
    state: String,
    /// Before systemd 250 the other name.
    #[serde(alias = "vendor_preset", default)]
    preset: Option<String>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UnitFileList>, ParseError> {
    let rows: Vec<Row> = listing::json_rows(&raw)?;
    let unit_files = rows.into_iter().map(|row| UnitFile {
        name: row.unit_file,
        state: row.state,
        preset: row.preset.as_deref().and_then(listing::some_word),
    });
    Ok(Parsed::whole(UnitFileList {
        unit_files: unit_files.collect(),
    }))
}
