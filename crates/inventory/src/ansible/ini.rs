//! The INI form of an inventory.

use super::Inventory;

/// What the lines of a section are.
#[derive(Clone, Copy)]
enum Section {
    Hosts(Option<usize>),
    Children(usize),
    Vars(usize),
    /// One that is not understood.
    Skipped,
}

pub(super) fn read(text: &str, inventory: &mut Inventory) {
    let mut section = Section::Hosts(None);
    for (line, row) in (1..).zip(text.lines()) {
        let row = row.trim();
        if row.is_empty() || row.starts_with(['#', ';']) {
            continue;
        }
        if let Some(title) = title(row) {
            section = begun(inventory, line, title);
            continue;
        }
        match section {
            Section::Hosts(group) => host(inventory, line, row, group),
            Section::Children(parent) => {
                let name = words(row).into_iter().next().unwrap_or_default();
                if let Some(child) = inventory.group(&name) {
                    inventory.nest(parent, child);
                }
            }
            // A value goes on to the end of the line.
            Section::Vars(group) => match row.split_once('=') {
                Some((name, value)) => {
                    let value = words(value).join(" ");
                    inventory.set_group(group, name.trim(), &value);
                }
                None => inventory.found.wrong(line, "this is no name=value"),
            },
            Section::Skipped => {}
        }
    }
}

/// `[name]` or `[name:kind]`, with a comment behind it.
fn title(row: &str) -> Option<&str> {
    let (inside, after) = row.strip_prefix('[')?.split_once(']')?;
    let after = after.trim_start();
    let is_title = after.is_empty() || after.starts_with(['#', ';']);
    // An address with a port is a host.
    (is_title && inside.parse::<std::net::Ipv6Addr>().is_err()).then_some(inside)
}

fn begun(inventory: &mut Inventory, line: usize, title: &str) -> Section {
    let (name, kind) = title.split_once(':').unwrap_or((title, "hosts"));
    let section = match kind.trim() {
        "hosts" => |id| Section::Hosts(Some(id)),
        "children" => Section::Children,
        "vars" => Section::Vars,
        kind => {
            let kind: String = kind.chars().take(40).collect();
            let message = format!("a section of the kind {kind:?} is not known");
            inventory.found.wrong(line, message);
            return Section::Skipped;
        }
    };
    inventory
        .group(name.trim())
        .map_or(Section::Skipped, section)
}

fn host(inventory: &mut Inventory, line: usize, row: &str, group: Option<usize>) {
    let mut words = words(row).into_iter();
    let Some(pattern) = words.next() else { return };
    let hosts = inventory.named(line, &pattern, group);
    for word in words {
        let Some((name, value)) = word.split_once('=') else {
            let word: String = word.chars().take(40).collect();
            let message = format!("{word:?} behind a host is no name=value");
            inventory.found.wrong(line, message);
            continue;
        };
        for host in &hosts {
            inventory.set_host(*host, name, value);
        }
    }
}

/// Words as a shell would split them, without a comment behind them.
fn words(row: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = row.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None | Some('"')) => word.get_or_insert_default().extend(chars.next()),
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            ('#', None) => break,
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, None) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
