//! `hostnamectl(1)` with JSON, of systemd 249 or newer.

use serde::Deserialize;

use super::HostIdentity;
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, HostIdentity> = Variant {
    name: "hostnamectl",
    needs: Needs::under(Init::Systemd, &["hostnamectl"]),
    source: |_| Source::Command(Command::new("hostnamectl").words(&["--json=short"])),
    reads: &["hostnamectl"],
    parse,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    hostname: Option<String>,
    static_hostname: Option<String>,
    pretty_hostname: Option<String>,
    chassis: Option<String>,
    deployment: Option<String>,
    location: Option<String>,
    kernel_name: Option<String>,
    kernel_release: Option<String>,
    operating_system_pretty_name: Option<String>,
    #[serde(rename = "OperatingSystemCPEName")]
    operating_system_cpe: Option<String>,
    hardware_vendor: Option<String>,
    hardware_model: Option<String>,
    firmware_version: Option<String>,
    #[serde(rename = "MachineID")]
    machine_id: Option<String>,
    #[serde(rename = "BootID")]
    boot_id: Option<String>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<HostIdentity>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let document: Document = raw.json()?;
    if document.hostname.is_none() && document.static_hostname.is_none() {
        return Err(ParseError::shape("the document names no host"));
    }
    let kernel = document.kernel_name.zip(document.kernel_release);
    Ok(Parsed::whole(HostIdentity {
        hostname: document.hostname,
        static_hostname: document.static_hostname,
        pretty_hostname: document.pretty_hostname,
        chassis: document.chassis,
        deployment: document.deployment,
        location: document.location,
        virtualization: None,
        operating_system: document.operating_system_pretty_name,
        operating_system_cpe: document.operating_system_cpe,
        kernel: kernel.map(|(name, release)| format!("{name} {release}")),
        architecture: None,
        hardware_vendor: document.hardware_vendor,
        hardware_model: document.hardware_model,
        firmware_version: document.firmware_version,
        machine_id: document.machine_id,
        boot_id: document.boot_id,
    }))
}
