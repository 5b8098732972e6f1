//! The tables of `zypper(8)`: `S | Name | ...`, a line of `-` and `+`, and rows. Headings and kinds
//! are in the language of whoever asked, so columns are told by their count and place.

use crate::{ParseError, RawOutput};

/// The kind `package` in all languages of zypper.
const PACKAGE: &[&str] = &[
    "Paket",
    "Paquete",
    "balík",
    "balíček",
    "csomag",
    "el paquet",
    "pacchetto",
    "package",
    "pacote",
    "paket",
    "paketas",
    "paketti",
    "pakiet",
    "pakke",
    "pakket",
    "paquet",
    "paquete",
    "πακέτο",
    "пакет",
    "пакунок",
    "حزمة",
    "แพกเกจ",
    "პაკეტები",
    "កញ្ចប់",
    "パッケージ",
    "套件",
    "软件包",
    "꾸러미",
    "패키지",
];

/// The state of reading: which columns there are.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Option<usize>,
}

impl Table {
    /// A row's cells, as many as there are columns; `Some(None)`: a heading, a separator, or a note
    /// on what zypper does; `None`: not understood.
    pub(super) fn row<'a>(&mut self, line: &'a str) -> Option<Option<Vec<&'a str>>> {
        let is_separator =
            line.contains("-+-") && line.bytes().all(|byte| matches!(byte, b'-' | b'+'));
        if is_separator {
            self.columns = line.matches('+').count().checked_add(1);
            return Some(None);
        }
        let Some(columns) = self.columns else {
            let is_note = line.contains('|') || is_progress(line);
            return is_note.then_some(None);
        };
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        (cells.len() >= columns).then_some(Some(cells))
    }

    /// How many columns there are; `None`: no table was found.
    pub(super) fn columns(&self) -> Option<usize> {
        self.columns
    }
}

/// `Loading repository data...`, in any language.
pub(super) fn is_progress(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with("...") || line.ends_with('…')
}

/// Whether a cell says `package`, in any language.
pub(super) fn is_package(kind: &str) -> bool {
    PACKAGE.contains(&kind)
}

/// Fails where another zypper or the update applet is at work: ZYPPER_EXIT_ZYPP_LOCKED.
pub(super) fn expect_unlocked(raw: &RawOutput<'_>) -> Result<(), ParseError> {
    if raw.exit_code == Some(7) {
        let detail = "zypper is locked by another program".to_owned();
        return Err(ParseError::Unavailable(detail));
    }
    Ok(())
}
