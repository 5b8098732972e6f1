//! Attributes of cells, written as the sequences that set them.
//!
//! Invariant: a pen that is told of every cell it draws leaves no attribute behind once it is lifted.

use std::io::Write as _;

use alacritty_terminal::{
    term::cell::{Cell, Flags, Hyperlink},
    vte::ansi::{Color, NamedColor},
};

/// The flags of a cell that are its look.
const LOOK: Flags = Flags::INVERSE
    .union(Flags::BOLD_ITALIC)
    .union(Flags::ALL_UNDERLINES)
    .union(Flags::DIM)
    .union(Flags::HIDDEN)
    .union(Flags::STRIKEOUT)
    .union(OVERLINE);

/// A line above the character, which the emulator does not know: the one bit that it leaves free.
pub(crate) const OVERLINE: Flags = Flags::from_bits_retain(0x8000);

/// What the terminal that reads along has set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pen {
    fg: Color,
    bg: Color,
    look: Flags,
    underline: Option<Color>,
    link: Option<Hyperlink>,
}

impl Default for Pen {
    fn default() -> Self {
        Self {
            fg: Color::Named(NamedColor::Foreground),
            bg: Color::Named(NamedColor::Background),
            look: Flags::empty(),
            underline: None,
            link: None,
        }
    }
}

impl Pen {
    pub(crate) fn of(cell: &Cell) -> Self {
        let (underline, link) = match &cell.extra {
            None => (None, None),
            Some(_) => (cell.underline_color(), cell.hyperlink()),
        };
        Self {
            fg: cell.fg,
            bg: cell.bg,
            look: cell.flags.intersection(LOOK),
            underline,
            link,
        }
    }

    /// Whether the cell can be drawn without a change.
    fn fits(&self, cell: &Cell) -> bool {
        let extra = cell.extra.is_some() || self.underline.is_some() || self.link.is_some();
        self.fg == cell.fg
            && self.bg == cell.bg
            && self.look == cell.flags.intersection(LOOK)
            && (!extra || *self == Self::of(cell))
    }

    /// Sets what the cell has.
    pub(crate) fn take(&mut self, cell: &Cell, out: &mut Vec<u8>) {
        if !self.fits(cell) {
            self.become_pen(Self::of(cell), out);
        }
    }

    /// Back to no attribute at all.
    pub(crate) fn lift(&mut self, out: &mut Vec<u8>) {
        self.become_pen(Self::default(), out);
    }

    fn become_pen(&mut self, next: Self, out: &mut Vec<u8>) {
        if self.link != next.link {
            write_link(next.link.as_ref(), out);
        }
        let same = self.fg == next.fg
            && self.bg == next.bg
            && self.look == next.look
            && self.underline == next.underline;
        if !same {
            next.write(out);
        }
        *self = next;
    }

    /// One SGR sequence that begins with a reset (ECMA-48, 8.3.117; ISO 8613-6 for colours).
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\x1b[0");
        for (flag, code) in [
            (Flags::BOLD, "1"),
            (Flags::DIM, "2"),
            (Flags::ITALIC, "3"),
            (Flags::UNDERLINE, "4"),
            (Flags::DOUBLE_UNDERLINE, "4:2"),
            (Flags::UNDERCURL, "4:3"),
            (Flags::DOTTED_UNDERLINE, "4:4"),
            (Flags::DASHED_UNDERLINE, "4:5"),
            (Flags::INVERSE, "7"),
            (Flags::HIDDEN, "8"),
            (Flags::STRIKEOUT, "9"),
            (OVERLINE, "53"),
        ] {
            if self.look.contains(flag) {
                out.push(b';');
                out.extend_from_slice(code.as_bytes());
            }
        }
        write_color(self.fg, Place::Foreground, out);
        write_color(self.bg, Place::Background, out);
        if let Some(color) = self.underline {
            write_color(color, Place::Underline, out);
        }
        out.push(b'm');
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Foreground = 38,
    Background = 48,
    Underline = 58,
}

fn write_color(color: Color, place: Place, out: &mut Vec<u8>) {
    let (separator, number) = match place {
        Place::Underline => (':', 58),
        place => (';', place as u8),
    };
    // Writing to a Vec cannot fail.
    let _ = match color {
        Color::Spec(rgb) if place == Place::Underline => {
            write!(out, ";58:2::{}:{}:{}", rgb.r, rgb.g, rgb.b)
        }
        Color::Spec(rgb) => write!(out, ";{number};2;{};{};{}", rgb.r, rgb.g, rgb.b),
        Color::Indexed(index) => write!(out, ";{number}{separator}5{separator}{index}"),
        Color::Named(name) => {
            // The sixteen; dim ones come with the DIM flag, the rest are defaults.
            let index = name as usize;
            match (index, place) {
                (0..8, Place::Foreground) => write!(out, ";{}", 30 + index),
                (0..8, Place::Background) => write!(out, ";{}", 40 + index),
                (8..16, Place::Foreground) => write!(out, ";{}", 82 + index),
                (8..16, Place::Background) => write!(out, ";{}", 92 + index),
                (0..16, Place::Underline) => write!(out, ";58:5:{index}"),
                _ => Ok(()),
            }
        }
    };
}

fn write_link(link: Option<&Hyperlink>, out: &mut Vec<u8>) {
    let _ = match link {
        None => write!(out, "\x1b]8;;\x1b\\"),
        Some(link) => write!(out, "\x1b]8;id={};{}\x1b\\", link.id(), link.uri()),
    };
}
