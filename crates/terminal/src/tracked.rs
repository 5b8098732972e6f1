//! What the emulator keeps to itself, or does not know, and a repaint needs.
//!
//! Invariant: it follows the same sequences as the emulator, and no others.

use unicode_width::UnicodeWidthChar as _;

use crate::Size;

/// Private modes that only the page acts on.
const PAGE_MODES: [u16; 2] = [9, 1016];

/// Columns of a size are at most this many.
const TABS: usize = 1024;

/// See above.
#[derive(Debug, Default)]
pub(crate) struct Tracked {
    /// The scroll region, rows from 1, where it is not the whole screen (DECSTBM).
    pub(crate) margins: Option<(u16, u16)>,
    /// Tab stops by column from 0, where they are not every eighth (HTS, TBC).
    pub(crate) tabs: Option<Vec<bool>>,
    /// The cursor's style, where a program set one (DECSCUSR).
    pub(crate) cursor_style: u16,
    /// Whether the second character set is in use (SO).
    pub(crate) shifted: bool,
    /// Whether the last thing shown was a character, so that it can be repeated (REP).
    pub(crate) can_repeat: bool,
    /// Whether a program may ask for 80 or 132 columns (xterm's mode 40).
    pub(crate) may_set_columns: bool,
    /// Whether a program ever changed a colour (OSC 4, 10 to 12).
    pub(crate) is_recolored: bool,
    page_modes: [bool; PAGE_MODES.len()],
}

impl Tracked {
    /// Whether nothing here changes how text is drawn.
    pub(crate) fn is_plain(&self) -> bool {
        self.margins.is_none() && !self.shifted
    }

    /// SO and SI choose the character set (ECMA-48, LS1 and LS0).
    pub(crate) fn text(&mut self, text: &str) {
        self.can_repeat = match text.as_bytes().last() {
            None => false,
            Some(last) if last.is_ascii() => !last.is_ascii_control(),
            Some(_) => {
                let last = text.chars().next_back().and_then(|last| last.width());
                last.is_some_and(|width| width > 0)
            }
        };
        if let Some(at) = memchr::memrchr2(0x0e, 0x0f, text.as_bytes()) {
            self.shifted = text.as_bytes().get(at) == Some(&0x0e);
        }
    }

    /// Takes margins, brought into the screen; `None`: they cannot be.
    pub(crate) fn set_margins(&mut self, top: u16, bottom: u16, size: Size) -> Option<(u16, u16)> {
        let top = top.max(1);
        let bottom = if bottom == 0 {
            size.rows()
        } else {
            bottom.min(size.rows())
        };
        if top >= bottom {
            return None;
        }
        self.margins = (top != 1 || bottom != size.rows()).then_some((top, bottom));
        Some((top, bottom))
    }

    /// A new size takes away the margins.
    pub(crate) fn resized(&mut self, size: Size) {
        self.margins = None;
        let columns = usize::from(size.columns());
        if let Some(tabs) = &mut self.tabs {
            // The page goes on with every eighth column from the last tab stop that it has.
            let is_stop = |at: &usize| tabs.get(*at).copied().unwrap_or_default();
            let mut at = (0..=columns).rev().find(is_stop).unwrap_or(0);
            while at < columns {
                if let Some(tab) = tabs.get_mut(at) {
                    *tab = true;
                }
                at += 8;
            }
        }
    }

    pub(crate) fn set_tab(&mut self, column: usize, is_stop: bool) {
        if let Some(tab) = self.tab_stops().get_mut(column) {
            *tab = is_stop;
        }
    }

    pub(crate) fn is_tab(&self, column: usize) -> bool {
        self.tabs.as_ref().map_or(column.is_multiple_of(8), |tabs| {
            tabs.get(column).copied().unwrap_or_default()
        })
    }

    pub(crate) fn clear_tabs(&mut self) {
        self.tab_stops().fill(false);
    }

    fn tab_stops(&mut self) -> &mut Vec<bool> {
        self.tabs
            .get_or_insert_with(|| (0..TABS).map(|column| column % 8 == 0).collect())
    }

    /// Remembers a mode that only the page acts on.
    pub(crate) fn set_page_mode(&mut self, mode: u16, is_set: bool) {
        for (known, state) in PAGE_MODES.iter().zip(&mut self.page_modes) {
            if *known == mode {
                *state = is_set;
            }
        }
    }

    /// Those modes, and whether each is set.
    pub(crate) fn page_modes(&self) -> impl Iterator<Item = (u16, bool)> {
        PAGE_MODES.into_iter().zip(self.page_modes)
    }
}
