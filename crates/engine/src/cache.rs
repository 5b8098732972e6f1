//! What one connection has been told: raw bytes, what they were parsed to, the last reading.
//!
//! Invariant: it lives and dies with its connection, in memory only. Bytes that come again are
//! not parsed again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use catalog::{
    FileContent, ParseError, Parsed, Prepared, RawOutput,
    redact::{self, Redacted},
    text,
};
use serde_json::Value;

use crate::{RawText, Reading};

/// How many answers are kept; the oldest go. Arguments make more than there are queries.
const MOST: usize = 256;
/// A sample older than this says nothing about the rate of now.
const OLDEST_SAMPLE: Duration = Duration::from_secs(60);

/// The raw bytes of one run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Raw {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) exit_code: Option<i32>,
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
}

impl Raw {
    /// Lets the variant's parser read them.
    pub(crate) fn parse(
        &self,
        prepared: &dyn Prepared,
        variant: usize,
    ) -> Result<Parsed<Value>, ParseError> {
        let files: Vec<FileContent<'_>> = self
            .files
            .iter()
            .map(|(path, bytes)| FileContent { path, bytes })
            .collect();
        let raw = RawOutput {
            stdout: &self.stdout,
            stderr: &self.stderr,
            exit_code: self.exit_code,
            files: &files,
            typed: &[],
        };
        prepared.parse(variant, raw)
    }

    /// For people: bounded, and without secrets.
    pub(crate) fn text(&self) -> RawText {
        let mut stdout = self.stdout.clone();
        for (path, bytes) in &self.files {
            stdout.extend_from_slice(format!("==> {path} <==\n").as_bytes());
            stdout.extend_from_slice(bytes);
        }
        let (stdout, cut_out) = bounded(&stdout);
        let (stderr, cut_err) = bounded(&self.stderr);
        let removed = stdout.removed.saturating_add(stderr.removed);
        RawText {
            stdout: stdout.text,
            stderr: stderr.text,
            truncated: cut_out || cut_err,
            removed: u32::try_from(removed).unwrap_or(u32::MAX),
        }
    }
}

/// Cleaned before it is redacted, since an escape sequence may stand in the middle of a secret.
fn bounded(bytes: &[u8]) -> (Redacted, bool) {
    const MOST_BYTES: usize = 256 * 1024;
    let kept = bytes.get(..MOST_BYTES).unwrap_or(bytes);
    let redacted = redact::text(&text::clean(kept));
    (redacted, kept.len() < bytes.len())
}

/// One answer, kept.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) variant: usize,
    pub(crate) raw: Arc<Raw>,
    /// The better variant whose output was not understood, and that output; `None`: there is none.
    pub(crate) not_understood: Option<(usize, Arc<Raw>)>,
    /// As parsed, before rates were filled in; `None` where the parser gave no value.
    pub(crate) parsed: Option<Arc<Parsed<Value>>>,
    pub(crate) sampled: Instant,
    pub(crate) reading: Arc<Reading>,
}

impl Kept {
    /// The earlier sample for a rate, with its age at `now`; `None`: too old, or it gave no value.
    pub(crate) fn sample(&self, now: Instant) -> Option<(&Parsed<Value>, Duration)> {
        let age = now.saturating_duration_since(self.sampled);
        let parsed = self.parsed.as_deref()?;
        (age <= OLDEST_SAMPLE).then_some((parsed, age))
    }
}

/// The answers of one connection, by question.
#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<String, Kept>>);

impl Cache {
    pub(crate) fn get(&self, key: &str) -> Option<Kept> {
        self.lock().get(key).cloned()
    }

    pub(crate) fn put(&self, key: &str, kept: Kept) {
        let mut all = self.lock();
        if all.len() >= MOST && !all.contains_key(key) {
            let oldest = all
                .iter()
                .min_by_key(|(_, kept)| kept.sampled)
                .map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                all.remove(&oldest);
            }
        }
        all.insert(key.to_owned(), kept);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
