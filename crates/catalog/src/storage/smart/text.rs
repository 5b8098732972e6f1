//! `smartctl(8)` as people read it: `-a`, `-x`, `-i`, `-H`, `-A`; for smartmontools before 7.

use super::{SmartAttribute, SmartDisk, SmartReport};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    storage::is_own,
};

/// A report does not name its disk, which therefore comes before it. A disk that sleeps is not woken.
const SCRIPT: &str = r#"smartctl --scan-open | while read -r device option type rest; do [ "$option" = -d ] || continue; echo "device $device"; smartctl --all -n standby -d "$type" "$device" </dev/null; done; exit 0"#;

pub(super) const VARIANT: Variant<NoArgs, SmartReport> = Variant {
    name: "text",
    needs: Needs::programs(&["smartctl"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["smartctl"],
    parse,
};

/// Where in a report a line is.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Before its first section: the tool's name and copyright.
    Head,
    /// Among facts.
    Facts,
    /// Among what the disk can do, and logs: not asked for.
    Rest,
    /// In the table of attributes, in its long or its brief form.
    Attributes { is_brief: bool },
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SmartReport>, ParseError> {
    if raw.text().trim_start().starts_with('{') {
        return Err(ParseError::shape("it is JSON"));
    }
    let mut place = Place::Head;
    let own = is_own(&raw);
    let mut parsed = raw.read_lines(SmartReport::default(), |report, line| {
        if let Some(device) = line.strip_prefix("device /dev/").filter(|_| own) {
            place = Place::Head;
            report.disks.push(SmartDisk {
                device: Some(format!("/dev/{device}")),
                ..SmartDisk::default()
            });
            return Some(());
        }
        if report.disks.is_empty() {
            let device = raw.typed.iter().find(|word| word.starts_with("/dev/"));
            report.disks.push(SmartDisk {
                device: device.cloned(),
                ..SmartDisk::default()
            });
        }
        let disk = report.disks.last_mut()?;
        if line.starts_with("=== START OF ") {
            place = Place::Facts;
            return Some(());
        }
        if line.starts_with("ID# ATTRIBUTE_NAME") {
            let is_brief = line.contains(" FLAGS ");
            place = Place::Attributes { is_brief };
            return Some(());
        }
        let is_rest = [
            "General SMART Values",
            "Supported Power States",
            "Error Information (",
        ]
        .iter()
        .any(|beginning| line.starts_with(beginning))
            || line.starts_with("SMART Error Log")
            || line.starts_with("SMART Extended")
            || line.starts_with("General Purpose Log");
        if is_rest && place != Place::Head {
            place = Place::Rest;
        }
        if line.starts_with("SMART/Health Information") {
            place = Place::Facts;
            return Some(());
        }
        match place {
            Place::Head => {
                let is_own = line.starts_with("smartctl ") || line.starts_with("Copyright ");
                is_own.then_some(())
            }
            Place::Rest => Some(()),
            Place::Attributes { is_brief } => {
                if let Some(attribute) = attribute(line, is_brief) {
                    about_attribute(disk, &attribute);
                    disk.attributes.push(attribute);
                    return Some(());
                }
                // The legend of the brief form's letters.
                let is_legend = is_brief && line.trim_start().starts_with('|');
                is_legend.then_some(())
            }
            Place::Facts => {
                let (key, value) = line.split_once(':')?;
                fact(disk, key.trim(), value.trim())
            }
        }
    });
    // A disk that told nothing could not be asked.
    parsed.value.disks.retain(|disk| {
        let device = disk.device.clone();
        let untold = SmartDisk {
            device,
            ..SmartDisk::default()
        };
        *disk != untold
    });
    if parsed.value.disks.is_empty() {
        let is_silent = raw.stdout.is_empty() && raw.stderr.is_empty();
        if own && is_silent && raw.exit_code == Some(0) {
            return Ok(parsed);
        }
        return Err(failure(&raw));
    }
    Ok(parsed)
}

/// Why there is no report, which smartctl says on standard output.
fn failure(raw: &RawOutput<'_>) -> ParseError {
    let text = raw.text();
    let said = text.lines().find(|line| {
        let is_failed = line.contains(" failed: ") || line.contains("Unable to detect device type");
        is_failed || line.contains("Unknown USB bridge") || line.contains("is in STANDBY")
    });
    match said {
        Some(line) if line.contains("Permission denied") => ParseError::Denied(line.to_owned()),
        Some(line) => ParseError::Unavailable(line.to_owned()),
        None => raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("no report of smartctl")),
    }
}

/// Takes a line `key: value`; `None`: a known key has no value that is known.
fn fact(disk: &mut SmartDisk, key: &str, value: &str) -> Option<()> {
    let text = || Some(value.to_owned()).filter(|value| !value.is_empty());
    match key {
        "Device Model" | "Model Number" | "Product" => disk.model = text(),
        "Serial Number" | "Serial number" => disk.serial = text(),
        "Firmware Version" | "Revision" => disk.firmware = text(),
        "User Capacity" | "Total NVM Capacity" => {
            let end = value.find(['[', 'b']).unwrap_or(value.len());
            disk.size_bytes = Some(number(value.get(..end)?)?);
        }
        "SMART overall-health self-assessment test result" | "SMART Health Status" => {
            disk.is_healthy = Some(match value {
                "PASSED" | "OK" => true,
                value if value.starts_with("FAILED") || value.contains("FAIL") => false,
                _ => return None,
            });
        }
        "Temperature" | "Current Drive Temperature" => {
            disk.temperature_celsius = Some(value.split(' ').next()?.parse().ok()?);
        }
        "Power On Hours" => disk.power_on_hours = Some(number(value)?),
        "Power Cycles" => disk.power_cycles = Some(number(value)?),
        "Percentage Used" => disk.wear_percent = Some(number(value.strip_suffix('%')?)?),
        "Available Spare" => disk.spare_percent = Some(number(value.strip_suffix('%')?)?),
        "Media and Data Integrity Errors" => disk.media_errors = Some(number(value)?),
        _ => {}
    }
    Some(())
}

/// A number with whatever the locale puts between its thousands.
fn number(text: &str) -> Option<u64> {
    let is_mark = |c: char| matches!(c, ',' | '.' | '\'' | ' ' | '\u{a0}' | '\u{202f}');
    let digits: String = text.chars().filter(|c| !is_mark(*c)).collect();
    digits.parse().ok()
}

/// Reads `id name flag value worst threshold type updated failed raw`, or the brief form's `id name
/// flags value worst threshold failed raw`.
fn attribute(line: &str, is_brief: bool) -> Option<SmartAttribute> {
    let mut rest = line;
    let mut word = || {
        let trimmed = rest.trim_start();
        let (word, after) = trimmed.split_once(' ').unwrap_or((trimmed, ""));
        rest = after;
        Some(word).filter(|word| !word.is_empty())
    };
    let id = word()?.parse().ok()?;
    let name = word()?.to_owned();
    let _flag = word()?;
    let (value, worst, threshold) = (word()?, word()?, word()?);
    if !is_brief {
        let (_kind, _updated) = (word()?, word()?);
    }
    let failed = match word()? {
        "-" => None,
        "FAILING_NOW" | "NOW" => Some("now"),
        "In_the_past" | "Past" => Some("past"),
        _ => return None,
    };
    let figure = |text: &str| match text {
        "---" => Some(None),
        text => text.parse().ok().map(Some),
    };
    Some(SmartAttribute {
        id,
        name,
        value: figure(value)?,
        worst: figure(worst)?,
        threshold: figure(threshold)?,
        failed: failed.map(str::to_owned),
        raw: Some(rest.trim().to_owned()).filter(|raw| !raw.is_empty())?,
    })
}

/// What an attribute tells of the disk as a whole.
fn about_attribute(disk: &mut SmartDisk, attribute: &SmartAttribute) {
    let first = attribute.raw.split([' ', 'h']).next().unwrap_or_default();
    match (attribute.id, attribute.name.as_str()) {
        (9, name) if name.starts_with("Power_On_") => disk.power_on_hours = first.parse().ok(),
        (12, _) => disk.power_cycles = first.parse().ok(),
        (194, name) if name.starts_with("Temperature") => {
            disk.temperature_celsius = first.parse().ok();
        }
        (190, name) if name.contains("Temperature") && disk.temperature_celsius.is_none() => {
            disk.temperature_celsius = first.parse().ok();
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_marks_and_hours_may_have_minutes() {
        assert_eq!(number("1.000.204.886.016 "), Some(1_000_204_886_016));
        assert_eq!(number("x"), None);
        let line = "  9 Power_On_Hours          0x0032   099   099   000    Old_age   Always       -       5321h+12m";
        let mut disk = SmartDisk::default();
        about_attribute(&mut disk, &attribute(line, false).unwrap());
        assert_eq!(disk.power_on_hours, Some(5321));
    }
}
