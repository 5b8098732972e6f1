//! What each control sequence may do: to the emulator, to the page, and what is answered.
//!
//! Invariant: the page gets no sequence that makes an xterm answer, act outside its cells, or change
//! its size; a question that programs need is answered here, from a fixed set of answers.

use std::io::Write as _;

use alacritty_terminal::{grid::Cursor, term::cell::Cell};

use crate::{
    attributes,
    emulator::Emulator,
    pen::{OVERLINE, Pen},
};

/// Cursor shown, insert and origin mode off, no margins, wrapping, no attributes, ASCII, normal keys.
const SOFT_RESET: &[u8] =
    b"\x1b[?25h\x1b[4l\x1b[?6l\x1b[r\x1b[?7h\x1b[m\x1b(B\x1b)B\x1b*B\x1b+B\x0f\x1b>\x1b[?1l";

/// A full reset. What the page keeps for a line, such as links and prompts, it forgets only with the
/// line: so both screens and the scrollback are cleared before it.
pub(crate) const RESET: &[u8] = b"\x1b[?1049l\x1b[2J\x1b[3J\x1bc";

/// A parsed control sequence, `ESC [ MARK PARAMETERS INTERMEDIATES FINAL` (ECMA-48, 5.4).
pub(crate) struct Control<'s> {
    /// `?`, `>`, `=` or `<` in front of the parameters; 0: none.
    pub(crate) mark: u8,
    parameters: &'s str,
    intermediates: &'s [u8],
    pub(crate) last: u8,
}

impl<'s> Control<'s> {
    fn parse(sequence: &'s [u8]) -> Option<Self> {
        let body = sequence.get(2..)?;
        let (&last, body) = body.split_last()?;
        let (mark, body) = match body.first() {
            Some(&mark @ b'<'..=b'?') => (mark, body.get(1..)?),
            _ => (0, body),
        };
        let split = body
            .iter()
            .position(|byte| *byte < b'0')
            .unwrap_or(body.len());
        let (parameters, intermediates) = body.split_at(split);
        Some(Self {
            mark,
            parameters: std::str::from_utf8(parameters).ok()?,
            intermediates,
            last,
        })
    }

    /// The parameter at `index`; 0 where it is left out.
    pub(crate) fn parameter(&self, index: usize) -> u16 {
        let text = self.parameters.split(';').nth(index).unwrap_or_default();
        if text.is_empty() {
            0
        } else {
            text.parse().unwrap_or(u16::MAX)
        }
    }

    fn all(&self) -> impl Iterator<Item = u16> {
        self.parameters
            .split(';')
            .map(|text| text.parse().unwrap_or(0))
    }
}

impl Emulator {
    /// Takes a control sequence. Says what to show the page through `page`, and what to answer the
    /// server through `answer`.
    pub(crate) fn control(&mut self, sequence: &[u8], page: &mut Vec<u8>, answer: &mut Vec<u8>) {
        let can_repeat = std::mem::take(&mut self.tracked.can_repeat);
        let Some(control) = Control::parse(sequence) else {
            return;
        };
        if control.last != b'm' && control.parameters.contains(':') {
            return;
        }
        match (control.last, control.mark, control.intermediates) {
            // Questions (DA, DSR, DECREQTPARM, DECRQM) and window operations.
            (b'c' | b'n' | b'x' | b't', _, []) | (b'p', 0 | b'?', [b'$']) => {
                self.answer(&control, answer);
            }
            // Keyboard protocols that the page does not speak, the version, XTSMGRAPHICS.
            (b'u', b'<'..=b'?', _) | (b'q' | b'm' | b'n' | b'f' | b'S', b'>' | b'?', _) => {}
            (b'h' | b'l', b'?', []) => self.private_modes(&control, page),
            // Insert and newline mode; an xterm knows no other.
            (b'h' | b'l', 0, []) if control.all().all(|mode| mode == 4 || mode == 20) => {
                self.pass(sequence, page);
            }
            (b'p', 0, [b'!']) => self.soft_reset(page),
            (b'b', 0, []) if can_repeat => {
                // At most a screenful or two: more would only scroll.
                let most = self.size.columns().saturating_mul(200);
                let count = control.parameter(0).clamp(1, most);
                let mut short = Vec::new();
                let _ = write!(short, "\x1b[{count}b");
                self.pass(&short, page);
            }
            (b'r', 0, []) => {
                let (top, bottom) = (control.parameter(0), control.parameter(1));
                if let Some((top, bottom)) = self.tracked.set_margins(top, bottom, self.size) {
                    let mut clean = Vec::new();
                    let _ = write!(clean, "\x1b[{top};{bottom}r");
                    self.pass(&clean, page);
                }
            }
            (b'm', 0, []) => self.attributes(&control, sequence, page),
            (b's', 0, []) => self.sequence(b"\x1b7"),
            (b'u', 0, []) => self.restored(page),
            (b'g', 0, []) => {
                match control.parameter(0) {
                    0 if !self.is_behind() => {
                        let (column, _) = self.cursor();
                        self.tracked.set_tab(column, false);
                    }
                    3 => self.tracked.clear_tabs(),
                    _ => return,
                }
                self.pass(sequence, page);
            }
            (b'q', 0, [b' ']) if control.parameter(0) <= 6 => {
                self.tracked.cursor_style = control.parameter(0);
                self.pass(sequence, page);
            }
            (b'H' | b'f' | b'd', 0, []) => self.pass(sequence, page),
            (last, 0, []) => self.plain_control(last, &control, sequence, page),
            _ => {}
        }
    }

    /// Moves and edits: done here as the page does them.
    fn plain_control(
        &mut self,
        last: u8,
        control: &Control<'_>,
        sequence: &[u8],
        page: &mut Vec<u8>,
    ) {
        let first = control.parameter(0);
        let count = i32::from(first.max(1));
        let (_, row) = self.cursor();
        match last {
            b'A' => self.move_by(0, -count, true),
            b'B' => self.move_by(0, count, true),
            b'e' => self.move_by(0, count, false),
            b'C' | b'a' => self.move_by(count, 0, false),
            b'D' => self.move_by(-count, 0, false),
            b'E' => self.move_by(i32::MIN, count, true),
            b'F' => self.move_by(i32::MIN, -count, true),
            b'G' | b'`' => self.place(usize::from(first.max(1)) - 1, row),
            b'I' => self.tab_by(first, true),
            b'Z' => self.tab_by(first, false),
            _ => return self.edit(last, first, sequence, page),
        }
        if self.is_origin() && self.region().0 > 0 && !matches!(last, b'I' | b'Z') {
            // The page would count the region's first row twice.
            self.write_place(page);
        } else {
            page.extend_from_slice(sequence);
        }
    }

    fn attributes(&mut self, control: &Control<'_>, sequence: &[u8], page: &mut Vec<u8>) {
        let Some(parameters) = attributes::normalized(control.parameters) else {
            return self.pass(sequence, page);
        };
        let sequence = format!("\x1b[{parameters}m");
        self.sequence(sequence.as_bytes());
        let template = &mut self.term.grid_mut().cursor.template;
        if let Some(is_set) = attributes::overline(&parameters) {
            template.flags.set(OVERLINE, is_set);
        }
        if attributes::ends_underline_color(&parameters) {
            // The page would take white for no colour.
            Pen::of(template).write(page);
        } else {
            page.extend_from_slice(sequence.as_bytes());
        }
    }

    fn edit(&mut self, last: u8, first: u16, sequence: &[u8], page: &mut Vec<u8>) {
        match last {
            b'J' if first == 1 && self.cursor().0 + 1 == usize::from(self.size.columns()) => {
                // At the end of a line the page would look for a line that may not be there.
                self.settled();
                self.erase_screen(1);
                page.extend_from_slice(b"\x1b[2K\r\x1b[1J");
                return self.write_place(page);
            }
            b'J' if first < 3 => self.erase_screen(first),
            // The alternate screen has no history, and the one beneath it is not meant.
            b'J' if first == 3 && !self.is_alternate() => self.forget_scrollback(),
            b'K' if first < 3 => self.erase_line(first),
            b'L' => self.shift_lines(first, false),
            b'M' => self.shift_lines(first, true),
            b'P' => self.delete_cells(first),
            b'@' => self.insert_cells(first),
            b'X' => self.erase_here(first),
            b'S' => self.shift_region(first, true),
            b'T' => self.shift_region(first, false),
            _ => return,
        }
        page.extend_from_slice(sequence);
    }

    /// DECRC. The page is told what came of it, as its own memory of the place moves with the lines.
    fn restored(&mut self, page: &mut Vec<u8>) {
        self.restore_cursor();
        self.write_here(page);
    }

    /// Takes an escape sequence of another kind.
    pub(crate) fn escape(&mut self, sequence: &[u8], page: &mut Vec<u8>) {
        self.tracked.can_repeat = false;
        match sequence.get(1..).unwrap_or_default() {
            b"c" => {
                self.reset();
                // The page would keep newline mode, and the cursor hidden.
                page.extend_from_slice(RESET);
                page.extend_from_slice(b"\x1b[20l\x1b[?25h");
            }
            b"H" if self.is_behind() => {}
            b"H" => {
                let (column, _) = self.cursor();
                self.tracked.set_tab(column, true);
                self.pass(sequence, page);
            }
            b"7" => self.sequence(sequence),
            b"8" => self.restored(page),
            b"D" | b"E" | b"M" => {
                self.settled();
                self.pass(sequence, page);
            }
            b"#8" => {
                self.align();
                page.extend_from_slice(b"\x1b[?6l\x1b[r\x1b[m\x1b#8");
                self.write_here(page);
            }
            [b'=' | b'>'] | [b'(' | b')' | b'*' | b'+', b'0' | b'B'] => self.pass(sequence, page),
            // Character sets that only a hard-copy terminal has count as ASCII.
            [sign @ (b'(' | b')' | b'*' | b'+'), ..] => {
                let ascii = [0x1b, *sign, b'B'];
                self.pass(&ascii, page);
            }
            _ => {}
        }
    }

    fn pass(&mut self, sequence: &[u8], page: &mut Vec<u8>) {
        self.sequence(sequence);
        page.extend_from_slice(sequence);
    }

    /// DECSET and DECRST, mode by mode.
    fn private_modes(&mut self, control: &Control<'_>, page: &mut Vec<u8>) {
        let is_set = control.last == b'h';
        for mode in control.all() {
            match mode {
                // One alternate buffer, whose cursor is saved: what the emulator has.
                47 | 1047 | 1049 => {
                    self.show_alternate(is_set, page);
                    continue;
                }
                1048 if is_set => {
                    self.sequence(b"\x1b7");
                    continue;
                }
                1048 => {
                    self.restored(page);
                    continue;
                }
                40 => {
                    self.tracked.may_set_columns = is_set;
                    continue;
                }
                // DECCOLM: the size is the person's, but the screen is cleared, which programs go by.
                3 => {
                    if self.tracked.may_set_columns {
                        self.tracked.margins = None;
                        self.pass(b"\x1b[r\x1b[?6l\x1b[H", page);
                        self.erase_screen(2);
                        page.extend_from_slice(b"\x1b[2J");
                    }
                    continue;
                }
                66 => self.sequence(if is_set { b"\x1b=" } else { b"\x1b>" }),
                // One mouse mode at a time: to set or clear one clears the others, as in an xterm.
                9 | 1000 | 1002 | 1003 => {
                    self.sequence(b"\x1b[?1000l\x1b[?1002l\x1b[?1003l");
                    self.tracked.set_page_mode(9, false);
                    match mode {
                        9 => self.tracked.set_page_mode(9, is_set),
                        1000 if is_set => self.sequence(b"\x1b[?1000h"),
                        1002 if is_set => self.sequence(b"\x1b[?1002h"),
                        1003 if is_set => self.sequence(b"\x1b[?1003h"),
                        _ => {}
                    }
                }
                // Likewise one encoding of its reports.
                1006 | 1016 => {
                    self.sequence(b"\x1b[?1006l");
                    self.tracked.set_page_mode(1016, false);
                    match mode {
                        1006 if is_set => self.sequence(b"\x1b[?1006h"),
                        mode => self.tracked.set_page_mode(mode, is_set),
                    }
                }
                6 => {
                    self.sequence(if is_set { b"\x1b[?6h" } else { b"\x1b[?6l" });
                    self.place(0, 0);
                }
                1 | 7 | 25 | 1004 | 2004 => {
                    let mut one = Vec::new();
                    // Writing to a Vec cannot fail, here and below.
                    let _ = write!(one, "\x1b[?{mode}{}", char::from(control.last));
                    self.sequence(&one);
                }
                // The page alone acts on it, and shows nothing until it is cleared.
                2026 => {}
                // Smooth scrolling, reverse video, reverse wraparound, the cursor's
                // blinking (which is the person's choice, or DECSCUSR's) and all else.
                _ => continue,
            }
            let _ = write!(page, "\x1b[?{mode}{}", char::from(control.last));
        }
    }

    /// Shows one of the two buffers. The page keeps margins, tab stops and attributes by buffer, so
    /// it is told those that are in force.
    fn show_alternate(&mut self, is_set: bool, page: &mut Vec<u8>) {
        if is_set == self.is_alternate() {
            return;
        }
        if is_set {
            self.enter_alternate();
            page.extend_from_slice(b"\x1b[?1049h");
        } else {
            self.leave_alternate();
            page.extend_from_slice(b"\x1b[?1049l");
        }
        self.write_margins_and_tabs(page);
        self.write_here(page);
    }

    /// DECSTR (VT220 Programmer Reference, 4.15), as an xterm does it; the one of the page would take
    /// bracketed paste and more away.
    fn soft_reset(&mut self, page: &mut Vec<u8>) {
        self.tracked.margins = None;
        self.tracked.shifted = false;
        self.tracked.cursor_style = 0;
        let point = self.term.grid().cursor.point;
        self.pass(SOFT_RESET, page);
        page.extend_from_slice(b"\x1b[0 q");
        let cursor = &mut self.term.grid_mut().cursor;
        cursor.template = Cell::default();
        cursor.point = point;
        self.term.grid_mut().saved_cursor = Cursor::default();
        self.write_here(page);
    }
}
