//! The files in which kernel, firmware and distribution say who they are.
//!
//! `/proc/sys/kernel/arch` came with Linux 6.1; where it is missing the next variant answers.

use super::{ServerIdentity, boot_time, hypervisor, os_release::OsRelease, uptime};
use crate::{FixedPath, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const FILES: &[FixedPath] = &[
    FixedPath::new("/etc/os-release"),
    FixedPath::new("/usr/lib/os-release"),
    FixedPath::new("/proc/sys/kernel/hostname"),
    FixedPath::new("/proc/sys/kernel/osrelease"),
    FixedPath::new("/proc/sys/kernel/arch"),
    FixedPath::new("/proc/stat"),
    FixedPath::new("/proc/uptime"),
    FixedPath::new("/sys/class/dmi/id/product_name"),
    FixedPath::new("/sys/class/dmi/id/sys_vendor"),
    FixedPath::new("/sys/devices/system/clocksource/clocksource0/available_clocksource"),
    FixedPath::new("/run/host/container-manager"),
    FixedPath::new("/run/systemd/container"),
    FixedPath::new("/run/.containerenv"),
];

pub(super) const VARIANT: Variant<NoArgs, ServerIdentity> = Variant {
    name: "files",
    needs: Needs::NOTHING,
    source: |_| Source::Files(FILES),
    reads: &[],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<ServerIdentity>, ParseError> {
    let required = |path| raw.required_file(path).map(|text| text.trim().to_owned());
    let optional = |path| raw.file(path).unwrap_or_default();
    let release = raw
        .file("/etc/os-release")
        .or_else(|| raw.file("/usr/lib/os-release"))
        .map(|text| OsRelease::read(&text))
        .unwrap_or_default();
    let kernel = required("/proc/sys/kernel/osrelease")?;
    Ok(Parsed::whole(ServerIdentity {
        hostname: required("/proc/sys/kernel/hostname")?,
        distribution: release.name,
        distribution_id: release.id,
        distribution_version: release.version,
        architecture: Some(required("/proc/sys/kernel/arch")?),
        virtualization: virtualization(&raw, &kernel),
        booted_at: boot_time(&optional("/proc/stat")),
        uptime_seconds: uptime(&optional("/proc/uptime")),
        kernel,
    }))
}

/// A container's manager before the hypervisor below it, in the order of `systemd-detect-virt`.
fn virtualization(raw: &RawOutput<'_>, kernel: &str) -> Option<String> {
    if kernel.contains("Microsoft") || kernel.contains("WSL") {
        return Some("wsl".to_owned());
    }
    let manager = ["/run/host/container-manager", "/run/systemd/container"]
        .into_iter()
        .filter_map(|path| raw.file(path))
        .map(|text| text.trim().to_owned())
        .find(|manager| !manager.is_empty());
    let podman = || raw.file("/run/.containerenv").map(|_| "podman".to_owned());
    manager.or_else(podman).or_else(|| {
        let text = |path| raw.file(path).unwrap_or_default();
        let name = hypervisor::name(
            &text("/sys/class/dmi/id/product_name"),
            &text("/sys/class/dmi/id/sys_vendor"),
            &text("/sys/devices/system/clocksource/clocksource0/available_clocksource"),
        );
        name.map(str::to_owned)
    })
}
