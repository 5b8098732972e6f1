//! The recordings of the feeds, repeated to a million lines and read as they would come: in pieces,
//! each record written as a line of JSON.

use std::{fs, path::Path};

use catalog::{AnyFeed, FEEDS, Heard, LineCutter};
use serde_json::json;

use crate::timing;

/// So many lines at least.
const LINES: usize = 1_000_000;
/// What one read of a pipe gives.
const PIECE: usize = 1 << 16;

/// Prints one line of JSON for each recording.
pub(crate) fn all() {
    for feed in FEEDS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(feed.id().replace('.', "/"))
            .join("fixtures");
        let paths = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> = paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "out"))
            .collect();
        paths.sort();
        for path in paths {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let (variant, _) = name.split_once("--").unwrap();
            let variants = feed.variants();
            let index = variants.iter().position(|(known, _)| *known == variant);
            let recording = fs::read(&path).unwrap();
            follow(*feed, index.unwrap(), &path, &recording);
        }
    }
}

/// Reads a recording over and over, up to its last whole line.
fn follow(feed: &dyn AnyFeed, variant: usize, path: &Path, recording: &[u8]) {
    let whole = recording
        .iter()
        .rposition(|byte| *byte == b'\n')
        .unwrap_or(0);
    let recording = &recording[..whole];
    let lines = recording.split(|byte| *byte == b'\n').count();
    if recording.is_empty() {
        return;
    }
    let mut source = Vec::new();
    while source.len() < PIECE {
        source.extend_from_slice(recording);
        source.push(b'\n');
    }
    let times = LINES.div_ceil(lines * (source.len() / (recording.len() + 1)));
    let before = resident_peak_kib();
    let (mut cutter, mut json) = (LineCutter::default(), Vec::new());
    let (mut records, mut written, mut unread) = (0_usize, 0_usize, 0_usize);
    let (seconds, on_processor) = timing::once(|| {
        for _ in 0..times {
            for piece in source.chunks(PIECE) {
                cutter.push(piece, |line| match feed.write(variant, line, &mut json) {
                    Heard::Record(()) => records += 1,
                    Heard::Nothing => {}
                    Heard::Unread => unread += 1,
                });
                written += std::hint::black_box(&json).len();
                json.clear();
            }
        }
    });
    println!(
        "{}",
        json!({
            "feed": feed.id(),
            "recording": path.file_name().unwrap().to_string_lossy(),
            "path": path,
            "lines": records + unread,
            "unread": unread,
            "bytes": source.len() * times,
            "bytesWritten": written,
            "seconds": seconds,
            "secondsOnProcessor": on_processor,
            "grownKib": resident_peak_kib().zip(before).map(|(now, before)| now - before),
        })
    );
}

/// The most memory that this process has had; `None`: the platform does not tell.
fn resident_peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
