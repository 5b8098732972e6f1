//! `flatpak list`, whose columns stand between tabs: those that are asked for by `--columns`, else the
//! five of flatpak 1.14. A terminal's headings and the many columns of `-d` are other forms.

use super::{Flatpak, FlatpakList};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

const COLUMNS: &str = "--columns=application,name,version,branch,arch,origin,installation";
const PLAIN: &str = "name,application,version,branch,installation";

pub(super) const VARIANT: Variant<NoArgs, FlatpakList> = Variant {
    name: "flatpak",
    needs: Needs::programs(&["flatpak"]),
    source: |_| Source::Command(Command::new("flatpak").words(&["list", COLUMNS])),
    reads: &["flatpak list"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<FlatpakList>, ParseError> {
    raw.expect_exit(&[0])?;
    let typed = || raw.typed.iter().map(String::as_str);
    let asked = typed().find_map(|word| word.strip_prefix("--columns="));
    let own = COLUMNS.split_once('=').map(|(_, columns)| columns);
    let columns = match asked {
        Some(asked) => asked,
        None if raw.typed.is_empty() => own.unwrap_or_default(),
        None => PLAIN,
    };
    let columns: Vec<&str> = columns.split(',').collect();
    if !columns.contains(&"application") {
        return Err(ParseError::shape("a list without the applications' ids"));
    }
    let parsed = raw.read_lines(FlatpakList::default(), |list, line| {
        list.installed.push(row(line, &columns)?);
        Some(())
    });
    Ok(parsed)
}

fn row(line: &str, columns: &[&str]) -> Option<Flatpak> {
    let cells: Vec<&str> = line.split('\t').collect();
    (cells.len() == columns.len()).then_some(())?;
    let mut flatpak = Flatpak::default();
    for (column, cell) in columns.iter().zip(cells) {
        let told = || (!cell.is_empty()).then(|| cell.to_owned());
        match *column {
            "application" => cell.clone_into(&mut flatpak.application),
            "name" => flatpak.name = told(),
            "version" => flatpak.version = told(),
            "branch" => flatpak.branch = told(),
            "arch" => flatpak.architecture = told(),
            "origin" => flatpak.origin = told(),
            "installation" => flatpak.installation = told(),
            _ => {}
        }
    }
    // An id has a dot, as a name on the internet has.
    flatpak.application.contains('.').then_some(flatpak)
}
