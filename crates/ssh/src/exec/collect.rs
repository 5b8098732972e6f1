//! What comes back on an exec channel: noise, marker, process id, the two streams, the end.
//!
//! Invariant: it never holds more than the limit, and it never waits.

use std::time::Duration;

use catalog::{Marker, arguments::Pid};
use russh::{ChannelMsg, Sig};

use crate::{ExecError, ExecOutput, error::one_line};

/// Noise that is kept for the message that the marker never came.
const NOISE_BYTES: usize = 512;
/// More than the longest rest of a marker's line: a space and a process id.
const AFTER_MARKER_BYTES: usize = 24;
/// The extended data type of standard error (RFC 4254, 5.2).
const STDERR: u32 = 1;

/// What to do after a message.
#[derive(Debug)]
pub(super) enum Next {
    /// Take the next one.
    More,
    /// The channel is closed.
    Closed,
    /// End the run.
    Failed(ExecError),
}

/// Takes the messages of one exec channel.
#[derive(Debug)]
pub(super) struct Collector {
    stdout: Stream,
    stderr: Stream,
    first_noise: Vec<u8>,
    pid: Option<Pid>,
    exit_code: Option<i32>,
    signal: Option<String>,
    left_bytes: usize,
    limit_bytes: usize,
    received_bytes: u64,
    discard: bool,
    nothing_will_start: bool,
}

impl Collector {
    pub(super) fn new(marker: &Marker, limit_bytes: usize) -> Self {
        let mark = |end: &str| format!("\n{}{end}", marker.as_str()).into_bytes();
        Self {
            stdout: Stream::Noise {
                mark: mark(" "),
                held: Vec::new(),
            },
            stderr: Stream::Noise {
                mark: mark(""),
                held: Vec::new(),
            },
            first_noise: Vec::new(),
            pid: None,
            exit_code: None,
            signal: None,
            left_bytes: limit_bytes,
            limit_bytes,
            received_bytes: 0,
            discard: false,
            nothing_will_start: false,
        }
    }

    /// Gives away what was collected of standard output since the last time, but not its noise.
    pub(super) fn take_stdout(&mut self) -> Option<Vec<u8>> {
        match &mut self.stdout {
            Stream::Output(output) if !output.is_empty() => Some(std::mem::take(output)),
            _ => None,
        }
    }

    /// Lets so many bytes that were taken no longer count.
    pub(super) fn forgive(&mut self, bytes: usize) {
        self.left_bytes = self.left_bytes.saturating_add(bytes).min(self.limit_bytes);
    }

    /// From now on only the process id and the end matter.
    pub(super) fn discard(&mut self) {
        self.discard = true;
        self.stdout.forget();
        self.stderr.forget();
    }

    /// The process to be ended; `None`: not known, or it has ended by itself.
    pub(super) fn to_end(&self) -> Option<Pid> {
        self.pid.filter(|_| !self.has_exited())
    }

    /// Whether a process id may still come.
    pub(super) fn may_still_start(&self) -> bool {
        self.pid.is_none() && !self.nothing_will_start && !self.has_exited()
    }

    /// Whether the marker has come.
    pub(super) fn has_begun(&self) -> bool {
        matches!(self.stdout, Stream::Output(_))
    }

    /// No process id will come: it was not let in.
    pub(super) fn will_not_start(&mut self) {
        self.nothing_will_start = true;
    }

    /// What has come of both streams, noise included.
    pub(super) fn received_bytes(&self) -> u64 {
        self.received_bytes
    }

    /// The exit code, where one came.
    pub(super) fn exit_code(&self) -> Option<i32> {
        self.exit_code
    }

    /// Whether the process is known to have ended.
    pub(super) fn has_exited(&self) -> bool {
        self.exit_code.is_some() || self.signal.is_some()
    }

    /// Takes one message.
    pub(super) fn take(&mut self, message: ChannelMsg) -> Next {
        match message {
            ChannelMsg::Data { data } => return self.print(&data, false),
            ChannelMsg::ExtendedData { data, ext: STDERR } => return self.print(&data, true),
            ChannelMsg::ExitStatus { exit_status } => {
                self.exit_code = i32::try_from(exit_status).ok();
            }
            ChannelMsg::ExitSignal { signal_name, .. } => {
                self.signal = Some(match signal_name {
                    Sig::Custom(name) => one_line(&name),
                    name => format!("{name:?}"),
                });
            }
            ChannelMsg::Eof => self.nothing_will_start = true,
            ChannelMsg::Failure => {
                self.nothing_will_start = true;
                return Next::Failed(ExecError::Refused);
            }
            ChannelMsg::Close => return Next::Closed,
            _ => {}
        }
        Next::More
    }

    fn print(&mut self, data: &[u8], is_stderr: bool) -> Next {
        self.received_bytes = self.received_bytes.saturating_add(data.len() as u64);
        if !self.discard {
            match self.left_bytes.checked_sub(data.len()) {
                Some(left) => self.left_bytes = left,
                None => {
                    return Next::Failed(ExecError::OutputTooLarge {
                        limit_bytes: self.limit_bytes,
                    });
                }
            }
        }
        let stream = if is_stderr {
            &mut self.stderr
        } else {
            &mut self.stdout
        };
        if matches!(stream, Stream::Noise { .. }) {
            let room = NOISE_BYTES.saturating_sub(self.first_noise.len());
            self.first_noise.extend(data.iter().take(room));
        }
        if let Some(rest) = stream.push(data)
            && !is_stderr
        {
            let digits = std::str::from_utf8(&rest)
                .ok()
                .and_then(|text| text.trim().parse().ok());
            self.pid = digits.and_then(|number: i64| Pid::try_from(number).ok());
        }
        if self.discard {
            stream.forget();
        }
        Next::More
    }

    /// What the run gave, once the channel is closed.
    pub(super) fn finish(self, duration: Duration) -> Result<ExecOutput, ExecError> {
        let Stream::Output(stdout) = self.stdout else {
            let noise = String::from_utf8_lossy(&self.first_noise);
            let first = noise.lines().map(one_line).find(|line| !line.is_empty());
            return Err(ExecError::NoMarker {
                first_line: first,
                exit_code: self.exit_code,
            });
        };
        let stderr = match self.stderr {
            Stream::Output(stderr) => stderr,
            Stream::Noise { .. } => Vec::new(),
        };
        let (exit_code, signal) = (self.exit_code, self.signal);
        Ok(ExecOutput {
            stdout,
            stderr,
            exit_code,
            signal,
            duration,
        })
    }
}

/// One of the two streams.
#[derive(Debug)]
enum Stream {
    /// Before the marker: only as much is held as a marker cut in two needs.
    Noise { mark: Vec<u8>, held: Vec<u8> },
    /// The command's own.
    Output(Vec<u8>),
}

impl Stream {
    /// Takes bytes; gives the rest of the marker's line when it has just come.
    fn push(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        let (mark, held) = match self {
            Self::Output(output) => {
                output.extend_from_slice(data);
                return None;
            }
            Self::Noise { mark, held } => (mark, held),
        };
        held.extend_from_slice(data);
        let found = held
            .windows(mark.len())
            .position(|window| window == mark.as_slice());
        let keep_from = match found {
            Some(at) => {
                let line = held.get(at + mark.len()..).unwrap_or_default();
                if let Some(end) = line.iter().position(|byte| *byte == b'\n') {
                    let rest = line.get(..end).unwrap_or_default().to_vec();
                    let output = line.get(end + 1..).unwrap_or_default().to_vec();
                    *self = Self::Output(output);
                    return Some(rest);
                }
                // The line's end is still to come; a line that is too long is no marker's.
                if line.len() > AFTER_MARKER_BYTES {
                    at + mark.len()
                } else {
                    at
                }
            }
            None => held.len().saturating_sub(mark.len()),
        };
        held.drain(..keep_from);
        None
    }

    fn forget(&mut self) {
        if let Self::Output(output) = self {
            *output = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collector(limit: usize) -> (Collector, String) {
        let marker = Marker::from_bits(0xABC);
        (Collector::new(&marker, limit), marker.as_str().to_owned())
    }

    fn data(bytes: &[u8]) -> ChannelMsg {
        ChannelMsg::Data {
            data: bytes.to_vec().into(),
        }
    }

    fn error_data(bytes: &[u8]) -> ChannelMsg {
        ChannelMsg::ExtendedData {
            data: bytes.to_vec().into(),
            ext: 1,
        }
    }

    #[test]
    fn noise_is_dropped_wherever_the_packets_are_cut() {
        let (_, mark) = collector(0);
        let stdout = format!("Welcome!\n{mark}x\n\n{mark} 4321\nout\n{mark} 5\n");
        for cut in 0..stdout.len() {
            let (mut collector, _) = collector(10_000);
            let (head, tail) = stdout.as_bytes().split_at(cut);
            collector.take(data(head));
            collector.take(data(tail));
            collector.take(error_data(format!("moo\n{mark}\nerr\n").as_bytes()));
            assert_eq!(collector.to_end().map(Pid::get), Some(4321));
            collector.take(ChannelMsg::ExitStatus { exit_status: 3 });
            assert_eq!(collector.to_end(), None);
            assert!(matches!(collector.take(ChannelMsg::Close), Next::Closed));
            let output = collector.finish(Duration::ZERO).unwrap();
            assert_eq!(output.stdout, format!("out\n{mark} 5\n").into_bytes());
            assert_eq!(
                (output.stderr.as_slice(), output.exit_code),
                (&b"err\n"[..], Some(3))
            );
        }
    }

    #[test]
    fn both_streams_and_the_noise_count() {
        let (mut collector, _) = collector(10);
        assert!(matches!(collector.take(data(b"12345")), Next::More));
        assert!(matches!(collector.take(error_data(b"12345")), Next::More));
        let next = collector.take(data(b"1"));
        assert!(matches!(
            next,
            Next::Failed(ExecError::OutputTooLarge { limit_bytes: 10 })
        ));
    }

    #[test]
    fn a_late_process_id_is_found_while_output_is_thrown_away() {
        let (mut collector, mark) = collector(10);
        collector.discard();
        for _ in 0..1000 {
            assert!(matches!(collector.take(data(&[b'x'; 1000])), Next::More));
        }
        collector.take(data(format!("\n{mark} 77\n").as_bytes()));
        collector.take(data(&[b'y'; 1000]));
        assert_eq!(collector.to_end().map(Pid::get), Some(77));
        assert!(matches!(&collector.stdout, Stream::Output(kept) if kept.is_empty()));
    }

    #[test]
    fn without_a_marker_the_first_line_is_told() {
        let (mut collector, mark) = collector(10_000);
        collector.take(data(b"\nThis account is \x1bclosed.\nBye\n"));
        collector.take(data(
            format!("\n{mark} 12345678901234567890123456789\n").as_bytes(),
        ));
        collector.take(ChannelMsg::ExitStatus { exit_status: 1 });
        let (mut nothing, _) = self::collector(10);
        nothing.take(data(
            b"\nThis account is \x1bclosed.\nBye\n".get(..10).unwrap(),
        ));
        let error = nothing.finish(Duration::ZERO).unwrap_err();
        assert!(
            matches!(error, ExecError::NoMarker { first_line: Some(line), exit_code: None }
            if line == "This acco")
        );
        assert_eq!(
            collector.to_end(),
            None,
            "a number that is no process id is not one"
        );
    }
}
