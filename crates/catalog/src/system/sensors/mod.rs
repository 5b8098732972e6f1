//! `system.sensors`: temperatures, fans, voltages and whatever else the machine measures of itself.

mod hwmon;
mod json;
mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// What the machine measures of itself.
pub struct Sensors;

/// The answer of `system.sensors`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SensorReadings {
    /// One for each sensor, chip by chip; empty: the kernel knows of none.
    pub readings: Vec<SensorReading>,
}

/// What one sensor says. All figures are in the unit of its kind; what is not told is `null`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SensorReading {
    /// The chip it belongs to: its driver's name, to which `sensors` adds where it is
    /// (`nvme-pci-0040`).
    pub chip: String,
    /// What it measures, in the driver's words; without them its number, as in `temp1`.
    pub label: String,
    /// What kind of quantity it is.
    pub kind: SensorKind,
    /// What it measures now; `null`: it cannot be read.
    pub value: Option<f64>,
    /// Below this it is too little.
    pub least: Option<f64>,
    /// Above this it is too much.
    pub most: Option<f64>,
    /// Above this it is dangerous.
    pub critical: Option<f64>,
    /// Whether the chip says that a limit is passed.
    pub alarm: Option<bool>,
}

/// What a sensor measures, and its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum SensorKind {
    /// Degrees Celsius.
    Temperature,
    /// Turns a minute.
    Fan,
    /// Volts.
    Voltage,
    /// Amperes.
    Current,
    /// Watts.
    Power,
    /// Joules since the driver was loaded.
    Energy,
    /// Relative, 0 to 100.
    Humidity,
}

impl SensorKind {
    /// The kind behind the beginning of an attribute's name, by the kernel's
    /// `Documentation/hwmon/sysfs-interface.rst`, and what its figures in `/sys` are divided by.
    fn of(beginning: &str) -> Option<(Self, f64)> {
        Some(match beginning {
            "temp" => (Self::Temperature, 1e3),
            "fan" => (Self::Fan, 1.0),
            "in" => (Self::Voltage, 1e3),
            "curr" => (Self::Current, 1e3),
            "power" => (Self::Power, 1e6),
            "energy" => (Self::Energy, 1e6),
            "humidity" => (Self::Humidity, 1e3),
            _ => return None,
        })
    }
}

/// `temp1_input`: the sensor (`temp1`), its kind with its divisor, and the attribute (`input`).
fn attribute(name: &str) -> Option<(&str, (SensorKind, f64), &str)> {
    let (sensor, attribute) = name.split_once('_')?;
    let beginning = sensor.trim_end_matches(|c: char| c.is_ascii_digit());
    (beginning.len() < sensor.len()).then_some(())?;
    Some((sensor, SensorKind::of(beginning)?, attribute))
}

impl SensorReading {
    /// A sensor of which no more is known.
    fn new(chip: &str, label: &str, kind: SensorKind) -> Self {
        Self {
            chip: chip.to_owned(),
            label: label.to_owned(),
            kind,
            value: None,
            least: None,
            most: None,
            critical: None,
            alarm: None,
        }
    }

    /// Takes the figure of an attribute; those that are not asked for are read over.
    fn set(&mut self, attribute: &str, figure: f64) {
        match attribute {
            "input" => self.value = Some(figure),
            // A meter of power may tell a mean alone.
            "average" => self.value = self.value.or(Some(figure)),
            "min" => self.least = Some(figure),
            "max" => self.most = Some(figure),
            "crit" => self.critical = Some(figure),
            "alarm" | "min_alarm" | "max_alarm" | "crit_alarm" | "lcrit_alarm" => {
                self.alarm = Some(self.alarm.unwrap_or(false) || figure != 0.0);
            }
            _ => {}
        }
    }
}

impl Query for Sensors {
    const ID: &'static str = "system.sensors";
    const TITLE: &'static str = "Temperatures, fans and voltages";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = SensorReadings;
    const VARIANTS: &'static [Variant<NoArgs, SensorReadings>] =
        &[json::VARIANT, text::VARIANT, hwmon::VARIANT];
}
