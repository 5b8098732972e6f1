//! `sensors -j` of lm-sensors 3.5 and later, see `sensors(1)`.

use serde_json::{Map, Value};

use super::{SensorReading, SensorReadings, attribute};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, SensorReadings> = Variant {
    name: "json",
    needs: Needs::programs(&["sensors"]),
    source: |_| Source::Command(Command::new("sensors").word("-j")),
    reads: &["sensors"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SensorReadings>, ParseError> {
    if let Some(none) = super::text::none_found(&raw)? {
        return Ok(Parsed::whole(none));
    }
    raw.expect_exit(&[0])?;
    let chips: Map<String, Value> = raw.json()?;
    let mut list = SensorReadings::default();
    for (chip, features) in &chips {
        let features = features.as_object().ok_or_else(no_chip)?;
        for (label, figures) in features {
            // `"Adapter": "PCI adapter"`
            let Some(figures) = figures.as_object() else {
                continue;
            };
            list.readings.extend(reading(chip, label, figures));
        }
    }
    if list.readings.is_empty() && !chips.is_empty() {
        return Err(no_chip());
    }
    Ok(Parsed::whole(list))
}

fn no_chip() -> ParseError {
    ParseError::shape("not the chips of `sensors -j`")
}

/// A sensor; `None`: of a kind that is not read, such as an intrusion switch.
fn reading(chip: &str, label: &str, figures: &Map<String, Value>) -> Option<SensorReading> {
    let (_, (kind, _), _) = figures.keys().find_map(|name| attribute(name))?;
    let mut reading = SensorReading::new(chip, label, kind);
    for (name, figure) in figures {
        if let (Some((_, _, attribute)), Some(figure)) = (attribute(name), figure.as_f64()) {
            reading.set(attribute, figure);
        }
    }
    Some(reading)
}
