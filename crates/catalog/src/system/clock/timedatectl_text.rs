//! `timedatectl(1)` for people, of systemd old and new; the same in every language.

use super::{ClockState, yes};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

pub(super) const VARIANT: Variant<NoArgs, ClockState> = Variant {
    name: "timedatectl_text",
    needs: Needs::under(Init::Systemd, &["timedatectl"]),
    source: |_| Source::Command(Command::new("timedatectl")),
    reads: &["timedatectl"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ClockState>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut in_warning = false;
    let parsed = raw.read_lines(ClockState::default(), |clock, line| {
        // A warning about the hardware's clock, in sentences.
        in_warning |= line.starts_with("Warning:");
        if in_warning {
            return Some(());
        }
        let (label, value) = line.split_once(": ")?;
        let value = value.trim();
        let flag = || yes(value);
        match label.trim() {
            "Universal time" => clock.now = Some(time::of_systemd(value)?),
            "Time zone" | "Timezone" => {
                let zone = value.split(' ').next().filter(|zone| *zone != "n/a")?;
                clock.timezone = Some(zone.to_owned());
            }
            "RTC in local TZ" => clock.hardware_in_local_time = Some(flag()?),
            "System clock synchronized" | "NTP synchronized" => clock.synchronized = Some(flag()?),
            "NTP service"
            | "systemd-timesyncd.service active"
            | "Network time on"
            | "NTP enabled" => {
                clock.network_time = flag();
            }
            // The same moment again, and when summer time begins and ends.
            "Local time" | "RTC time" | "DST active" | "Last DST change" | "Next DST change" => {}
            _ => return None,
        }
        Some(())
    });
    if parsed.value == ClockState::default() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("timedatectl printed no labels")));
    }
    Ok(parsed)
}
