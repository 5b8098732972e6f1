//! A terminal from outside: bytes of the server in, bytes for pages, answers and events out.
//!
//! Invariant: what pages are given and what is kept here are one and the same; a repaint at any
//! moment goes together with the bytes that come after it.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    Size, colors,
    emulator::Emulator,
    filter::{Filter, Sink},
    links::{Links, Place},
    shown_title, titles,
};

/// Something besides text that the server's bytes meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A new title; `None`: none any more.
    Title(Option<String>),
    /// The shell's folder, an absolute path (OSC 7).
    Folder(String),
    /// A program wants this text in the clipboard (OSC 52).
    Clipboard(String),
}

/// What came of some bytes. The vectors are the caller's to clear.
#[derive(Debug, Default)]
pub struct Output {
    /// For pages that have read along.
    pub page: Vec<u8>,
    /// For the server.
    pub answer: Vec<u8>,
    /// In order.
    pub events: Vec<Event>,
}

/// The state of one terminal.
pub struct Terminal {
    filter: Filter,
    emulator: Emulator,
    links: Links,
}

impl Terminal {
    /// An empty screen; keeps `scrollback_lines` above it.
    #[must_use]
    pub fn new(size: Size, scrollback_lines: usize) -> Self {
        Self {
            filter: Filter::new(),
            emulator: Emulator::new(size, scrollback_lines),
            links: Links::default(),
        }
    }

    /// Takes what the server sent, cut anywhere.
    pub fn push(&mut self, bytes: &[u8], output: &mut Output) {
        let mut flow = Flow {
            emulator: &mut self.emulator,
            links: &mut self.links,
            output,
        };
        self.filter.push(bytes, &mut flow);
    }

    /// Columns and rows.
    #[must_use]
    pub fn size(&self) -> Size {
        self.emulator.size
    }

    /// Changes the size; lines are wrapped anew.
    pub fn resize(&mut self, size: Size) {
        self.emulator.resize(size);
    }

    /// Keeps this many lines above the screen from now on.
    pub fn set_scrollback(&mut self, lines: usize) {
        self.emulator.scrollback.set_limit(lines);
    }

    /// How often the bell rang so far.
    #[must_use]
    pub fn bells(&self) -> u32 {
        self.emulator.bells()
    }

    /// The bytes that bring any xterm of this size into this state, and the number of the first line
    /// that they hold, counted from the terminal's first.
    #[must_use]
    pub fn repaint(&self) -> (u64, Vec<u8>) {
        self.emulator.repaint()
    }

    /// The bytes that draw the screen; what is above it is left as it is.
    #[must_use]
    pub fn screen(&self) -> Vec<u8> {
        self.emulator.screen()
    }

    /// Scrollback and screen as text; wrapped lines are joined.
    #[must_use]
    pub fn text(&self) -> String {
        self.emulator.plain_text()
    }

    /// Forgets the scrollback, and what is above the line of the cursor on the main screen.
    pub fn clear(&mut self) {
        self.emulator.forget_scrollback();
        if !self.emulator.is_alternate() {
            let (column, row) = self.emulator.cursor();
            // Scrolling by the rows above brings the line to the top; what leaves is forgotten.
            let up = format!("\x1b[r\x1b[{row}S\x1b[1;{}H", column + 1);
            if row > 0 {
                self.emulator.tracked.margins = None;
                self.emulator.sequence(up.as_bytes());
                self.emulator.forget_scrollback();
            }
        }
    }

    /// Makes room for a new shell: a main screen without modes, the cursor in a fresh line; what was
    /// shown stays above it.
    pub fn begin_anew(&mut self, output: &mut Output) {
        self.filter = Filter::new();
        self.push(
            b"\x18\x1b[?1049l\x1b[!p\x1b[?9l\x1b[?1000l\x1b[?1004l\x1b[?1006l\x1b[?2004l\x1b[?7h\x1b[20l\x1b]8;;\x07\x1b[m",
            output,
        );
        let (column, _) = self.emulator.cursor();
        if column > 0 {
            self.push(b"\r\n", output);
        }
    }
}

/// Carries what the filter lets through to where it belongs.
struct Flow<'t> {
    emulator: &'t mut Emulator,
    links: &'t mut Links,
    output: &'t mut Output,
}

impl Sink for Flow<'_> {
    fn text(&mut self, text: &str) {
        match self.emulator.blanked(text) {
            Some(text) => self.output.page.extend_from_slice(text.as_bytes()),
            None => self.output.page.extend_from_slice(text.as_bytes()),
        }
        self.emulator.tracked.text(text);
        self.emulator.text(text);
    }

    fn escape(&mut self, sequence: &[u8]) {
        self.emulator.escape(sequence, &mut self.output.page);
    }

    fn control(&mut self, sequence: &[u8]) {
        self.emulator
            .control(sequence, &mut self.output.page, &mut self.output.answer);
    }

    fn command(&mut self, payload: &[u8]) {
        self.emulator.tracked.can_repeat = false;
        let Ok(payload) = std::str::from_utf8(payload) else {
            return;
        };
        let (number, rest) = payload.split_once(';').unwrap_or((payload, ""));
        match number {
            "0" | "2" => self.output.events.push(Event::Title(shown_title(rest))),
            "7" => self
                .output
                .events
                .extend(titles::folder(rest).map(Event::Folder)),
            "8" => {
                let link = self.links.take(rest, self.place());
                self.pass(&format!("8;{link}"), true);
            }
            "52" => self.clipboard(rest),
            "133" => {
                let kind = rest.get(..1).unwrap_or_default();
                if matches!(kind, "A" | "B" | "C" | "D") {
                    if kind == "A" {
                        self.emulator.mark_prompt();
                    }
                    self.pass(&format!("133;{kind}"), false);
                }
            }
            number => {
                let colors = number.parse().ok();
                if let Some(payload) = colors.and_then(|kind| colors::without_questions(kind, rest))
                {
                    self.emulator.tracked.is_recolored = true;
                    self.pass(&payload, true);
                }
            }
        }
    }
}

impl Flow<'_> {
    fn place(&self) -> Place {
        let (_, row) = self.emulator.cursor();
        let row = row as u64;
        if self.emulator.is_alternate() {
            let turn = self.emulator.alternates;
            return Place::Alternate { turn, row };
        }
        let top = self.emulator.screen_top();
        Place::Main {
            top,
            line: top + row,
        }
    }

    fn pass(&mut self, payload: &str, emulated: bool) {
        let sequence = format!("\x1b]{payload}\x1b\\");
        if emulated {
            self.emulator.sequence(sequence.as_bytes());
        }
        self.output.page.extend_from_slice(sequence.as_bytes());
    }

    /// `SELECTION;BASE64`; a question (`?`) is not answered.
    fn clipboard(&mut self, rest: &str) {
        let text = rest
            .split_once(';')
            .and_then(|(_, data)| STANDARD.decode(data).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .filter(|text| !text.is_empty());
        self.output.events.extend(text.map(Event::Clipboard));
    }
}
