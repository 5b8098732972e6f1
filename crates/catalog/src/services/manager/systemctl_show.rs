//! `systemctl(1) show` without a unit: `Key=value` lines. Under `TZ=UTC0` its moments are in UTC.

use super::ServiceManagerState;
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    properties::Properties, text, time,
};

const WORDS: &[&str] = &[
    "TZ=UTC0",
    "systemctl",
    "show",
    "--no-pager",
    "--property=SystemState,NNames,NJobs,NFailedUnits,Version,Tainted,UserspaceTimestamp",
];

pub(super) const VARIANT: Variant<NoArgs, ServiceManagerState> = Variant {
    name: "systemctl_show",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| Source::Command(Command::new("env").words(WORDS)),
    reads: &["systemctl show"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceManagerState>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let text = raw.text();
    let mut properties = Properties::default();
    let mut unread = Vec::new();
    for (index, line) in text::lines(&text) {
        if !properties.read(line) {
            unread.push((index, line));
        }
    }
    unread.extend(text::cut_line(&text));
    let state = properties.get("SystemState").ok_or_else(|| {
        let unknown = || ParseError::shape("systemctl does not tell the SystemState");
        raw.complaint().unwrap_or_else(unknown)
    })?;
    let number = |key: &str| properties.get(key).and_then(|number| number.parse().ok());
    let since_shown = properties.get("UserspaceTimestamp");
    let tainted = properties.get("Tainted").unwrap_or_default();
    let mut parsed = Parsed::whole(ServiceManagerState {
        state: state.to_owned(),
        failed_units: number("NFailedUnits"),
        jobs: number("NJobs"),
        loaded_units: number("NNames"),
        version: properties.get("Version").map(str::to_owned),
        tainted: words(tainted),
        since: since_shown.and_then(time::of_systemd),
        since_shown: since_shown.map(str::to_owned),
    });
    for (index, line) in unread {
        parsed.leave_unread(index, line);
    }
    Ok(parsed)
}

/// The words between colons.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(':').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}
