//! `systemctl(1) status` without a unit: a block of properties, and then the tree of all control
//! groups, which is not looked at.

use super::{ServiceManagerState, systemctl_show};
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, time,
};

const WORDS: &[&str] = &["TZ=UTC0", "systemctl", "status", "--no-pager", "--lines=0"];

pub(super) const VARIANT: Variant<NoArgs, ServiceManagerState> = Variant {
    name: "systemctl_status",
    needs: Needs::under(Init::Systemd, &["systemctl"]),
    source: |_| Source::Command(Command::new("env").words(WORDS)),
    reads: &["systemctl status"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServiceManagerState>, ParseError> {
    let mut has_heading = false;
    let mut is_tree = false;
    let parsed = raw.read_lines(ServiceManagerState::default(), |manager, line| {
        let Some((name, value)) = line.trim_start().split_once(": ") else {
            let is_heading = !has_heading && !line.starts_with(' ') && line.contains(' ');
            has_heading |= is_heading;
            return (is_heading || is_tree).then_some(());
        };
        if is_tree {
            return Some(());
        }
        let first = || value.split(' ').next()?.parse().ok();
        match name {
            "State" => value.trim().clone_into(&mut manager.state),
            "Units" => manager.loaded_units = Some(first()?),
            "Jobs" => manager.jobs = Some(first()?),
            "Failed" => manager.failed_units = Some(first()?),
            "Since" => {
                let shown = value.split("; ").next()?;
                manager.since = time::of_systemd(shown);
                manager.since_shown = Some(shown.to_owned());
            }
            "systemd" => manager.version = Some(value.trim().to_owned()),
            "Tainted" => manager.tainted = systemctl_show::words(value.trim()),
            "CGroup" => is_tree = true,
            _ => return None,
        }
        Some(())
    });
    // Of a unit it tells other things.
    if parsed.value.state.is_empty() || parsed.value.failed_units.is_none() {
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        let unknown = || ParseError::shape("it does not tell how systemd is");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}
