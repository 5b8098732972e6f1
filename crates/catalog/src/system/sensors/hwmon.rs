//! `/sys/class/hwmon`, whatever chips it holds: one `grep` prints the attributes of all of them, see the
//! kernel's `Documentation/hwmon/sysfs-interface.rst`.

use super::{SensorReading, SensorReadings, attribute};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs, text::figure,
};

/// An attribute that a chip does not have, or that cannot be read now, is left out silently.
const SCRIPT: &str = "cd /sys/class/hwmon || exit 127; exec grep -sH '' hwmon*/name hwmon*/*_label \
                      hwmon*/*_input hwmon*/*_average hwmon*/*_min hwmon*/*_max hwmon*/*_crit \
                      hwmon*/*_alarm";

pub(super) const VARIANT: Variant<NoArgs, SensorReadings> = Variant {
    name: "hwmon",
    needs: Needs::NOTHING,
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse,
};

/// A sensor, and where it is: the chip's folder and the sensor's number.
struct Place<'a> {
    folder: &'a str,
    sensor: &'a str,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SensorReadings>, ParseError> {
    // 2: something that was asked for is not there; 1: there is nothing at all.
    raw.expect_exit(&[0, 1, 2])?;
    let text = raw.text();
    let mut names = std::collections::BTreeMap::new();
    let mut labels = std::collections::BTreeMap::new();
    let mut places: std::collections::BTreeMap<(&str, &str), usize> = Default::default();
    let mut found: Vec<(Place<'_>, SensorReading)> = Vec::new();
    let mut unread = Parsed::whole(());
    for (index, line) in crate::text::lines(&text) {
        let Some((folder, name, content)) = split(line) else {
            unread.leave_unread(index, line);
            continue;
        };
        if name == "name" {
            names.insert(folder, content);
            continue;
        }
        let Some((sensor, (kind, divisor), attribute)) = attribute(name) else {
            // Of a kind that is not read.
            continue;
        };
        if attribute == "label" {
            labels.insert((folder, sensor), content);
            continue;
        }
        let Some(figure) = figure(content) else {
            unread.leave_unread(index, line);
            continue;
        };
        let at = *places.entry((folder, sensor)).or_insert_with(|| {
            let reading = SensorReading::new(folder, sensor, kind);
            found.push((Place { folder, sensor }, reading));
            found.len().saturating_sub(1)
        });
        if let Some((_, reading)) = found.get_mut(at) {
            // What is no limit of anything but a switch is not divided.
            let divisor = if attribute.ends_with("alarm") {
                1.0
            } else {
                divisor
            };
            reading.set(attribute, figure / divisor);
        }
    }
    if let Some((index, line)) = crate::text::cut_line(&text) {
        unread.leave_unread(index, line);
    }
    let readings = found.into_iter().map(|(place, reading)| SensorReading {
        chip: names.get(place.folder).unwrap_or(&place.folder).to_string(),
        label: labels
            .get(&(place.folder, place.sensor))
            .unwrap_or(&place.sensor)
            .to_string(),
        ..reading
    });
    Ok(Parsed {
        value: SensorReadings {
            readings: readings.collect(),
        },
        unread: unread.unread,
    })
}

/// `hwmon0/temp1_input:36850` in its three parts.
fn split(line: &str) -> Option<(&str, &str, &str)> {
    let (path, content) = line.split_once(':')?;
    let (folder, name) = path.split_once('/')?;
    folder
        .starts_with("hwmon")
        .then_some((folder, name, content.trim()))
}
