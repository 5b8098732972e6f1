//! `systemctl(1) list-sockets` as JSON, which came with systemd 246.

use serde::Deserialize;

use super::{ServiceSocket, ServiceSocketList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    services::listing,
};

pub(super) const VARIANT: Variant<NoArgs, ServiceSocketList> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| {
        let words = [
            "list-sockets",
            "--all",
            "--show-types",
            "--output=json",
            "--no-pager",
        ];
        Source::Command(Command::new("systemctl").words(&words))
    },
    reads: &["systemctl list-sockets"],
    parse,
};

#[derive(Deserialize)]
struct Row {
    listen: String,
    #[serde(default)]
    r#type: Option<String>,
    unit: String,
    activates: Option<listing::Names>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceSocketList>, ParseError> {
    let rows: Vec<Row> = listing::json_rows(&raw)?;
    let sockets = rows.into_iter().map(|row| ServiceSocket {
        listen: row.listen,
        r#type: row.r#type,
        unit: row.unit,
        activates: row.activates.map(listing::Names::all).unwrap_or_default(),
    });
    Ok(Parsed::whole(ServiceSocketList {
        sockets: sockets.collect(),
    }))
}
