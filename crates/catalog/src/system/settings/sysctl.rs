//! `sysctl(8)` of procps and of busybox: `name = value`. What may not be read it complains about on
//! standard error, and goes on.

use super::{KernelSetting, KernelSettingList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, KernelSettingList> = Variant {
    name: "sysctl",
    needs: Needs::programs(&["sysctl"]),
    source: |_| Source::Command(Command::new("sysctl").word("-a")),
    reads: &["sysctl"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<KernelSettingList>, ParseError> {
    let parsed = raw.read_lines(KernelSettingList::default(), |list, line| {
        // Where standard error came along.
        if line.starts_with("sysctl: permission denied on key") {
            return Some(());
        }
        let (name, value) = line
            .split_once(" = ")
            .or_else(|| Some((line.strip_suffix(" =")?, "")))?;
        let is_name = name.contains('.') && !name.contains([' ', ':', '\'']);
        is_name.then_some(())?;
        list.settings.push(KernelSetting {
            name: name.to_owned(),
            value: value.to_owned(),
        });
        Some(())
    });
    if parsed.value.settings.is_empty() {
        let said = raw.error_text();
        // Whatever the language: the file that is not there.
        if said.contains("/proc/sys/") && raw.complaint().is_none() {
            let first = said.lines().next().unwrap_or_default();
            return Err(ParseError::Unavailable(first.to_owned()));
        }
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("sysctl printed no settings")));
    }
    Ok(parsed)
}
