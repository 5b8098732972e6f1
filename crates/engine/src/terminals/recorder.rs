//! Writes a recording to its file, from a thread of its own.
//!
//! Invariant: the terminal never waits for the disk; a disk that is too slow, or full, ends the
//! recording and says so in it.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, SecondsFormat};
use serde_json::Value;
use store::RecordingFile;
use terminal::{Recording, Size};

use super::RecordingInfo;

/// Bytes that may wait for the disk.
const WAITING_BYTES: usize = 32 << 20;
/// A file of this size is full.
const LARGEST_FILE: u64 = 2 << 30;
/// Bytes of a header that are looked at.
const HEADER_BYTES: u64 = 64 << 10;
/// Bytes at a file's end in which its last line begins.
const TAIL_BYTES: u64 = 1 << 20;
/// Between the server's name and the terminal's title.
const SEPARATOR: &str = " – ";

/// A recording that goes on.
pub(super) struct Recorder {
    pub(super) id: String,
    began: Instant,
    lines: mpsc::Sender<String>,
    waiting_bytes: Arc<AtomicUsize>,
    failed: Arc<AtomicBool>,
}

/// What a recording begins with.
pub(super) struct Beginning<'b> {
    pub(super) id: String,
    pub(super) server: &'b str,
    pub(super) title: &'b str,
    pub(super) size: Size,
    pub(super) screen: &'b [u8],
    pub(super) at_unix_seconds: i64,
}

impl Recorder {
    pub(super) fn begin(file: File, beginning: Beginning<'_>) -> std::io::Result<Self> {
        let title = format!("{}{SEPARATOR}{}", beginning.server, beginning.title);
        let (lines, written) = mpsc::channel();
        let recorder = Self {
            id: beginning.id,
            began: Instant::now(),
            lines,
            waiting_bytes: Arc::default(),
            failed: Arc::default(),
        };
        let (waiting, failed) = (
            Arc::clone(&recorder.waiting_bytes),
            Arc::clone(&recorder.failed),
        );
        std::thread::Builder::new()
            .name("recording".to_owned())
            .spawn(move || {
                if let Err(error) = write(file, &written, &waiting) {
                    tracing::warn!(%error, "a recording could not be written on");
                    failed.store(true, Ordering::Relaxed);
                }
            })?;
        recorder.put(Recording::begin(
            beginning.size,
            beginning.at_unix_seconds,
            &title,
            beginning.screen,
        ));
        Ok(recorder)
    }

    /// Whether it cannot go on.
    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
            || self.waiting_bytes.load(Ordering::Relaxed) > WAITING_BYTES
    }

    pub(super) fn output(&self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.put(Recording::output(self.began.elapsed(), bytes));
        }
    }

    pub(super) fn resize(&self, size: Size) {
        self.put(Recording::resize(self.began.elapsed(), size));
    }

    fn put(&self, line: String) {
        self.waiting_bytes.fetch_add(line.len(), Ordering::Relaxed);
        // The thread may have ended because the disk is full; `has_failed` tells.
        let _ = self.lines.send(line);
    }
}

fn write(
    file: File,
    lines: &mpsc::Receiver<String>,
    waiting_bytes: &AtomicUsize,
) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(256 * 1024, file);
    let mut size = 0_u64;
    // What is there is written before it is flushed, so that a crash loses a second at most.
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => {
                out.write_all(line.as_bytes())?;
                waiting_bytes.fetch_sub(line.len(), Ordering::Relaxed);
                size += line.len() as u64;
                if size > LARGEST_FILE {
                    out.flush()?;
                    return Err(std::io::Error::from(std::io::ErrorKind::FileTooLarge));
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) => out.flush()?,
            Err(mpsc::RecvTimeoutError::Disconnected) => return out.flush(),
        }
    }
}

/// What a file says of itself; `None`: it is no recording.
pub(super) fn describe(file: &RecordingFile, is_running: bool) -> Option<RecordingInfo> {
    let mut header = String::new();
    let opened = File::open(&file.path).ok()?;
    BufReader::new(opened.take(HEADER_BYTES))
        .read_line(&mut header)
        .ok()?;
    let header: Value = serde_json::from_str(&header).ok()?;
    let title = header.get("title")?.as_str()?;
    let (server, name) = title.split_once(SEPARATOR).unwrap_or(("", title));
    let number = |name: &str| u16::try_from(header.get(name)?.as_u64()?).ok();
    let at = DateTime::from_timestamp(header.get("timestamp")?.as_i64()?, 0)?;
    Some(RecordingInfo {
        id: file.id.clone(),
        name: name.to_owned(),
        server: server.to_owned(),
        started_at: at.to_rfc3339_opts(SecondsFormat::Secs, true),
        duration_seconds: last_time(&file.path).unwrap_or(0.0),
        size_bytes: file.size_bytes,
        columns: number("width")?,
        rows: number("height")?,
        is_running,
    })
}

/// The time of the last whole line, in seconds.
fn last_time(path: &Path) -> Option<f64> {
    let mut file = File::open(path).ok()?;
    let size = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(size.saturating_sub(TAIL_BYTES)))
        .ok()?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let tail = String::from_utf8_lossy(&tail);
    tail.lines().rev().find_map(|line| {
        let number = line.strip_prefix('[')?.split(',').next()?;
        number.parse().ok()
    })
}
