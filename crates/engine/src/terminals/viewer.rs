//! What one page gets of a terminal: the bytes as they come while it keeps up, the state where it
//! does not.
//!
//! Invariant: what waits for a page is bounded, whatever the terminal prints and however slow the
//! page is; after each repaint it gets every byte that follows, or another repaint.

use std::collections::VecDeque;

use terminal::{Size, Terminal};
use tokio::time::{Duration, Instant};

use super::pace::Pace;

/// A page that has this much or less before it is ready for the next picture.
const READY_BYTES: usize = 32 * 1024;
/// Between two pictures of the screen while the terminal prints faster than a page can read.
const BETWEEN_SCREENS: Duration = Duration::from_millis(66);
/// When nothing came for so long, the screen may be what somebody waits for.
const QUIET: Duration = Duration::from_millis(20);
/// When nothing came for so long, the flood is over.
const REST: Duration = Duration::from_millis(80);
/// Less than this since the last picture is no flood either.
const TRICKLE_BYTES: usize = 48 * 1024;
/// Clipboard texts that may wait.
const MOST_CLIPS: usize = 4;

/// What a page is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// More of the same.
    Output(Vec<u8>),
    /// Everything anew: begins with a full reset.
    Repaint {
        /// The size it is for.
        size: Size,
        /// The number of the first line it holds, counted from the terminal's first.
        first_line: u64,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The screen anew, the scrollback as it is; another repaint will follow.
    Screen {
        /// The size it is for.
        size: Size,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A program wants this text in the clipboard.
    Clipboard(String),
}

/// What to do for a page now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Give it this.
    Give(Frame),
    /// Nothing until something changes, or that moment comes.
    Wait(Option<Instant>),
}

#[derive(Debug)]
enum Mode {
    /// It gets the bytes as they come.
    Reading { waiting: Vec<u8> },
    /// It gets the state when it is ready for it.
    Behind {
        /// When it last got a picture; `None`: never, or it needs everything now.
        painted: Option<Instant>,
        /// Bytes that came since.
        missed_bytes: usize,
    },
}

/// One page's place in the stream.
#[derive(Debug)]
pub(super) struct Viewer {
    mode: Mode,
    /// Bytes that were given and not acknowledged; the page may keep a little to itself.
    unread_bytes: usize,
    /// How many of them end with the last repaint, and are no backlog.
    repaint_bytes: usize,
    pace: Pace,
    last_output: Instant,
    clips: VecDeque<String>,
}

impl Viewer {
    /// One that has seen nothing.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            mode: Mode::Behind {
                painted: None,
                missed_bytes: 0,
            },
            unread_bytes: 0,
            repaint_bytes: 0,
            pace: Pace::default(),
            last_output: now,
            clips: VecDeque::new(),
        }
    }

    /// The terminal printed this.
    pub(super) fn output(&mut self, bytes: &[u8], now: Instant) {
        self.last_output = now;
        let backlog = self.unread_bytes - self.repaint_bytes;
        let room = self.pace.ahead_bytes().saturating_sub(backlog);
        match &mut self.mode {
            Mode::Reading { waiting } if waiting.len() + bytes.len() <= room => {
                waiting.extend_from_slice(bytes);
            }
            Mode::Reading { waiting } => {
                let missed_bytes = waiting.len() + bytes.len();
                self.mode = Mode::Behind {
                    painted: Some(now),
                    missed_bytes,
                };
            }
            Mode::Behind { missed_bytes, .. } => {
                *missed_bytes = missed_bytes.saturating_add(bytes.len());
            }
        }
    }

    /// What it shows is of no use any more: it needs everything anew.
    pub(super) fn start_over(&mut self) {
        self.mode = Mode::Behind {
            painted: None,
            missed_bytes: 0,
        };
    }

    /// The page has taken in that many bytes.
    pub(super) fn acknowledged(&mut self, bytes: usize, now: Instant) {
        self.unread_bytes = self.unread_bytes.saturating_sub(bytes);
        self.repaint_bytes = self.repaint_bytes.saturating_sub(bytes);
        self.pace.acknowledged(bytes, self.unread_bytes, now);
    }

    pub(super) fn clip(&mut self, text: String) {
        if self.clips.len() < MOST_CLIPS {
            self.clips.push_back(text);
        }
    }

    /// What it is to get now.
    pub(super) fn turn(&mut self, terminal: &Terminal, now: Instant) -> Turn {
        if let Some(text) = self.clips.pop_front() {
            return Turn::Give(Frame::Clipboard(text));
        }
        let (painted, missed_bytes) = match &mut self.mode {
            Mode::Reading { waiting } if waiting.is_empty() => return Turn::Wait(None),
            Mode::Reading { waiting } => {
                let bytes = std::mem::take(waiting);
                return self.give(Frame::Output(bytes), now);
            }
            Mode::Behind {
                painted,
                missed_bytes,
            } => (*painted, *missed_bytes),
        };
        let Some(painted) = painted else {
            // One that changes its size again and again is not sent picture after picture unread.
            if self.unread_bytes > self.pace.ahead_bytes() {
                return Turn::Wait(None);
            }
            return self.repaint(terminal, now);
        };
        if self.unread_bytes > READY_BYTES {
            return Turn::Wait(None);
        }
        let rest_at = self.last_output + REST;
        let next_screen = painted + BETWEEN_SCREENS;
        let keeps_up = || {
            let read = self.pace.bytes_in(now - painted).unwrap_or(0);
            missed_bytes <= read.max(TRICKLE_BYTES)
        };
        if now >= rest_at || (now >= next_screen && keeps_up()) {
            return self.repaint(terminal, now);
        }
        if missed_bytes == 0 {
            return Turn::Wait(Some(rest_at));
        }
        let screen_at = next_screen.min(self.last_output + QUIET);
        if now >= screen_at {
            self.mode = Mode::Behind {
                painted: Some(now),
                missed_bytes: 0,
            };
            let frame = Frame::Screen {
                size: terminal.size(),
                bytes: terminal.screen(),
            };
            return self.give(frame, now);
        }
        Turn::Wait(Some(screen_at))
    }

    fn repaint(&mut self, terminal: &Terminal, now: Instant) -> Turn {
        self.mode = Mode::Reading {
            waiting: Vec::new(),
        };
        let (first_line, bytes) = terminal.repaint();
        let frame = Frame::Repaint {
            size: terminal.size(),
            first_line,
            bytes,
        };
        let turn = self.give(frame, now);
        self.repaint_bytes = self.unread_bytes;
        turn
    }

    fn give(&mut self, frame: Frame, now: Instant) -> Turn {
        self.unread_bytes += frame.len_on_wire();
        self.pace.given(self.unread_bytes, now);
        Turn::Give(frame)
    }
}

impl Frame {
    /// How many bytes a page acknowledges for it.
    #[must_use]
    pub fn len_on_wire(&self) -> usize {
        match self {
            Self::Output(bytes) => 1 + bytes.len(),
            Self::Repaint { bytes, .. } => 1 + 4 + 8 + bytes.len(),
            Self::Screen { bytes, .. } => 1 + 4 + bytes.len(),
            Self::Clipboard(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use terminal::Output;

    use super::{super::pace::MOST_AHEAD_BYTES, *};

    fn terminal() -> Terminal {
        Terminal::new(Size::default(), 100)
    }

    fn given(viewer: &mut Viewer, terminal: &Terminal, now: Instant) -> Frame {
        match viewer.turn(terminal, now) {
            Turn::Give(frame) => frame,
            Turn::Wait(_) => panic!("nothing is given"),
        }
    }

    fn print(terminal: &mut Terminal, viewer: &mut Viewer, bytes: &[u8], now: Instant) {
        let mut output = Output::default();
        terminal.push(bytes, &mut output);
        viewer.output(&output.page, now);
    }

    #[tokio::test]
    async fn a_page_that_keeps_up_gets_the_bytes_as_they_are() {
        let (mut terminal, now) = (terminal(), Instant::now());
        let mut viewer = Viewer::new(now);
        assert!(matches!(
            given(&mut viewer, &terminal, now),
            Frame::Repaint { .. }
        ));
        for _ in 0..1000 {
            print(&mut terminal, &mut viewer, b"hello\r\n", now);
            let frame = given(&mut viewer, &terminal, now);
            assert_eq!(frame, Frame::Output(b"hello\r\n".to_vec()));
            viewer.acknowledged(frame.len_on_wire(), now);
        }
        assert_eq!(viewer.turn(&terminal, now), Turn::Wait(None));
    }

    #[tokio::test]
    async fn a_page_that_does_not_read_is_sent_a_bounded_amount_and_then_the_state() {
        let (mut terminal, mut now) = (terminal(), Instant::now());
        let mut viewer = Viewer::new(now);
        let mut sent = 0;
        let line = [b"x".repeat(78), b"\r\n".to_vec()].concat();
        for _ in 0..100_000 {
            print(&mut terminal, &mut viewer, &line, now);
            while let Turn::Give(frame) = viewer.turn(&terminal, now) {
                sent += frame.len_on_wire();
            }
            now += Duration::from_micros(10);
        }
        assert!(sent <= MOST_AHEAD_BYTES + 100_000, "{sent}");
        // It reads now, while the flood goes on: pictures of the screen, no more often than that.
        viewer.acknowledged(sent, now);
        let mut screens = 0;
        for _ in 0..1000 {
            now += Duration::from_millis(1);
            print(&mut terminal, &mut viewer, &line.repeat(100), now);
            while let Turn::Give(frame) = viewer.turn(&terminal, now) {
                assert!(matches!(frame, Frame::Screen { .. }), "{frame:?}");
                viewer.acknowledged(frame.len_on_wire(), now);
                screens += 1;
            }
        }
        assert!((10..=16).contains(&screens), "{screens}");
        // It pauses: what the screen shows now, once.
        now += QUIET;
        let frame = given(&mut viewer, &terminal, now);
        assert!(matches!(frame, Frame::Screen { .. }), "{frame:?}");
        viewer.acknowledged(frame.len_on_wire(), now);
        assert!(matches!(
            viewer.turn(&terminal, now),
            Turn::Wait(Some(until)) if until > now
        ));
        // The flood is over: everything, and from then on the bytes again.
        now += REST;
        assert!(matches!(
            given(&mut viewer, &terminal, now),
            Frame::Repaint { .. }
        ));
        print(&mut terminal, &mut viewer, b"$ ", now);
        assert_eq!(
            given(&mut viewer, &terminal, now),
            Frame::Output(b"$ ".to_vec())
        );
    }

    #[tokio::test]
    async fn what_trickles_in_beside_a_large_repaint_follows_it() {
        let (mut terminal, mut now) = (Terminal::new(Size::default(), 50_000), Instant::now());
        let mut viewer = Viewer::new(now);
        let line = [b"x".repeat(78), b"\r\n".to_vec()].concat();
        print(&mut terminal, &mut viewer, &line.repeat(50_000), now);
        let repaint = given(&mut viewer, &terminal, now).len_on_wire();
        assert!(repaint > MOST_AHEAD_BYTES, "{repaint}");
        for _ in 0..100 {
            now += Duration::from_millis(10);
            print(&mut terminal, &mut viewer, b"tick\r\n", now);
            let frame = given(&mut viewer, &terminal, now);
            assert_eq!(frame, Frame::Output(b"tick\r\n".to_vec()));
            viewer.acknowledged(repaint / 100, now);
        }
    }

    #[tokio::test]
    async fn after_a_flood_a_trickle_is_no_flood() {
        let (mut terminal, mut now) = (terminal(), Instant::now());
        let mut viewer = Viewer::new(now);
        let _ = viewer.turn(&terminal, now);
        viewer.output(&vec![b'x'; MOST_AHEAD_BYTES], now);
        viewer.acknowledged(usize::MAX, now);
        for _ in 0..100 {
            now += Duration::from_millis(5);
            print(&mut terminal, &mut viewer, b"tick\r\n", now);
            if let Turn::Give(frame) = viewer.turn(&terminal, now) {
                viewer.acknowledged(frame.len_on_wire(), now);
                if matches!(frame, Frame::Repaint { .. }) {
                    return;
                }
            }
        }
        panic!("it never got back to reading");
    }
}
