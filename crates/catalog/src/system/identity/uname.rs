//! `uname(1)` and, where it is there, `systemd-detect-virt(1)`, in one constant script that prints
//! one `key=value` a line and then `os-release(5)`. Without systemd it sees containers only, no
//! virtual machine.

use super::{ServerIdentity, boot_time, os_release::OsRelease, uptime};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const SCRIPT: &str = r#"echo "hostname=$(uname -n)"
echo "kernel=$(uname -r)"
echo "architecture=$(uname -m)"
echo "virtualization=$(systemd-detect-virt 2>/dev/null || cat /run/host/container-manager /run/systemd/container 2>/dev/null)"
echo "uptime=$(cat /proc/uptime 2>/dev/null)"
grep '^btime ' /proc/stat 2>/dev/null
echo os-release
cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release 2>/dev/null || :"#;

pub(super) const VARIANT: Variant<NoArgs, ServerIdentity> = Variant {
    name: "uname",
    needs: Needs::programs(&["uname"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServerIdentity>, ParseError> {
    raw.expect_exit(&[0])?;
    let text = raw.text();
    let (facts, release) = text
        .split_once("\nos-release\n")
        .ok_or_else(|| ParseError::shape("the script did not come to its end"))?;
    let fact = |name: &str| {
        let mut facts = facts.lines().filter_map(|line| line.split_once('='));
        let (_, value) = facts.find(|(key, _)| *key == name)?;
        Some(value.to_owned()).filter(|value| !value.is_empty())
    };
    let required = |name: &str| {
        fact(name).ok_or_else(|| ParseError::Absent(format!("uname does not tell the {name}")))
    };
    let release = OsRelease::read(release);
    Ok(Parsed::whole(ServerIdentity {
        hostname: required("hostname")?,
        distribution: release.name,
        distribution_id: release.id,
        distribution_version: release.version,
        kernel: required("kernel")?,
        architecture: fact("architecture"),
        virtualization: fact("virtualization").filter(|name| name != "none"),
        booted_at: boot_time(facts),
        uptime_seconds: fact("uptime").as_deref().and_then(uptime),
    }))
}
