//! `top(1)` of procps and of busybox in batch mode. The own command waits a moment before it
//! counts, for the first sample of procps shows the time since boot; it is among the samples.
//! `top` would make `~/.config/procps` on the server, and take what the user has set for theirs from
//! there: it is given a home that nobody can write to.

use super::{
    TopCore, TopSample, TopSamples,
    summary::{self, FourSizes},
};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    processes::table::Table, system::UptimeLine,
};

const WORDS: &[&str] = &[
    "HOME=/proc",
    "XDG_CONFIG_HOME=/proc",
    "top",
    "-b",
    "-n",
    "2",
    "-d",
    "1",
    "-w",
    "512",
];

pub(super) const VARIANT: Variant<NoArgs, TopSamples> = Variant {
    name: "procps",
    needs: Needs::programs(&["top"]),
    source: |_| Source::Command(Command::new("env").words(WORDS)),
    reads: &["top"],
    parse,
};

/// The sample that is being read.
#[derive(Default)]
struct State {
    table: Option<Table>,
    /// The line of the memory, whose meaning depends on that of the swap.
    memory: Option<FourSizes>,
}

pub(super) fn parse(raw: RawOutput<'_>) -> Result<Parsed<TopSamples>, ParseError> {
    let mut state = State::default();
    let parsed = raw.read_lines(TopSamples::default(), |answer, line| {
        read(&mut state, &mut answer.samples, line)
    });
    if parsed
        .value
        .samples
        .iter()
        .any(|sample| sample.cpu.is_some())
        || state.table.is_some()
    {
        return Ok(parsed);
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    Err(raw
        .complaint()
        .unwrap_or_else(|| ParseError::shape("top printed neither a summary nor a table")))
}

fn read(state: &mut State, samples: &mut Vec<TopSample>, line: &str) -> Option<()> {
    let line = line.trim_end();
    if let Some(line) = line.strip_prefix("top - ") {
        let line = UptimeLine::read(line)?;
        *state = State::default();
        samples.push(TopSample {
            load_averages: line.load.to_vec(),
            uptime_seconds: line.up_seconds,
            ..TopSample::default()
        });
        return Some(());
    }
    if let Some(memory) = summary::busybox_memory(line) {
        *state = State::default();
        samples.push(TopSample {
            memory: Some(memory),
            ..TopSample::default()
        });
        return Some(());
    }
    if let Some(table) = &state.table {
        samples.last_mut()?.processes.push(table.row(line)?);
        return Some(());
    }
    let translated = || Table::of_translated_top(line);
    let table = match Table::of_header(line, false) {
        // Busybox has no times.
        Some(table) if table.is_english() || translated().is_none() => Some(table),
        _ => translated(),
    };
    if let Some(table) = table {
        if samples.is_empty() {
            samples.push(TopSample::default());
        }
        state.table = Some(table);
        return Some(());
    }
    let sample = samples.last_mut()?;
    if let Some(averages) = summary::busybox_load(line) {
        sample.load_averages = averages;
    } else if let Some(sizes) = summary::four_sizes(line) {
        match (state.memory.take(), &mut sample.memory) {
            (Some(first), Some(memory)) => {
                sizes.complete(memory, first);
                sample.swap = Some(sizes.swap());
            }
            // Of the two lines that of the memory tells of buffers, and comes first.
            _ if sample.swap.is_none() && (line.contains('/') || line.contains("buffers")) => {
                sample.memory = Some(sizes.memory());
                state.memory = Some(sizes);
            }
            _ => return None,
        }
    } else if let (None, Some(tasks)) = (&sample.tasks, summary::tasks(line)) {
        sample.tasks = Some(tasks);
    } else {
        match summary::cpu(line)? {
            (Some(core), usage) => sample.cores.push(TopCore { core, usage }),
            (None, usage) if sample.cpu.is_none() => sample.cpu = Some(usage),
            (None, _) => return None,
        }
    }
    Some(())
}
