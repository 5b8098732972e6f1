//! What a program that asks is told.
//!
//! Invariant: a fixed set of answers, made of numbers alone; none holds what a server has sent, or
//! anything of the person's computer but the size in cells.

use std::io::Write as _;

use alacritty_terminal::term::TermMode;

use crate::{emulator::Emulator, sequences::Control};

impl Emulator {
    /// Answers a question; nothing for what is none, or not known here.
    pub(crate) fn answer(&self, control: &Control<'_>, out: &mut Vec<u8>) {
        let (column, row) = self.cursor();
        let mode = self.term.mode();
        let top = match self.tracked.margins {
            Some((top, _)) if mode.contains(TermMode::ORIGIN) => usize::from(top),
            _ => 1,
        };
        let (row, column) = ((row + 2).saturating_sub(top), column + 1);
        let first = control.parameter(0);
        let _ = match (control.last, control.mark) {
            // A VT100 with the advanced video option, as an xterm in the browser says.
            (b'c', 0) if first == 0 => write!(out, "\x1b[?1;2c"),
            (b'c', b'>') if first == 0 => write!(out, "\x1b[>0;276;0c"),
            (b'c', b'=') if first == 0 => write!(out, "\x1bP!|00000000\x1b\\"),
            (b'n', 0) if first == 5 => write!(out, "\x1b[0n"),
            (b'n', 0) if first == 6 => write!(out, "\x1b[{row};{column}R"),
            (b'n', b'?') if first == 6 => write!(out, "\x1b[?{row};{column}R"),
            // No printer, user keys locked, a North American keyboard, no locator.
            (b'n', b'?') if first == 15 => write!(out, "\x1b[?13n"),
            (b'n', b'?') if first == 25 => write!(out, "\x1b[?21n"),
            (b'n', b'?') if first == 26 => write!(out, "\x1b[?27;1;0;0n"),
            (b'n', b'?') if first == 53 => write!(out, "\x1b[?50n"),
            (b'x', 0) if first < 2 => write!(out, "\x1b[{};1;1;128;128;1;0x", first + 2),
            (b't', 0) if first == 18 => {
                write!(out, "\x1b[8;{};{}t", self.size.rows(), self.size.columns())
            }
            (b'p', b'?') => write!(out, "\x1b[?{first};{}$y", self.mode_report(first)),
            (b'p', 0) => {
                let state = match first {
                    4 => state(mode.contains(TermMode::INSERT)),
                    20 => state(mode.contains(TermMode::LINE_FEED_NEW_LINE)),
                    _ => 0,
                };
                write!(out, "\x1b[{first};{state}$y")
            }
            _ => Ok(()),
        };
    }

    /// DECRPM: 0 not known, 1 set, 2 reset.
    fn mode_report(&self, number: u16) -> u8 {
        let flag = match number {
            1 => TermMode::APP_CURSOR,
            6 => TermMode::ORIGIN,
            7 => TermMode::LINE_WRAP,
            25 => TermMode::SHOW_CURSOR,
            47 | 1047 | 1049 => TermMode::ALT_SCREEN,
            66 => TermMode::APP_KEYPAD,
            1000 => TermMode::MOUSE_REPORT_CLICK,
            1002 => TermMode::MOUSE_DRAG,
            1003 => TermMode::MOUSE_MOTION,
            1004 => TermMode::FOCUS_IN_OUT,
            1006 => TermMode::SGR_MOUSE,
            2004 => TermMode::BRACKETED_PASTE,
            2026 => return 2,
            _ => return 0,
        };
        state(self.term.mode().contains(flag))
    }
}

fn state(is_set: bool) -> u8 {
    if is_set { 1 } else { 2 }
}
