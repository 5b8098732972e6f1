//! How long something takes: what is short, once everything is warm, run until the median no longer
//! moves; what is long, once, and what of it the processor was ours.
//!
//! Invariant: `read_by_jc.py` measures by the same rule.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// Runs between two looks at the median.
const ROUND: usize = 25;
/// Two medians in a row that differ by less than this part of the first are one.
const STABLE: f64 = 0.01;
/// Nobody waits longer.
const LONGEST: Duration = Duration::from_millis(400);

/// The distribution of the times in nanoseconds. What `work` gives is dropped outside of the time.
pub(crate) fn until_stable<T>(mut work: impl FnMut() -> T) -> Value {
    let begun = Instant::now();
    let mut took: Vec<u64> = Vec::new();
    let (mut median, mut stable) = (0.0, 0);
    while stable < 2 && (took.len() < ROUND || begun.elapsed() < LONGEST) {
        for _ in 0..ROUND {
            let begin = Instant::now();
            let made = std::hint::black_box(work());
            took.push(u64::try_from(begin.elapsed().as_nanos()).unwrap());
            drop(made);
        }
        let mut sorted = took.clone();
        sorted.sort_unstable();
        let now = sorted[sorted.len() / 2] as f64;
        stable = if (now - median).abs() <= STABLE * median {
            stable + 1
        } else {
            0
        };
        median = now;
    }
    took.sort_unstable();
    let at = |part: usize| took[(took.len() - 1) * part / 100];
    json!({ "runs": took.len(), "min": took[0], "p10": at(10), "median": at(50), "p90": at(90) })
}

/// Seconds on the clock and on the processor, which differ on a machine that others use too; the
/// latter is `None` where the platform does not tell. What `work` gives is dropped outside of both.
pub(crate) fn once<T>(work: impl FnOnce() -> T) -> (f64, Option<f64>) {
    let (before, begin) = (on_processor(), Instant::now());
    let made = std::hint::black_box(work());
    let (seconds, after) = (begin.elapsed().as_secs_f64(), on_processor());
    drop(made);
    let nanoseconds = after.zip(before).map(|(after, before)| after - before);
    (
        seconds,
        nanoseconds.map(|nanoseconds| nanoseconds as f64 / 1e9),
    )
}

/// Nanoseconds that this thread, the only one, has run.
fn on_processor() -> Option<u64> {
    // Giving the processor up brings the figure up to date.
    std::thread::yield_now();
    let line = fs::read_to_string("/proc/self/schedstat").ok()?;
    line.split(' ').next()?.parse().ok()
}
