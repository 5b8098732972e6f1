//! `smartctl(8)` of smartmontools 7 and newer, as JSON, one document for each disk. Its exit code
//! tells of the disk's health as much as of its own success, and is not looked at.

use serde::Deserialize;

use super::{SmartAttribute, SmartDisk, SmartReport};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    storage::is_own,
};

/// A disk that sleeps is not woken.
const SCRIPT: &str = r#"smartctl --scan-open | while read -r device option type rest; do [ "$option" = -d ] || continue; smartctl --json --all -n standby -d "$type" "$device" </dev/null; done; exit 0"#;

pub(super) const VARIANT: Variant<NoArgs, SmartReport> = Variant {
    name: "json",
    needs: Needs::programs(&["smartctl"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["smartctl"],
    parse,
};

#[derive(Deserialize)]
struct Document {
    smartctl: Tool,
    device: Option<Device>,
    model_name: Option<String>,
    serial_number: Option<String>,
    firmware_version: Option<String>,
    user_capacity: Option<Capacity>,
    nvme_total_capacity: Option<u64>,
    smart_status: Option<Status>,
    temperature: Option<Temperature>,
    power_on_time: Option<PowerOn>,
    power_cycle_count: Option<u64>,
    nvme_smart_health_information_log: Option<Nvme>,
    ata_smart_attributes: Option<Attributes>,
}

#[derive(Deserialize)]
struct Tool {
    #[serde(default)]
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    string: String,
}

#[derive(Deserialize)]
struct Device {
    name: String,
}

#[derive(Deserialize)]
struct Capacity {
    bytes: Option<u64>,
}

#[derive(Deserialize)]
struct Status {
    passed: Option<bool>,
}

#[derive(Deserialize)]
struct Temperature {
    current: Option<i64>,
}

#[derive(Deserialize)]
struct PowerOn {
    hours: Option<u64>,
}

#[derive(Deserialize)]
struct Nvme {
    available_spare: Option<u64>,
    percentage_used: Option<u64>,
    media_errors: Option<u64>,
}

#[derive(Deserialize)]
struct Attributes {
    #[serde(default)]
    table: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    id: u32,
    name: String,
    value: Option<u32>,
    worst: Option<u32>,
    thresh: Option<u32>,
    when_failed: Option<String>,
    raw: Raw,
}

#[derive(Deserialize)]
struct Raw {
    string: String,
}

impl Row {
    fn attribute(self) -> SmartAttribute {
        SmartAttribute {
            id: self.id,
            name: self.name,
            value: self.value,
            worst: self.worst,
            threshold: self.thresh,
            failed: self.when_failed.filter(|failed| !failed.is_empty()),
            raw: self.raw.string,
        }
    }
}

impl Document {
    /// The disk; a device that could not be asked is none.
    fn disk(self) -> Option<SmartDisk> {
        if self.model_name.is_none() && self.smart_status.is_none() {
            let has_attributes = self.ata_smart_attributes.is_some();
            (has_attributes || self.nvme_smart_health_information_log.is_some()).then_some(())?;
        }
        let nvme = self.nvme_smart_health_information_log;
        let of_nvme = |field: fn(&Nvme) -> Option<u64>| nvme.as_ref().and_then(field);
        let size = self.user_capacity.and_then(|capacity| capacity.bytes);
        let rows = self.ata_smart_attributes.map(|attributes| attributes.table);
        Some(SmartDisk {
            device: self.device.map(|device| device.name),
            model: self.model_name,
            serial: self.serial_number,
            firmware: self.firmware_version,
            size_bytes: size.or(self.nvme_total_capacity.filter(|bytes| *bytes > 0)),
            is_healthy: self.smart_status.and_then(|status| status.passed),
            temperature_celsius: self.temperature.and_then(|found| found.current),
            power_on_hours: self.power_on_time.and_then(|time| time.hours),
            power_cycles: self.power_cycle_count,
            wear_percent: of_nvme(|nvme| nvme.percentage_used),
            spare_percent: of_nvme(|nvme| nvme.available_spare),
            media_errors: of_nvme(|nvme| nvme.media_errors),
            attributes: rows
                .unwrap_or_default()
                .into_iter()
                .map(Row::attribute)
                .collect(),
        })
    }
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SmartReport>, ParseError> {
    if raw.exit_code == Some(127) {
        raw.expect_exit(&[0])?;
    }
    let text = raw.text();
    let mut report = SmartReport::default();
    let mut said = None;
    let mut is_any = false;
    for document in serde_json::Deserializer::from_str(&text).into_iter::<Document>() {
        let document = document.map_err(|error| {
            let complaint = raw.complaint();
            complaint
                .unwrap_or_else(|| ParseError::shape(format!("not the JSON expected: {error}")))
        })?;
        is_any = true;
        let message = document.smartctl.messages.first();
        said = said.or_else(|| message.map(|message| message.string.clone()));
        report.disks.extend(document.disk());
    }
    if report.disks.is_empty() {
        if let Some(said) = said {
            return Err(if said.contains("Permission denied") {
                ParseError::Denied(said)
            } else {
                ParseError::Unavailable(said)
            });
        }
        if let Some(complaint) = raw.complaint() {
            return Err(complaint);
        }
        // A machine without such a disk: nothing was there to be asked.
        if is_any || !is_own(&raw) {
            return Err(ParseError::shape("no disk in the form of smartctl --json"));
        }
    }
    Ok(Parsed::whole(report))
}
