//! `nmcli device` and `nmcli connection` of NetworkManager: terse (`-t`), as a table, and pretty.

use super::{ManagedConnection, ManagedDevice, NetworkManagerState};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs,
    network::common::why_no_row,
};

const SCRIPT: &str = "echo '= DEVICE,TYPE,STATE,CONNECTION'
nmcli -t -f DEVICE,TYPE,STATE,CONNECTION device || exit
echo '= NAME,UUID,TYPE,DEVICE'
nmcli -t -f NAME,UUID,TYPE,DEVICE connection";

pub(super) const VARIANT: Variant<NoArgs, NetworkManagerState> = Variant {
    name: "nmcli",
    needs: Needs::programs(&["nmcli"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["nmcli"],
    parse,
};

/// The headings, and how the cells below them are told apart.
struct Table {
    columns: Vec<String>,
    terse: bool,
}

fn parse(raw: RawOutput<'_>) -> Result<Parsed<NetworkManagerState>, ParseError> {
    let mut table = typed_terse(&raw);
    let parsed = raw.read_lines(NetworkManagerState::default(), |value, line| {
        if raw.typed.is_empty()
            && let Some(columns) = line.strip_prefix("= ")
        {
            let columns = columns.split(',').map(str::to_owned).collect();
            table = Some(Table {
                columns,
                terse: true,
            });
            return Some(());
        }
        // `-p` draws lines, with a title between them.
        let text = line.trim();
        if text.bytes().all(|byte| byte == b'=') || text.bytes().all(|byte| byte == b'-') {
            return Some(());
        }
        match &table {
            Some(table) => row(value, table, line),
            None => {
                let columns: Vec<String> = cells(line).into_iter().map(str::to_owned).collect();
                let has = |name: &str| columns.iter().any(|column| column == name);
                let is_title = line.starts_with("  ");
                if has("NAME") || (has("DEVICE") && columns.len() > 1) {
                    table = Some(Table {
                        columns,
                        terse: false,
                    });
                } else if !is_title {
                    return None;
                }
                Some(())
            }
        }
    });
    let nothing = parsed.value.devices.is_empty() && parsed.value.connections.is_empty();
    if nothing && (table.is_none() || raw.exit_code != Some(0) || !parsed.unread.is_empty()) {
        return Err(why_none(&raw));
    }
    Ok(parsed)
}

/// NetworkManager says in its own words that it is not there.
fn why_none(raw: &RawOutput<'_>) -> ParseError {
    const NOT_THERE: &[&str] = &[
        "NetworkManager is not running",
        "Could not create NMClient object",
    ];
    let (printed, said) = (raw.text(), raw.error_text());
    let mut lines = said.lines().chain(printed.lines());
    match lines.find(|line| NOT_THERE.iter().any(|phrase| line.contains(phrase))) {
        Some(line) => ParseError::Unavailable(line.trim().chars().take(400).collect()),
        None => why_no_row(raw, "no table of nmcli"),
    }
}

/// The columns of a person's `-t`, which has no headings: those of `-f`, else the usual ones.
fn typed_terse(raw: &RawOutput<'_>) -> Option<Table> {
    let terse =
        |word: &str| word == "-t" || (word.starts_with("--t") && "--terse".starts_with(word));
    raw.typed.iter().any(|word| terse(word)).then_some(())?;
    let fields = raw
        .typed
        .iter()
        .position(|word| word == "-f" || word == "--fields");
    let fields = fields.and_then(|at| raw.typed.get(at.checked_add(1)?));
    let usual = raw.typed.iter().skip(1).find_map(|word| {
        let is = |whole: &str| !word.is_empty() && whole.starts_with(word.as_str());
        if is("device") {
            Some("DEVICE,TYPE,STATE,CONNECTION")
        } else {
            is("connection").then_some("NAME,UUID,TYPE,DEVICE")
        }
    });
    let fields = fields.map_or(usual?, String::as_str);
    let columns = fields.split(',').map(|field| field.trim().to_uppercase());
    Some(Table {
        columns: columns.collect(),
        terse: true,
    })
}

fn row(value: &mut NetworkManagerState, table: &Table, line: &str) -> Option<()> {
    let cells: Vec<String> = if table.terse {
        unescaped(line)
    } else {
        cells(line).into_iter().map(str::to_owned).collect()
    };
    (cells.len() == table.columns.len()).then_some(())?;
    let of = |name: &str| {
        let at = table.columns.iter().position(|column| column == name)?;
        let cell = cells.get(at)?;
        Some(cell.clone()).filter(|cell| !cell.is_empty() && cell != "--")
    };
    let is_connection = table.columns.iter().any(|column| column == "NAME");
    if is_connection {
        value.connections.push(ManagedConnection {
            name: of("NAME")?,
            uuid: of("UUID"),
            kind: of("TYPE"),
            device: of("DEVICE"),
        });
    } else {
        value.devices.push(ManagedDevice {
            name: of("DEVICE")?,
            kind: of("TYPE"),
            state: of("STATE"),
            connection: of("CONNECTION"),
        });
    }
    Some(())
}

/// The cells of a table's line: two spaces at least stand between them.
fn cells(line: &str) -> Vec<&str> {
    let cells = line.split("  ").map(str::trim);
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// The cells of a terse line: colons between them, backslashes before those within.
fn unescaped(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let within = match c {
            ':' => {
                cells.push(String::new());
                continue;
            }
            '\\' => chars.next().unwrap_or(c),
            c => c,
        };
        if let Some(cell) = cells.last_mut() {
            cell.push(within);
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_may_hold_what_stands_between_them() {
        assert_eq!(
            unescaped(r"Office\: LAN 1:a\\b::"),
            ["Office: LAN 1", r"a\b", "", ""]
        );
        assert_eq!(
            cells("nm0     ethernet  not managed  --   "),
            ["nm0", "ethernet", "not managed", "--"]
        );
    }
}
