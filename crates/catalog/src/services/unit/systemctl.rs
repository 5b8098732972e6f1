//! `systemctl show`, see `systemctl(1)`: `Key=value` lines, the same form in every version. Under
//! `TZ=UTC0` its times are in UTC, in versions without `--timestamp` too.

use super::{UnitNamed, UnitStatus};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, properties::Properties,
    text, time,
};

const WORDS: &[&str] = &[
    "TZ=UTC0",
    "systemctl",
    "show",
    "--no-pager",
    "--property=Id,Description,LoadState,ActiveState,SubState,Result,MainPID,FragmentPath,\
     ActiveEnterTimestamp,ActiveExitTimestamp,InactiveEnterTimestamp,InactiveExitTimestamp",
];

pub(super) const VARIANT: Variant<UnitNamed, UnitStatus> = Variant {
    name: "systemctl",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |args| Source::Command(Command::new("env").words(WORDS).operand(&args.unit)),
    reads: &["systemctl show"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UnitStatus>, ParseError> {
    let complaint = raw.error_text();
    if raw.exit_code == Some(1) && complaint.contains("neither a valid invocation ID") {
        // A template (`getty@.service`) is no unit itself.
        return Err(ParseError::Unavailable(complaint.trim().to_owned()));
    }
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let mut properties = Properties::default();
    let mut unread = Vec::new();
    let mut units = 0_u32;
    for (index, line) in text::lines(&text) {
        units = units.saturating_add(u32::from(line.starts_with("Id=")));
        if !properties.read(line) {
            unread.push((index, line));
        }
    }
    unread.extend(text::cut_line(&text));
    if units > 1 {
        return Err(ParseError::shape(
            "of several units at once, which is asked for?",
        ));
    }
    let required = |key: &str| {
        let value = properties.get(key).map(str::to_owned);
        value.ok_or_else(|| ParseError::shape(format!("systemctl does not tell the {key}")))
    };
    let active_state = required("ActiveState")?;
    // The moment that `systemctl status` shows.
    let entered = match active_state.as_str() {
        "active" | "reloading" => "ActiveEnterTimestamp",
        "inactive" | "failed" => "InactiveEnterTimestamp",
        "activating" => "InactiveExitTimestamp",
        _ => "ActiveExitTimestamp",
    };
    let mut parsed = Parsed::whole(UnitStatus {
        name: required("Id")?,
        description: required("Description")?,
        load_state: required("LoadState")?,
        sub_state: required("SubState")?,
        result: properties.get("Result").map(str::to_owned),
        main_pid: properties
            .get("MainPID")
            .and_then(|pid| pid.parse().ok())
            .filter(|pid| *pid != 0),
        since: properties.get(entered).and_then(time::of_systemd),
        fragment_path: properties.get("FragmentPath").map(str::to_owned),
        active_state,
    });
    for (index, line) in unread {
        parsed.leave_unread(index, line);
    }
    Ok(parsed)
}
