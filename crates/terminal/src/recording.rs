//! A recording as asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a header, then one JSON
//! array a line.
//!
//! Invariant: each line that is given out is whole, ends in a line feed, and is valid JSON.

use std::time::Duration;

use serde_json::json;

use crate::Size;

/// Writes the lines of one recording.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recording;

impl Recording {
    /// The header, and what the screen showed at the start. `at_unix_seconds` is when that was.
    #[must_use]
    pub fn begin(size: Size, at_unix_seconds: i64, title: &str, screen: &[u8]) -> String {
        let header = json!({
            "version": 2,
            "width": size.columns(),
            "height": size.rows(),
            "timestamp": at_unix_seconds,
            "title": title,
            "env": {"TERM": "xterm-256color"},
        });
        let first = Self::output(Duration::ZERO, screen);
        format!("{header}\n{first}")
    }

    /// What the terminal showed next, so long after the start.
    #[must_use]
    pub fn output(after: Duration, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes);
        format!("{}\n", json!([seconds(after), "o", text]))
    }

    /// A new size.
    #[must_use]
    pub fn resize(after: Duration, size: Size) -> String {
        let text = format!("{}x{}", size.columns(), size.rows());
        format!("{}\n", json!([seconds(after), "r", text]))
    }
}

fn seconds(after: Duration) -> f64 {
    (after.as_secs_f64() * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_format() {
        let begin = Recording::begin(Size::new(80, 24), 1_700_000_000, "web1", b"$ ");
        let lines: Vec<serde_json::Value> = begin
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines[0]["version"], 2);
        assert_eq!(lines[0]["width"], 80);
        assert_eq!(lines[1], json!([0.0, "o", "$ "]));
        let output = Recording::output(Duration::from_millis(1500), "a\u{1b}[mé\r\n".as_bytes());
        assert_eq!(output, "[1.5,\"o\",\"a\\u001b[mé\\r\\n\"]\n");
        let resize = Recording::resize(Duration::from_secs(2), Size::new(100, 30));
        assert_eq!(resize, "[2.0,\"r\",\"100x30\"]\n");
    }
}
