//! The catalog's lists of queries and of feeds: complete, and in alphabetical order of their ids.

use super::{Source, no_faults, sources};

const FOLDER: &str = "crates/catalog/src/";
const QUERIES: Kind = Kind {
    marker: "Query",
    list: "QUERIES: &[&dyn AnyQuery]",
};
const FEEDS: Kind = Kind {
    marker: "Feed",
    list: "FEEDS: &[&dyn AnyFeed]",
};

/// What there is a list of: the trait that its members have, and the list.
struct Kind {
    marker: &'static str,
    list: &'static str,
}

#[test]
fn the_lists_are_complete_and_sorted() {
    no_faults(&faults(&sources(), &QUERIES));
    no_faults(&faults(&sources(), &FEEDS));
}

#[test]
fn a_missing_and_a_misplaced_query_are_found() {
    let list = |names: &str| {
        Source::new(
            "crates/catalog/src/registry.rs",
            &format!("pub const {} = &[{names}];", QUERIES.list),
        )
    };
    let query = |path: &str, name: &str, id: &str| {
        Source::new(
            &format!("crates/catalog/src/{path}/mod.rs"),
            &format!("impl Query for {name} {{\n const ID: &'static str = \"{id}\";\n}}"),
        )
    };
    let all = |names: &str| {
        let cpu = query("system/cpu", "Cpu", "system.cpu");
        let load = query("system/load", "Load", "system.load");
        faults(&[list(names), cpu, load], &QUERIES)
    };
    let (cpu, load) = (
        "&Entry::<system::Cpu>::NEW,",
        "&Entry::<system::Load>::NEW,",
    );
    assert_eq!(all(&format!("{cpu}{load}")), Vec::<String>::new());
    assert_eq!(all(cpu).len(), 1);
    assert_eq!(all(&format!("{load}{cpu}")).len(), 1);
    assert_eq!(
        all(&format!("{cpu}{load}&Entry::<system::Ghost>::NEW,")).len(),
        1
    );
    let misplaced = query("system/memory", "Memory", "storage.memory");
    assert_eq!(
        faults(
            &[list("&Entry::<storage::Memory>::NEW"), misplaced],
            &QUERIES
        )
        .len(),
        1
    );
}

/// A query or feed, as its file has it.
struct Found {
    /// Its domain and its type: `storage::Filesystems`.
    name: String,
    id: String,
}

fn faults(sources: &[Source], kind: &Kind) -> Vec<String> {
    let catalog = || {
        sources
            .iter()
            .filter(|source| source.path.starts_with(FOLDER) && source.extension() == "rs")
    };
    let Some(listed) = catalog().find_map(|source| listed(source.shipped_rust(), kind)) else {
        return vec![format!("no list `{}` in {FOLDER}", kind.list)];
    };
    let mut faults = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    for source in catalog() {
        for (name, id) in members(source.shipped_rust(), kind) {
            let folder = source.path.replacen(FOLDER, "", 1);
            if !folder.starts_with(&format!("{}/", id.replace('.', "/"))) {
                faults.push(format!(
                    "{id} is not in its own folder but in {}",
                    source.path
                ));
            }
            let (domain, _) = id.split_once('.').unwrap_or((&id, ""));
            let name = format!("{domain}::{name}");
            found.push(Found { name, id });
        }
    }
    for query in &found {
        if !listed.contains(&query.name) {
            faults.push(format!("{} ({}) is not in the list", query.name, query.id));
        }
    }
    let id_of = |name: &String| found.iter().find(|query| query.name == *name);
    let mut ids: Vec<&str> = Vec::new();
    for name in &listed {
        match id_of(name) {
            Some(query) => ids.push(&query.id),
            None => faults.push(format!("{name} is in the list, but there is no such thing")),
        }
    }
    if !ids.is_sorted() {
        faults.push(format!(
            "the list is not in alphabetical order: {}",
            ids.join(" ")
        ));
    }
    faults
}

/// The domains and types in the list; `None`: the list is not in this text.
fn listed(text: &str, kind: &Kind) -> Option<Vec<String>> {
    let (_, list) = text.split_once(kind.list)?;
    let (list, _) = list.split_once("];")?;
    let names = list.split("Entry::<").skip(1).filter_map(|entry| {
        let (path, _) = entry.split_once('>')?;
        Some(path.to_owned())
    });
    Some(names.collect())
}

/// Type and id of each member in this text.
fn members(text: &str, kind: &Kind) -> Vec<(String, String)> {
    let beginning = format!("impl {} for ", kind.marker);
    text.split(&format!("\n{beginning}"))
        .skip(1)
        .chain(text.strip_prefix(&beginning))
        .filter_map(|rest| {
            let (name, rest) = rest.split_once(' ')?;
            let (_, rest) = rest.split_once("const ID: &'static str = \"")?;
            let (id, _) = rest.split_once('"')?;
            Some((name.to_owned(), id.to_owned()))
        })
        .collect()
}
