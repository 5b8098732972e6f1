//! The tables that docker, podman and compose print: a line of headings, below it rows whose cells
//! begin where their headings do, counted in characters as Go's `text/tabwriter` counts them, or in
//! columns of a terminal as Docker does from 24 on.
//!
//! A row of which a cell does not end before the next heading begins is none: nothing is guessed.

/// The headings of a table.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    name: String,
    /// The character at which it begins.
    begin: usize,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row<'a, 'b> {
    table: &'a Table,
    cells: Vec<&'b str>,
}

impl Table {
    /// The line of headings, if this is one: two spaces or more stand between them, and one of
    /// `keys` is among them.
    pub(super) fn of_header(line: &str, keys: &[&str]) -> Option<Self> {
        let mut columns: Vec<Column> = Vec::new();
        // How many spaces in a row stand before this character; the edge counts as many.
        let mut gap: usize = 2;
        for (at, c) in line.trim_end().chars().enumerate() {
            if c == ' ' {
                gap = gap.saturating_add(1);
                continue;
            }
            match columns.last_mut() {
                Some(column) if gap < 2 => {
                    column.name.extend((gap == 1).then_some(' '));
                    column.name.push(c);
                }
                _ => columns.push(Column {
                    name: c.to_string(),
                    begin: at,
                }),
            }
            gap = 0;
        }
        let is_key = |column: &Column| keys.contains(&column.name.as_str());
        columns.iter().any(is_key).then_some(Self { columns })
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name)
    }

    /// The cells of a line; `None`: it is no row of this table.
    pub(super) fn row<'a, 'b>(&'a self, line: &'b str) -> Option<Row<'a, 'b>> {
        let line = line.trim_end();
        let by_characters = self.counted(line, |_| 1);
        by_characters.or_else(|| (!line.is_ascii()).then(|| self.counted(line, width))?)
    }

    fn counted<'a, 'b>(&'a self, line: &'b str, width: fn(char) -> usize) -> Option<Row<'a, 'b>> {
        let mut begins = Vec::with_capacity(self.columns.len());
        let mut columns = self.columns.iter().peekable();
        let mut at: usize = 0;
        for (byte, c) in line.char_indices() {
            if columns.next_if(|column| column.begin == at).is_some() {
                begins.push(byte);
            } else if columns.peek().is_none_or(|column| column.begin < at) {
                break;
            }
            at = at.saturating_add(width(c));
        }
        begins.resize(self.columns.len(), line.len());
        let mut cells = Vec::with_capacity(begins.len());
        for (index, begin) in begins.iter().enumerate() {
            let next = begins.get(index.saturating_add(1));
            let end = next.copied().unwrap_or(line.len());
            let cell = line.get(*begin..end)?;
            let text = cell.trim_end_matches(' ');
            // A cell that runs into the next one, or begins before or behind its heading.
            let is_cut = end < line.len() && cell.len() < text.len().saturating_add(2);
            if is_cut || text.starts_with(' ') {
                return None;
            }
            cells.push(text);
        }
        let first = begins.first().and_then(|begin| line.get(..*begin))?;
        let is_row = first.trim().is_empty() && cells.iter().any(|cell| !cell.is_empty());
        is_row.then_some(Row { table: self, cells })
    }
}

/// How many columns of a terminal a character takes.
fn width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

impl<'b> Row<'_, 'b> {
    /// The cell under this heading; `None` where it is empty, or there is no such column.
    pub(super) fn get(&self, name: &str) -> Option<&'b str> {
        let is_it = |column: &Column| column.name == name;
        let index = self.table.columns.iter().position(is_it)?;
        self.cells
            .get(index)
            .copied()
            .filter(|cell| !cell.is_empty())
    }

    /// The cell under the first of these headings that has one: docker and podman differ.
    pub(super) fn any(&self, names: &[&str]) -> Option<&'b str> {
        names.iter().find_map(|name| self.get(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_their_headings() {
        let table =
            Table::of_header("NAME      MEM USAGE / LIMIT   PORTS     ID", &["ID"]).unwrap();
        let row = table
            .row("größe  1  2                             a")
            .unwrap();
        assert_eq!(row.get("NAME"), Some("größe  1"));
        assert_eq!(row.get("MEM USAGE / LIMIT"), Some("2"));
        assert_eq!((row.get("PORTS"), row.get("ID")), (None, Some("a")));
        let short = table.row("a         b").unwrap();
        assert_eq!((short.get("NAME"), short.get("ID")), (Some("a"), None));
        assert!(table.has("PORTS") && !table.has("IDS"));
    }

    #[test]
    fn wide_characters_count_once_or_twice() {
        let table = Table::of_header("NAME      PORTS   ID", &["ID"]).unwrap();
        for line in [
            "日本        x       a",
            "日本      x       a",
            "日本                a",
        ] {
            let row = table.row(line).unwrap();
            assert_eq!(
                (row.get("NAME"), row.get("ID")),
                (Some("日本"), Some("a")),
                "{line}"
            );
        }
    }

    #[test]
    fn a_row_that_does_not_fit_is_none() {
        let table = Table::of_header("NAME      ID", &["ID"]).unwrap();
        assert!(
            table.row("a long name x").is_none(),
            "it runs into the next"
        );
        assert!(table.row("a          b").is_none(), "behind its heading");
        assert!(table.row("123456789 b").is_none(), "one space is no gap");
        assert!(Table::of_header("total 12", &["ID"]).is_none());
    }
}
