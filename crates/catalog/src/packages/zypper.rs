//! The tables of `zypper(8)`: `S | Name | ...`, a line of `-` and `+`, and rows. Headings and kinds
//! are in the language of whoever asked, so columns are told by their count and place.

use crate::{
    ParseError, Parsed, RawOutput,
    xml::{self, Tag},
};

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

/// ZYPPER_EXIT_INF_CAP_NOT_FOUND: there is none of that name.
const NOTHING_FOUND: i32 = 104;

/// What `zypper search` and its like found, in XML or as a table. `of_tag` gives `None` for what is none of
/// the answer's packages; `of_cells`, which is told how many columns there are, gives `Some(None)` for
/// that, and `None` for what it does not understand.
pub(super) fn found<T>(
    raw: &RawOutput<'_>,
    of_tag: impl Fn(&Tag<'_>) -> Option<T>,
    of_cells: impl Fn(usize, &[&str]) -> Option<Option<T>>,
) -> Result<Parsed<Vec<T>>, ParseError> {
    expect_unlocked(raw)?;
    raw.expect_exit(&[0, NOTHING_FOUND])?;
    let text = raw.text();
    if is_xml(&text)? {
        let tags = xml::tags(&text, "solvable");
        let packages =
            tags.filter(|tag| tag.attribute("kind").is_none_or(|kind| kind == "package"));
        return Ok(Parsed::whole(
            packages.filter_map(|tag| of_tag(&tag)).collect(),
        ));
    }
    let mut table = Table::default();
    let parsed = raw.read_lines(Vec::new(), |found, line| {
        let Some(cells) = table.row(line)? else {
            return Some(());
        };
        found.extend(of_cells(table.columns()?, &cells)?);
        Some(())
    });
    if table.columns().is_none() {
        if raw.exit_code == Some(NOTHING_FOUND) {
            return Ok(Parsed::whole(Vec::new()));
        }
        let no_table = || ParseError::shape("zypper printed no table");
        return Err(raw.complaint().unwrap_or_else(no_table));
    }
    Ok(parsed)
}

/// Whether it is XML; an error where that is cut.
pub(super) fn is_xml(text: &str) -> Result<bool, ParseError> {
    let is_xml = text.trim_start().starts_with("<?xml");
    if is_xml && !text.contains("</stream>") {
        return Err(ParseError::shape("zypper printed no complete XML"));
    }
    Ok(is_xml)
}

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
