//! What was measured of each subject, and the table of it.
//!
//! Invariant: a percentile is taken of all samples of all runs together, any other figure is the
//! median of its runs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::median;

/// The subjects as the script names them, and for people; ours is the first.
pub(super) const SUBJECTS: &[(&str, &str)] = &[
    ("headlessos", "HeadlessOS"),
    ("ttyd", "ttyd"),
    ("gateway", "Node gateway"),
    ("ssh", "plain ssh"),
];

/// How a figure comes from what the script said.
#[derive(Clone, Copy)]
enum Kind {
    /// The median of the runs.
    Value,
    /// Such a percentile of all samples.
    Percentile(usize),
    /// The median too, but not to be told in times ours.
    Share,
    /// 1 is yes.
    YesNo,
}

const P50: Kind = Kind::Percentile(50);
const P99: Kind = Kind::Percentile(99);

const FIGURES: &[(&str, Kind, &str)] = &[
    (
        "catSeconds",
        Kind::Value,
        "200 MB printed, on the server, s",
    ),
    ("catShownMs", Kind::Value, "  its end shown, ms after that"),
    ("echoMs", P50, "key to echo, p50, ms"),
    ("echoMs", P99, "key to echo, p99, ms"),
    ("slowEchoMs", P50, "  over a 100 ms link, p50, ms"),
    ("slowEchoMs", P99, "  over a 100 ms link, p99, ms"),
    ("floodedEchoMs", P50, "  beside a flood elsewhere, p50, ms"),
    ("floodedEchoMs", P99, "  beside a flood elsewhere, p99, ms"),
    ("besideEchoMs", P50, "  beside a flood in its page, p50, ms"),
    ("besideEchoMs", P99, "  beside a flood in its page, p99, ms"),
    (
        "interruptMs",
        Kind::Value,
        "Ctrl+C in a flood to prompt, ms",
    ),
    ("survivesReload", Kind::YesNo, "the shell survives a reload"),
    (
        "floodMemoryMb",
        Kind::Value,
        "memory that ten floods add, MB",
    ),
    (
        "streamMbPerSecond",
        Kind::Value,
        "stream without a browser, MB/s",
    ),
    (
        "streamPassedPercent",
        Kind::Share,
        "  of which passed on, not skipped, %",
    ),
];

/// Everything that was measured.
#[derive(Default)]
pub(super) struct Measured {
    /// By subject and name of the figure; values, one a run, and samples alike.
    numbers: BTreeMap<(String, String), Vec<f64>>,
    /// Why something is left out.
    notes: BTreeSet<String>,
}

impl Measured {
    /// Adds what the script said of one run of a subject.
    pub(super) fn add(&mut self, subject: &str, said: &Value) {
        for (name, number) in fields(said, "values") {
            self.at(subject, name).extend(number.as_f64());
        }
        for (name, samples) in fields(said, "samples") {
            let samples = samples.as_array().into_iter().flatten();
            self.at(subject, name)
                .extend(samples.filter_map(Value::as_f64));
        }
        for (name, reason) in fields(said, "missing") {
            let reason = reason.as_str().unwrap_or_default();
            self.note(&format!("{subject}: no {name}: {reason}"));
        }
    }

    /// Says why something is left out.
    pub(super) fn note(&mut self, reason: &str) {
        self.notes.insert(reason.to_owned());
    }

    fn at(&mut self, subject: &str, name: &str) -> &mut Vec<f64> {
        let key = (subject.to_owned(), name.to_owned());
        self.numbers.entry(key).or_default()
    }

    /// `None`: it was not measured.
    fn figure(&self, subject: &str, name: &str, kind: Kind) -> Option<f64> {
        let key = (subject.to_owned(), name.to_owned());
        let mut numbers = self.numbers.get(&key)?.clone();
        numbers.sort_by(f64::total_cmp);
        match kind {
            Kind::Value | Kind::Share | Kind::YesNo => median(&numbers),
            Kind::Percentile(percent) => percentile(&numbers, percent),
        }
    }
}

fn fields<'a>(said: &'a Value, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    said.get(name)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

/// The smallest of the sorted values that is not below so many percent of them; `None`: there is
/// none.
fn percentile(sorted: &[f64], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Prints the subjects that have figures side by side; in brackets, how many times ours it is.
pub(super) fn print(measured: &Measured, runs: usize) {
    let subjects: Vec<_> = SUBJECTS
        .iter()
        .filter(|(subject, _)| measured.numbers.keys().any(|(of, _)| of == subject))
        .collect();
    println!("\nterminal, {runs} runs; in brackets: times HeadlessOS");
    print!("  {:38}", "");
    for (_, title) in &subjects {
        print!(" {title:>18}");
    }
    println!();
    for &(name, kind, what) in FIGURES {
        let ours = measured.figure("headlessos", name, kind);
        print!("  {what:38}");
        for (subject, _) in &subjects {
            let figure = measured.figure(subject, name, kind);
            print!(
                " {:>18}",
                cell(figure, ours, kind, *subject == "headlessos")
            );
        }
        println!();
    }
    for note in &measured.notes {
        println!("  left out: {note}");
    }
}

fn cell(figure: Option<f64>, ours: Option<f64>, kind: Kind, is_ours: bool) -> String {
    match (figure, ours, kind) {
        (None, ..) => "-".to_owned(),
        (Some(figure), _, Kind::YesNo) => if figure == 1.0 { "yes" } else { "no" }.to_owned(),
        (Some(figure), _, Kind::Share) => format!("{figure:.1}"),
        (Some(figure), Some(ours), _) if !is_ours && ours > 0.0 => {
            format!("{figure:.1} ({:.2})", figure / ours)
        }
        (Some(figure), ..) => format!("{figure:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Kind, Measured, cell, percentile};

    #[test]
    fn a_percentile_is_one_of_the_samples() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(percentile(&hundred, 99), Some(99.0));
        assert_eq!(percentile(&hundred, 50), Some(50.0));
        assert_eq!(percentile(&[7.0], 99), Some(7.0));
        assert_eq!(percentile(&[], 50), None);
    }

    #[test]
    fn runs_are_put_together() {
        let mut measured = Measured::default();
        for (value, sample) in [(1.0, 10.0), (3.0, 30.0), (2.0, 20.0)] {
            let said = json!({
                "values": { "catSeconds": value },
                "samples": { "echoMs": [sample] },
                "missing": { "memory": "why" },
            });
            measured.add("ssh", &said);
        }
        assert_eq!(measured.figure("ssh", "catSeconds", Kind::Value), Some(2.0));
        let last = measured.figure("ssh", "echoMs", Kind::Percentile(99));
        assert_eq!(last, Some(30.0));
        assert_eq!(measured.figure("ssh", "memory", Kind::Value), None);
        assert_eq!(measured.notes.len(), 1);
    }

    #[test]
    fn a_peer_is_told_in_times_ours() {
        assert_eq!(cell(Some(3.0), Some(2.0), Kind::Value, false), "3.0 (1.50)");
        assert_eq!(cell(Some(3.0), Some(2.0), Kind::Value, true), "3.0");
        assert_eq!(cell(Some(3.0), None, Kind::Value, false), "3.0");
        assert_eq!(cell(Some(0.0), Some(1.0), Kind::YesNo, false), "no");
        assert_eq!(cell(None, Some(1.0), Kind::Value, false), "-");
    }
}
