//! `sensors(1)` as people run it: chips with a line for each sensor, limits in brackets behind it or on
//! lines of their own. Degrees Fahrenheit (`-f`) are left unread.

use super::{SensorKind, SensorReading, SensorReadings};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text::figure,
};

pub(super) const VARIANT: Variant<NoArgs, SensorReadings> = Variant {
    name: "text",
    needs: Needs::programs(&["sensors"]),
    source: |_| Source::Command(Command::new("sensors")),
    reads: &["sensors"],
    parse,
};

/// An answer without a sensor where the tool says that there is none; `None`: it does not.
///
/// # Errors
/// `ParseError::Absent` where the kernel measures nothing at all.
pub(super) fn none_found(raw: &RawOutput<'_>) -> Result<Option<SensorReadings>, ParseError> {
    let said = raw.error_text();
    if said.contains("sensors_init: Kernel interface error") {
        return Err(ParseError::Absent(said.trim().chars().take(400).collect()));
    }
    let is_none = said.contains("No sensors found!");
    Ok(is_none.then(SensorReadings::default))
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SensorReadings>, ParseError> {
    if let Some(none) = none_found(&raw)? {
        return Ok(Parsed::whole(none));
    }
    raw.expect_exit(&[0])?;
    let mut chip: Option<String> = None;
    let parsed = raw.read_lines(SensorReadings::default(), |list, line| {
        if let Some(limits) = line.strip_prefix(' ') {
            return set_limits(list.readings.last_mut()?, limits.trim());
        }
        match line.split_once(':') {
            None if is_chip(line.trim_end()) => chip = Some(line.trim_end().to_owned()),
            None => return None,
            Some(("Adapter", _)) => {}
            Some((label, rest)) => {
                list.readings.push(reading(chip.as_deref()?, label, rest)?);
            }
        }
        Some(())
    });
    if parsed.value.readings.is_empty() {
        return Err(raw
            .complaint()
            .unwrap_or_else(|| ParseError::shape("sensors printed no sensor")));
    }
    Ok(parsed)
}

/// `nvme-pci-0040`
fn is_chip(word: &str) -> bool {
    word.contains('-')
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Reads what stands behind a label: `    +49.9°C  (low  =  +0.0°C, high = +69.8°C)  ALARM`.
fn reading(chip: &str, label: &str, rest: &str) -> Option<SensorReading> {
    let rest = rest.trim_start();
    let ends = ["  ", "(", " ALARM"].into_iter();
    let end = ends.filter_map(|end| rest.find(end)).min();
    let (value, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
    let (figure, kind) = quantity(value.trim())?;
    let mut reading = SensorReading::new(chip, label, kind);
    reading.value = Some(figure);
    set_limits(&mut reading, behind.trim())?;
    Some(reading)
}

/// Reads `(low  =  +0.0°C, high = +69.8°C)  ALARM (MIN)  sensor = diode`, or nothing at all.
fn set_limits(reading: &mut SensorReading, text: &str) -> Option<()> {
    let mut rest = text;
    while !rest.is_empty() && !rest.starts_with("sensor = ") {
        if let Some(behind) = rest.strip_prefix("ALARM") {
            reading.alarm = Some(true);
            rest = behind.trim_start();
            continue;
        }
        let (inside, behind) = rest.strip_prefix('(')?.split_once(')')?;
        rest = behind.trim_start();
        for limit in inside.split(',') {
            // Which limit is passed stands there too, as a word.
            let Some((name, value)) = limit.split_once('=') else {
                continue;
            };
            let place = match name.trim() {
                "low" | "min" => &mut reading.least,
                "high" | "max" => &mut reading.most,
                "crit" => &mut reading.critical,
                _ => continue,
            };
            *place = Some(quantity(value.trim())?.0);
        }
    }
    Some(())
}

/// Reads `+49.9°C`, in a locale without the sign `+49.9 C`; `1234 RPM`, `+12.05 V`, `850.00 mV`.
fn quantity(text: &str) -> Option<(f64, SensorKind)> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | '.')))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let (kind, factor) = match unit.trim() {
        "°C" | "C" => (SensorKind::Temperature, 1.0),
        "RPM" => (SensorKind::Fan, 1.0),
        "V" => (SensorKind::Voltage, 1.0),
        "mV" => (SensorKind::Voltage, 1e-3),
        "A" => (SensorKind::Current, 1.0),
        "mA" => (SensorKind::Current, 1e-3),
        "W" => (SensorKind::Power, 1.0),
        "mW" => (SensorKind::Power, 1e-3),
        "J" => (SensorKind::Energy, 1.0),
        "kJ" => (SensorKind::Energy, 1e3),
        "%RH" => (SensorKind::Humidity, 1.0),
        _ => return None,
    };
    Some((figure(number.trim_start_matches('+'))? * factor, kind))
}
