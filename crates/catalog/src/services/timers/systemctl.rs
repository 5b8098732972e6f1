//! `systemctl(1) list-timers` as JSON, which came with systemd 246: moments in microseconds since
//! 1970. The columns `left` and `passed` hold moments too, in some versions wrong ones, and are not
//! read.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::{ServiceTimer, ServiceTimerList};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    services::listing,
};

pub(super) const VARIANT: Variant<NoArgs, ServiceTimerList> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| {
        let words = ["list-timers", "--all", "--output=json", "--no-pager"];
        Source::Command(Command::new("systemctl").words(&words))
    },
    reads: &["systemctl list-timers"],
    parse,
};

#[derive(Deserialize)]
struct Row {
    /// A number or `null`, but never missing.
    next: Value,
    last: Value,
    unit: String,
    activates: Option<listing::Names>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceTimerList>, ParseError> {
    let rows: Vec<Row> = listing::json_rows(&raw)?;
    let timers = rows.into_iter().map(|row| ServiceTimer {
        name: row.unit,
        activates: row.activates.map(listing::Names::all).unwrap_or_default(),
        next: moment(&row.next),
        next_shown: None,
        left_seconds: None,
        last: moment(&row.last),
        last_shown: None,
        passed_seconds: None,
    });
    Ok(Parsed::whole(ServiceTimerList {
        timers: timers.collect(),
    }))
}

/// 0 is no moment.
fn moment(microseconds: &Value) -> Option<DateTime<Utc>> {
    let microseconds = microseconds.as_i64().filter(|number| *number != 0)?;
    DateTime::from_timestamp_micros(microseconds)
}
