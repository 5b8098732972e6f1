//! `mpstat(1)` for people, of sysstat old and new: the last report counts, which is the mean where
//! it measured.

use super::{CoreUsage, CpuUsage, CpuUse, MOST_CORES};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    percent::rounded, text::figure,
};

const WORDS: &[&str] = &["-P", "ALL", "1", "1"];

pub(super) const VARIANT: Variant<NoArgs, CpuUse> = Variant {
    name: "mpstat_text",
    needs: Needs::programs(&["mpstat"]),
    source: |_| Source::Command(Command::new("mpstat").words(WORDS)),
    reads: &["mpstat"],
    parse,
};

/// The rows of one report.
#[derive(Default)]
struct Report {
    total: Option<CpuUsage>,
    cores: Vec<CoreUsage>,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<CpuUse>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    // The headings behind CPU, in English everywhere.
    let mut headings: Vec<String> = Vec::new();
    let parsed = raw.read_lines(Report::default(), |report, line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        if let Some(at) = words.iter().position(|word| *word == "CPU")
            && words
                .last()
                .is_some_and(|word| matches!(*word, "%idle" | "intr/s"))
        {
            headings = words
                .get(at.checked_add(1)?..)?
                .iter()
                .map(|word| (*word).to_owned())
                .collect();
            return Some(());
        }
        if headings.is_empty() {
            // What machine it is.
            return line.starts_with("Linux ").then_some(());
        }
        let at = words.len().checked_sub(headings.len())?;
        let name = words.get(at.checked_sub(1)?)?;
        let usage = usage(&headings, words.get(at..)?)?;
        if *name == "all" {
            // A new report begins with all of them.
            *report = Report {
                total: Some(usage),
                cores: Vec::new(),
            };
        } else {
            let core = name.parse().ok()?;
            if report.cores.len() >= MOST_CORES {
                return None;
            }
            report.cores.push(CoreUsage { core, usage });
        }
        Some(())
    });
    let total = parsed.value.total.ok_or_else(|| {
        raw.complaint()
            .unwrap_or_else(|| ParseError::shape("mpstat printed no line for 'all'"))
    })?;
    Ok(Parsed {
        value: CpuUse {
            total,
            cores: parsed.value.cores,
        },
        unread: parsed.unread,
    })
}

/// Guests are within the user's time here, as in `/proc/stat`.
fn usage(headings: &[String], figures: &[&str]) -> Option<CpuUsage> {
    let share = |name: &str| {
        let at = headings.iter().position(|heading| heading == name)?;
        figure(&figures.get(at)?.replace(',', "."))
    };
    let optional = |name: &str| share(name).unwrap_or(0.0);
    let usr = share("%usr").or_else(|| share("%user"))?;
    share("%idle")?;
    let user = usr + share("%nice")? + optional("%guest") + optional("%gnice");
    let system = share("%sys")? + optional("%irq") + optional("%soft");
    let steal = share("%steal");
    let busy = rounded(user + system + steal.unwrap_or(0.0));
    Some(CpuUsage {
        // The parts are rounded each by itself.
        busy_percent: Some(busy.min(100.0)),
        user_percent: Some(rounded(user)),
        system_percent: Some(rounded(system)),
        iowait_percent: share("%iowait"),
        steal_percent: steal,
        ticks: None,
    })
}
