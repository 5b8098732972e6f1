//! `timedatectl show` of systemd 239 or newer.

use super::{ClockState, yes};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

pub(super) const VARIANT: Variant<NoArgs, ClockState> = Variant {
    name: "timedatectl",
    needs: Needs::under(Init::Systemd, &["timedatectl"]),
    source: |_| Source::Command(Command::new("env").words(&["TZ=UTC0", "timedatectl", "show"])),
    reads: &["timedatectl show"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ClockState>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut found = false;
    let parsed = raw.read_lines(ClockState::default(), |clock, line| {
        let (key, value) = line.split_once('=')?;
        match key {
            "Timezone" => clock.timezone = Some(value.to_owned()).filter(|zone| !zone.is_empty()),
            "LocalRTC" => clock.hardware_in_local_time = Some(yes(value)?),
            "NTP" => clock.network_time = Some(yes(value)?),
            "NTPSynchronized" => clock.synchronized = Some(yes(value)?),
            "TimeUSec" => {
                clock.now = time::of_systemd(value);
                clock.now_shown = clock.now.is_none().then(|| value.to_owned());
            }
            "CanNTP" | "RTCTimeUSec" => {}
            _ => return None,
        }
        found = true;
        Some(())
    });
    if !found {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("timedatectl printed no properties")));
    }
    Ok(parsed)
}
