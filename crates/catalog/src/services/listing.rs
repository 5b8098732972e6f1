//! What the lists of `systemctl(1)` have in common: as JSON since version 246, and as tables with
//! marks before the rows and a legend behind them.

use serde::{Deserialize, de::DeserializeOwned};

use crate::{ParseError, Parsed, RawOutput};

/// The rows of a list as JSON.
pub(super) fn json_rows<Row: DeserializeOwned>(
    raw: &RawOutput<'_>,
) -> Result<Vec<Row>, ParseError> {
    if raw.text().trim_start().starts_with('[') {
        // Some versions end with 1 where there is not one row.
        raw.expect_exit(&[0, 1])?;
        return raw.json();
    }
    raw.expect_exit(&[0])?;
    Err(if raw.typed.is_empty() {
        // An older systemctl takes the option and prints its table all the same.
        ParseError::Absent("systemctl before 246 has no JSON".to_owned())
    } else {
        ParseError::shape("it is no JSON")
    })
}

/// What is left of a row behind the mark that `systemctl` puts before units that need a look.
pub(super) fn unmarked(line: &str) -> &str {
    let row = line.trim();
    match row.split_once(' ') {
        Some((mark, rest)) if is_mark(mark) => rest.trim_start(),
        _ => row,
    }
}

/// A mark: a circle, a cross or an arrow, and what stands for them where there is no UTF-8.
pub(super) fn is_mark(word: &str) -> bool {
    matches!(word, "●" | "○" | "×" | "↻" | "*" | "x" | "o" | "C")
}

/// A line of the legend behind a list: what the columns mean, and what else could be asked.
pub(super) fn is_legend(line: &str) -> bool {
    const ADVICE: &[&str] = &[
        "Pass --all to see ",
        "To show all installed unit files use ",
        "Hint: Some lines were ellipsized",
    ];
    let explains = || {
        let line = line.strip_prefix("Legend:").unwrap_or(line);
        let (column, meaning) = [" -> ", " → ", "= "]
            .iter()
            .find_map(|sign| line.split_once(sign))?;
        let is_column = matches!(column.trim(), "LOAD" | "ACTIVE" | "SUB" | "JOB" | "PRESET");
        (is_column && !meaning.is_empty()).then_some(())
    };
    ADVICE.iter().any(|advice| line.starts_with(advice)) || explains().is_some()
}

/// `178 loaded units listed.` of `loaded units`, `unit files`, `timers` or `sockets`.
pub(super) fn is_count(line: &str, things: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = line.get(digits..).and_then(|rest| rest.strip_prefix(' '));
    let behind = behind.and_then(|rest| rest.strip_prefix(things));
    digits > 0 && behind.is_some_and(|rest| rest.starts_with(" listed."))
}

/// Takes the next word and the blanks behind it; `None`: there is none.
pub(super) fn word<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let (word, after) = rest.split_once([' ', '\t']).unwrap_or((*rest, ""));
    *rest = after.trim_start();
    (!word.is_empty()).then_some(word)
}

/// Where the columns of these names begin in a header, in characters; `None`: one is not there.
pub(super) fn columns(header: &str, names: &[&str]) -> Option<Vec<usize>> {
    let column = |name: &&str| {
        let mut found = header.match_indices(*name).filter(|(at, _)| {
            let before = header.get(..*at);
            before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
        });
        let (at, _) = found.next()?;
        Some(header.get(..at)?.chars().count())
    };
    names.iter().map(column).collect()
}

/// The cells of a row between these columns, trimmed; `None`: something stands across a border.
pub(super) fn cells<'a>(row: &'a str, columns: &[usize]) -> Option<Vec<&'a str>> {
    let mut cells = Vec::with_capacity(columns.len());
    let mut rest = row;
    let mut end = row.chars().count();
    for column in columns.iter().rev() {
        let cell_begin = rest
            .char_indices()
            .nth((*column).min(end))
            .map_or(rest.len(), |(at, _)| at);
        end = (*column).min(end);
        let (before, cell) = rest.split_at_checked(cell_begin)?;
        if !before.is_empty() && !before.ends_with(' ') && !cell.is_empty() {
            return None;
        }
        cells.push(cell.trim());
        rest = before;
    }
    cells.reverse();
    Some(cells)
}

/// Whether a narrow terminal cut something in this row.
pub(super) fn is_ellipsized(row: &str) -> bool {
    row.contains('…') || row.contains("...")
}

/// A word, or `None` for what stands where there is nothing.
pub(super) fn some_word(word: &str) -> Option<String> {
    (!matches!(word, "" | "-" | "n/a")).then(|| word.to_owned())
}

/// Names in a cell of JSON: one, several in one text, or a list.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Names {
    /// `a.service`, `a.service, b.service`.
    Text(String),
    /// Each for itself.
    List(Vec<String>),
}

impl Names {
    /// Each for itself.
    pub(super) fn all(self) -> Vec<String> {
        match self {
            Self::Text(text) => text.split([',', ' ', '\n']).filter_map(some_word).collect(),
            Self::List(names) => names,
        }
    }
}

/// The state of a list while it is read.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Its header was there.
    pub(super) header: bool,
    /// The count of its rows was there.
    pub(super) counted: bool,
}

/// Fails where not one row was found, and nothing says that there is none: no count, no header, no
/// silence that was asked for; or where there are lines that say something else.
pub(super) fn expect_list<Answer>(
    raw: &RawOutput<'_>,
    parsed: &Parsed<Answer>,
    rows: usize,
    seen: &Seen,
) -> Result<(), ParseError> {
    // What only looks like a row here and there is none.
    if !seen.header && !seen.counted && rows > 0 && parsed.unread.len() > rows {
        return Err(ParseError::shape("most lines are no rows of such a list"));
    }
    // One line may be a row that was cut.
    if rows > 0 || ((seen.counted || seen.header) && parsed.unread.len() < 2) {
        return Ok(());
    }
    raw.expect_exit(&[0])?;
    let is_silent = raw.text().trim().is_empty();
    let is_asked = [
        "--no-legend",
        "--legend=no",
        "--legend=false",
        "-q",
        "--quiet",
    ]
    .iter()
    .any(|option| raw.typed.iter().any(|word| word == option));
    if is_silent && is_asked {
        return Ok(());
    }
    if is_silent {
        return raw.expect_output();
    }
    Err(raw
        .complaint()
        .unwrap_or_else(|| ParseError::shape("no row of such a list")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_no_part_of_a_row() {
        assert_eq!(unmarked("● a.service loaded"), "a.service loaded");
        assert_eq!(unmarked("  a.service loaded "), "a.service loaded");
        assert_eq!(unmarked("* x.mount"), "x.mount");
        assert_eq!(unmarked("●"), "●");
    }

    #[test]
    fn cells_stand_below_their_headings() {
        let columns =
            columns("LISTEN   UNIT  ACTIVATES", &["LISTEN", "UNIT", "ACTIVATES"]).unwrap();
        assert_eq!(columns, [0, 9, 15]);
        let found = cells("/rün/my… a.so… b.ser…", &columns);
        assert_eq!(found, Some(vec!["/rün/my…", "a.so…", "b.ser…"]));
        assert_eq!(
            cells("audit 1  a.so…", &columns),
            Some(vec!["audit 1", "a.so…", ""])
        );
        assert_eq!(cells("/run/dbus/system a.so… b", &columns), None);
    }

    #[test]
    fn silence_is_an_answer_where_it_was_asked_for() {
        let list = |typed: &[&str]| {
            let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
            let raw = RawOutput {
                exit_code: Some(0),
                typed: &typed,
                ..RawOutput::default()
            };
            expect_list(&raw, &Parsed::whole(()), 0, &Seen::default()).is_ok()
        };
        assert!(list(&["systemctl", "list-timers", "--no-legend"]));
        assert!(!list(&["systemctl", "list-timers"]));
        assert!(!list(&[]));
    }

    #[test]
    fn a_legend_is_told_from_a_row() {
        assert!(is_legend("SUB    = The low-level unit activation state"));
        assert!(is_legend("Legend: LOAD   -> Reflects whether"));
        assert!(is_legend("        ACTIVE -> The high-level"));
        assert!(is_count("7 sockets listed.", "sockets"));
        assert!(!is_count("7 sockets listed.", "timers"));
        let advised = "0 loaded units listed. Pass --all to see loaded but inactive units, too.";
        assert!(is_count(advised, "loaded units"));
        assert!(!is_legend("7.mount loaded active mounted 7 = x"));
        assert!(!is_legend("a=b.service loaded active running SUB = x"));
    }
}
