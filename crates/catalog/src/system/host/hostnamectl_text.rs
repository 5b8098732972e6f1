//! `hostnamectl(1)` for people: one label a line, right-aligned, the same in every language.

use super::HostIdentity;
use crate::{
    Command, Init, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
};

pub(super) const VARIANT: Variant<NoArgs, HostIdentity> = Variant {
    name: "hostnamectl_text",
    needs: Needs::under(Init::Systemd, &["hostnamectl"]),
    source: |_| Source::Command(Command::new("hostnamectl")),
    reads: &["hostnamectl"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<HostIdentity>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = raw.read_lines(HostIdentity::default(), |host, line| {
        let (label, value) = line.split_once(':')?;
        let value = Some(value.trim().to_owned())
            .filter(|value| !matches!(value.as_str(), "" | "n/a" | "(unset)"));
        match label.trim() {
            "Static hostname" => host.static_hostname = value,
            "Transient hostname" => host.hostname = value,
            "Pretty hostname" => host.pretty_hostname = value,
            // A picture stands behind it.
            "Chassis" => {
                let word = value.as_deref().and_then(|value| value.split(' ').next());
                host.chassis = word.map(str::to_owned);
            }
            "Deployment" => host.deployment = value,
            "Location" => host.location = value,
            "Virtualization" => host.virtualization = value,
            "Operating System" => host.operating_system = value,
            "CPE OS Name" => host.operating_system_cpe = value,
            "Kernel" => host.kernel = value,
            "Architecture" => host.architecture = value,
            "Hardware Vendor" => host.hardware_vendor = value,
            "Hardware Model" => host.hardware_model = value,
            "Firmware Version" => host.firmware_version = value,
            "Machine ID" => host.machine_id = value,
            "Boot ID" => host.boot_id = value,
            // Names of pictures, ages and numbers that are made of others.
            "Icon name"
            | "Firmware Date"
            | "Firmware Age"
            | "OS Support End"
            | "OS Support Remaining"
            | "OS Support Expired"
            | "AF_VSOCK CID"
            | "Hardware Serial"
            | "Product UUID"
            | "Hardware SKU"
            | "Hardware Version"
            | "Firmware Vendor" => {}
            _ => return None,
        }
        Some(())
    });
    if parsed.value == HostIdentity::default() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("hostnamectl printed no labels")));
    }
    Ok(parsed)
}
