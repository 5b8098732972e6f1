//! How fast ours is beside jc: times, distributions, and what grows faster than its input.
//!
//! Invariant: both are measured warm, on the same bytes, by the same rule; only what jc reads right
//! counts.

use serde_json::Value;

use super::compared::Compared;
use super::text;
use crate::bench::median;

/// What an output that a person would look at may take at most.
const LONGEST_MS: f64 = 1.0;

/// Prints the ratios and the slowest.
pub(super) fn report(ours: &[Value], all: &[Compared<'_>]) {
    let right: Vec<_> = all.iter().filter(|one| one.jc_is_right()).collect();
    println!(
        "\nwarm, in one process, on the {} outputs that jc reads right:",
        right.len()
    );
    for (key, what, goal) in [
        ("nanoseconds", "to a value", "100 as the median"),
        ("nanosecondsToWrite", "to JSON text", ""),
    ] {
        let microseconds = |side: fn(&Compared<'_>, &str) -> Option<f64>| {
            let times = right.iter().filter_map(|one| side(one, key));
            times.map(|time| time / 1e3).collect()
        };
        spread(
            &format!("jc {what}, us"),
            microseconds(|one, key| nanoseconds(one.theirs, key)),
            "",
        );
        spread(
            &format!("ours {what}, us"),
            microseconds(|one, key| nanoseconds(one.ours, key)),
            "",
        );
        let ratios = right.iter().filter_map(|one| ratio(one, key)).collect();
        spread(&format!("jc's time by ours, {what}"), ratios, goal);
    }
    let mut in_process: Vec<(f64, &Compared<'_>)> = right
        .iter()
        .filter_map(|one| Some((ratio(one, "nanoseconds")?, *one)))
        .collect();
    in_process.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    println!("the ten least:");
    for (ratio, one) in in_process.iter().take(10) {
        println!(
            "  {ratio:6.1} times: {} (jc --{}, {:.0} us; ours {:.1} us)",
            one.name,
            text(one.theirs, "parser"),
            nanoseconds(one.theirs, "nanoseconds").unwrap_or_default() / 1e3,
            nanoseconds(one.ours, "nanoseconds").unwrap_or_default() / 1e3,
        );
    }
    let as_command = all.iter().filter_map(|one| {
        Some(one.theirs["asCommandNs"].as_f64()? / one.theirs["oursAsCommandNs"].as_f64()?)
    });
    println!("\nas a command, one output for each of jc's parsers:");
    let milliseconds = |key: &str| {
        let times = all.iter().filter_map(|one| one.theirs[key].as_f64());
        times.map(|time| time / 1e6).collect()
    };
    spread("jc, ms", milliseconds("asCommandNs"), "");
    spread("headlessos parse, ms", milliseconds("oursAsCommandNs"), "");
    spread("jc's time by ours", as_command.collect(), "10 at least");

    let mut slowest: Vec<(f64, &Value)> = ours
        .iter()
        .filter_map(|one| Some((nanoseconds(one, "nanoseconds")? / 1e6, one)))
        .collect();
    slowest.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let slow = slowest
        .iter()
        .filter(|(time, _)| *time > LONGEST_MS)
        .count();
    println!(
        "\nof all {} fixtures {slow} take more than {LONGEST_MS} ms (goal: 0); the ten slowest:",
        ours.len()
    );
    for (time, one) in slowest.iter().take(10) {
        println!(
            "  {time:.3} ms: {}/{}, {} bytes",
            text(one, "query"),
            text(one, "fixture"),
            one["bytes"]
        );
    }
}

/// jc's time by ours.
fn ratio(one: &Compared<'_>, key: &str) -> Option<f64> {
    Some(nanoseconds(one.theirs, key)? / nanoseconds(one.ours, key)?)
}

/// The median that was measured.
fn nanoseconds(line: &Value, key: &str) -> Option<f64> {
    let median = line.get(key)?.get("median")?.as_f64();
    median.filter(|time| *time > 0.0)
}

fn spread(what: &str, mut values: Vec<f64>, goal: &str) {
    values.sort_by(f64::total_cmp);
    let at = |part: usize| {
        let last = values.len().checked_sub(1)?;
        values.get(last.saturating_mul(part) / 100).copied()
    };
    if let (Some(min), Some(p10), Some(middle), Some(p90)) =
        (at(0), at(10), median(&values), at(90))
    {
        let goal = if goal.is_empty() {
            String::new()
        } else {
            format!("  goal: {goal}")
        };
        println!(
            "  {what:32} min {min:8.1}  p10 {p10:8.1}  median {middle:8.1}  p90 {p90:8.1}{goal}"
        );
    }
}

/// Prints what long outputs take.
pub(super) fn scale(lines: &[Value]) {
    println!(
        "\n10 MB of one output, ms (goal: 200 for ps and ss), to JSON text, and times what 1 MB takes:"
    );
    for line in lines {
        let time = |key: &str| line[key].as_f64().unwrap_or_default();
        let (short, long) = (time("millisecondsOf1MB"), time("millisecondsOf10MB"));
        println!(
            "{long:8.0} {:8.0} {:6.1}x {} by {}",
            time("millisecondsToWrite10MB"),
            long / short.max(1e-6),
            text(line, "query"),
            text(line, "variant")
        );
    }
}
