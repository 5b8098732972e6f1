//! Comma-separated values (RFC 4180), with a header row that names the columns.
//!
//! Invariant: cells are taken and written as they are. A cell that begins with `=`, `+`, `-` or `@`
//! is a formula to a spreadsheet; changing it would change the data, so who opens an export in one
//! has to know where it came from.

use crate::{Entry, Found, is_secret};

/// The columns, as they are written.
const COLUMNS: [&str; 9] = [
    "name", "host", "port", "user", "folder", "tags", "notes", "key", "jump",
];
/// Cells of a row that are looked at.
const MOST_CELLS: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Host,
    Port,
    User,
    Folder,
    Tags,
    Notes,
    Key,
    Jump,
    Secret,
    Other,
}

/// What a column is, by its name in any of the usual ways.
fn column(title: &str) -> Column {
    let title: String = title
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| !" _-".contains(*c))
        .collect();
    match title.as_str() {
        "name" | "label" | "title" | "alias" | "sessionname" => Column::Name,
        "host" | "hostname" | "address" | "ip" | "ipaddress" | "server" | "hostname/ip" => {
            Column::Host
        }
        "port" | "sshport" => Column::Port,
        "user" | "username" | "login" => Column::User,
        "folder" | "group" | "groups" | "path" => Column::Folder,
        "tags" | "tag" | "labels" => Column::Tags,
        "notes" | "note" | "comment" | "comments" | "description" => Column::Notes,
        "key" | "keyfile" | "identityfile" | "privatekey" | "sshkey" | "keypath" => Column::Key,
        "jump" | "jumphost" | "jumphosts" | "proxyjump" | "bastion" => Column::Jump,
        title if is_secret(title) => Column::Secret,
        _ => Column::Other,
    }
}

pub(crate) fn read(text: &str) -> Found {
    let mut found = Found::default();
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let mut rows = Rows {
        rest: text,
        line: 1,
        separator,
    };
    let Some((line, header)) = rows.find(|(_, row)| !is_blank(row)) else {
        found.wrong(0, "it is empty");
        return found;
    };
    let columns: Vec<Column> = header.iter().map(|title| column(title)).collect();
    if !columns.contains(&Column::Host) {
        let message = "the first row names no column `host`; it takes name, host, port, user, \
                       folder, tags, notes, key, jump";
        found.wrong(line, message);
        return found;
    }
    for (title, kind) in header.iter().zip(&columns) {
        if *kind == Column::Other && !title.trim().is_empty() {
            let title: String = title.trim().chars().take(40).collect();
            found.wrong(line, format!("the column {title:?} was left out"));
        }
    }
    for (line, row) in rows.filter(|(_, row)| !is_blank(row)) {
        if found.entries.len() > crate::MOST_ENTRIES {
            break;
        }
        found.entries.push(entry(line, &columns, &row));
    }
    found
}

fn entry(line: usize, columns: &[Column], row: &[String]) -> Entry {
    let mut entry = Entry {
        line,
        ..Entry::default()
    };
    if row.len() > columns.len() {
        let (cells, columns) = (row.len(), columns.len());
        let mistake = format!("it has {cells} cells, but there are {columns} columns");
        entry.mistakes.push(mistake);
    }
    for (column, cell) in columns.iter().zip(row) {
        let cell = cell.trim();
        let text = || cell.to_owned();
        match column {
            Column::Name => entry.name = text(),
            Column::Host => entry.host = text(),
            Column::Port => entry.set_port(cell),
            Column::User => entry.user = text(),
            Column::Folder => entry.folder = text(),
            Column::Tags => entry.tags = parts(cell, &[',', ';']),
            Column::Notes => entry.notes = text(),
            Column::Key => entry.key = Some(text()).filter(|key| !key.is_empty()),
            Column::Jump => entry.jump = parts(cell, &[',', ';']),
            Column::Secret if !cell.is_empty() => entry.leave_out("a password"),
            Column::Secret | Column::Other => {}
        }
    }
    entry
}

fn parts(cell: &str, separators: &[char]) -> Vec<String> {
    let parts = cell.split(separators).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_blank(row: &[String]) -> bool {
    row.iter().all(|cell| cell.trim().is_empty())
}

/// What stands between cells: whichever the first line has most of.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let count = |separator: char| first.unwrap_or_default().matches(separator).count();
    [';', '\t']
        .into_iter()
        .find(|other| count(*other) > count(','))
        .unwrap_or(',')
}

/// The rows, each with the line it begins in.
struct Rows<'a> {
    rest: &'a str,
    line: usize,
    separator: char,
}

impl Iterator for Rows<'_> {
    type Item = (usize, Vec<String>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let began = self.line;
        let mut row = Vec::new();
        let mut cell = String::new();
        let mut quoted = false;
        let mut chars = self.rest.char_indices().peekable();
        let mut end = self.rest.len();
        while let Some((at, c)) = chars.next() {
            if c == '\n' {
                self.line += 1;
            }
            match c {
                '"' if quoted => {
                    if chars.next_if(|(_, next)| *next == '"').is_some() {
                        cell.push('"');
                    } else {
                        quoted = false;
                    }
                }
                // A quotation mark within a cell that was not begun with one stands for itself.
                '"' if cell.trim().is_empty() => {
                    cell.clear();
                    quoted = true;
                }
                '\n' if !quoted => {
                    end = at + 1;
                    break;
                }
                '\r' if !quoted && chars.peek().is_none_or(|(_, next)| *next == '\n') => {}
                c if c == self.separator && !quoted => {
                    if row.len() < MOST_CELLS {
                        row.push(std::mem::take(&mut cell));
                    }
                    cell.clear();
                }
                c => cell.push(c),
            }
        }
        row.push(cell);
        self.rest = self.rest.get(end..).unwrap_or_default();
        Some((began, row))
    }
}

pub(crate) fn write(entries: &[Entry]) -> String {
    let mut text = COLUMNS.join(",") + "\r\n";
    for entry in entries {
        let port = entry.port.map(|port| port.to_string()).unwrap_or_default();
        let cells = [
            entry.name.clone(),
            entry.host.clone(),
            port,
            entry.user.clone(),
            entry.folder.clone(),
            entry.tags.join(";"),
            entry.notes.clone(),
            entry.key.clone().unwrap_or_default(),
            entry.jump.join(";"),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', ';', '\t', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;

    #[test]
    fn a_list_as_people_write_it_is_read() {
        let text = "\u{feff}Name;Hostname;Port;Username;Group;Tags;Notes;Password;Colour\r\n\
            Web 1;192.0.2.1;2222;root;Shop/Berlin;web, nginx;\"two\nlines; \"\"quoted\"\"\";hunter2;red\r\n\
            \r\n;;;;;;;;\r\n\
            db;db.example;;ada;;;;;\r\n";
        let found = read(text);
        let [web, db] = found.entries.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((web.line, db.line), (2, 6));
        assert_eq!(web.name, "Web 1");
        assert_eq!((web.host.as_str(), web.port), ("192.0.2.1", Some(2222)));
        assert_eq!(web.folder, "Shop/Berlin");
        assert_eq!(web.tags, ["web", "nginx"]);
        assert_eq!(web.notes, "two\nlines; \"quoted\"");
        assert_eq!(web.left_out, ["a password"]);
        assert_eq!((db.port, db.user.as_str()), (None, "ada"));
        assert_eq!(db.left_out.len() + db.mistakes.len(), 0);
        assert_eq!(found.mistakes.len(), 1, "{:?}", found.mistakes);
        assert!(!format!("{found:?}").contains("hunter2"));
    }

    #[test]
    fn mistakes_are_named_by_line() {
        let found = crate::read(
            Format::Csv,
            "host,port\n,22\nh,port\nh,0\nh,22,x\nh\n",
            None,
        );
        let lines: Vec<_> = found
            .entries
            .iter()
            .map(|entry| (entry.line, entry.mistakes.len()))
            .collect();
        assert_eq!(lines, [(2, 1), (3, 1), (4, 1), (5, 1), (6, 0)]);
        assert_eq!(read("a,b\n1,2\n").mistakes.len(), 1);
        assert_eq!(read(" \n").mistakes.len(), 1);
    }

    #[test]
    fn a_formula_is_written_as_it_is() {
        let entry = Entry {
            host: "h".to_owned(),
            notes: "=1+1".to_owned(),
            ..Entry::default()
        };
        assert!(write(&[entry]).ends_with("\r\n,h,,,,,=1+1,,\r\n"));
    }
}
