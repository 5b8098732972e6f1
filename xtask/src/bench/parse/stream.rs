//! Feeds of a million lines, in the process and by `headlessos parse --stream`.
//!
//! Invariant: the program's memory is looked at after the last line and before its input ends.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::text;

/// What is piped through the program: the recording of a feed, and the command that people type.
const PIPED: &[(&str, &str)] = &[("logs.new_entries", "journalctl -f -o json")];
/// About so much of it.
const PIPED_BYTES: usize = 1_000_000_000;

/// Prints what each recording takes in the process, then what the program takes.
///
/// # Errors
/// The program could not be run or failed.
pub(super) fn report(program: &Path, feeds: &[Value]) -> Result<()> {
    println!(
        "\na million lines of a feed, in the process, to JSON text (goal: 100 MB/s, flat memory):"
    );
    for line in feeds {
        let number = |key: &str| line[key].as_f64().unwrap_or_default();
        let seconds = number("seconds");
        let on_processor = line["secondsOnProcessor"].as_f64().unwrap_or(seconds);
        println!(
            "  {:5.0} MB/s ({:.0} by the clock), {:7.0} lines/s, {:5} KiB more: {} {} ({} lines, {} unread)",
            number("bytes") / 1e6 / on_processor,
            number("bytes") / 1e6 / seconds,
            number("lines") / on_processor,
            line["grownKib"],
            text(line, "feed"),
            text(line, "recording"),
            line["lines"],
            line["unread"],
        );
    }
    for (feed, command) in PIPED {
        let of_feed = feeds.iter().filter(|line| text(line, "feed") == *feed);
        for line in of_feed {
            let recording = fs::read(text(line, "path"))?;
            let piped = piped(program, command, &recording)?;
            let megabytes = piped.bytes as f64 / 1e6;
            println!(
                "  {:5.0} MB/s ({:.0} by the clock), {megabytes:.0} MB through `headlessos parse --stream {command}`, at most {} KiB: {}",
                megabytes / piped.on_processor.unwrap_or(piped.seconds),
                megabytes / piped.seconds,
                piped
                    .peak_kib
                    .map_or_else(|| "?".to_owned(), |kib| kib.to_string()),
                text(line, "recording"),
            );
        }
    }
    Ok(())
}

/// What became of a program.
struct Piped {
    seconds: f64,
    bytes: usize,
    /// Of its main thread, which does the work; `None`: the platform does not tell.
    on_processor: Option<f64>,
    /// The most memory it had.
    peak_kib: Option<u64>,
}

fn piped(program: &Path, command: &str, recording: &[u8]) -> Result<Piped> {
    let whole = recording.iter().rposition(|byte| *byte == b'\n');
    let recording = whole.and_then(|end| recording.get(..=end));
    let recording = recording.context("a recording without a whole line")?;
    // So that a write fills the pipe.
    let block = recording.repeat((1_usize << 20).div_ceil(recording.len()));
    let begin = Instant::now();
    let mut child = Command::new(program)
        .args(["parse", "--stream", "--command", command])
        .stdin(Stdio::piped())
        .stdout(File::options().write(true).open("/dev/null")?)
        .stderr(Stdio::null())
        .spawn()
        .context("could not start the program")?;
    let mut stdin = child.stdin.take().context("no input")?;
    let times = PIPED_BYTES.div_ceil(block.len());
    for _ in 0..times {
        stdin.write_all(&block)?;
    }
    let of_process = |name: &str| {
        let path = format!("/proc/{}/{name}", child.id());
        fs::read_to_string(path).unwrap_or_default()
    };
    let status = of_process("status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak_kib = peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok());
    let ran = of_process("schedstat");
    let ran = ran
        .split(' ')
        .next()
        .and_then(|ran| ran.parse::<f64>().ok());
    drop(stdin);
    let ended = child.wait()?;
    // 1: a line was not understood.
    ensure!(matches!(ended.code(), Some(0 | 1)), "the program: {ended}");
    Ok(Piped {
        seconds: begin.elapsed().as_secs_f64(),
        bytes: times * block.len(),
        on_processor: ran.map(|nanoseconds| nanoseconds / 1e9),
        peak_kib,
    })
}
