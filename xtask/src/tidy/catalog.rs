//! The catalog's one list of queries: complete, and in alphabetical order of their ids.

use super::{Source, no_faults, sources};

const FOLDER: &str = "crates/catalog/src/";
const LIST: &str = "QUERIES: &[&dyn AnyQuery]";

#[test]
fn the_list_of_queries_is_complete_and_sorted() {
    no_faults(&faults(&sources()));
}

#[test]
fn a_missing_and_a_misplaced_query_are_found() {
    let list = |names: &str| {
        Source::new(
            "crates/catalog/src/registry.rs",
            &format!("pub const {LIST} = &[{names}];"),
        )
    };
    let query = |path: &str, name: &str, id: &str| {
        Source::new(
            &format!("crates/catalog/src/{path}/mod.rs"),
            &format!("impl Query for {name} {{\n const ID: &'static str = \"{id}\";\n}}"),
        )
    };
    let all = |names: &str| {
        faults(&[
            list(names),
            query("system/cpu", "Cpu", "system.cpu"),
            query("system/load", "Load", "system.load"),
        ])
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
        faults(&[list("&Entry::<storage::Memory>::NEW"), misplaced]).len(),
        1
    );
}

/// A query, as its file has it.
struct Found {
    name: String,
    id: String,
}

fn faults(sources: &[Source]) -> Vec<String> {
    let catalog = || {
        sources
            .iter()
            .filter(|source| source.path.starts_with(FOLDER) && source.extension() == "rs")
    };
    let Some(listed) = catalog().find_map(|source| listed(source.shipped_rust())) else {
        return vec![format!("no list `{LIST}` in {FOLDER}")];
    };
    let mut faults = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    for source in catalog() {
        for (name, id) in queries(source.shipped_rust()) {
            let folder = source.path.replacen(FOLDER, "", 1);
            if !folder.starts_with(&format!("{}/", id.replace('.', "/"))) {
                faults.push(format!(
                    "{id} is not in its own folder but in {}",
                    source.path
                ));
            }
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
            None => faults.push(format!("{name} is in the list, but there is no such query")),
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

/// The type names in the list; `None`: the list is not in this text.
fn listed(text: &str) -> Option<Vec<String>> {
    let (_, list) = text.split_once(LIST)?;
    let (list, _) = list.split_once("];")?;
    let names = list.split("Entry::<").skip(1).filter_map(|entry| {
        let (path, _) = entry.split_once('>')?;
        Some(path.rsplit("::").next()?.to_owned())
    });
    Some(names.collect())
}

/// Name and id of each query in this text.
fn queries(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split("\nimpl Query for ")
        .skip(1)
        .chain(text.strip_prefix("impl Query for "))
        .filter_map(|rest| {
            let (name, rest) = rest.split_once(' ')?;
            let (_, rest) = rest.split_once("const ID: &'static str = \"")?;
            let (id, _) = rest.split_once('"')?;
            Some((name.to_owned(), id.to_owned()))
        })
}
