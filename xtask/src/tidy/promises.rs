//! Every promise of `SECURITY.md` names the tests that attack it, and those tests are there.
//!
//! A row's last cell holds parts, with `;` between them: links to files, and back-quoted names of tests,
//! functions of Rust or titles of Playwright. A name stands in a file that its part links to, or in a
//! module of it; where its part links to none, it is a Rust test anywhere.

use super::{Source, no_faults, sources};

const FILE: &str = "SECURITY.md";

#[test]
fn every_promise_is_attacked_by_a_test_that_is_there() {
    no_faults(&faults(&sources()));
}

#[test]
fn a_promise_without_its_test_is_found() {
    let test = "#[test]\nfn it_holds() {}\n\nfn no_test() {}\n";
    let spec = "test(\"nothing runs\", async () => {});";
    let rows = |attacked_by: &str| {
        let table = format!(
            "| promise | kept by | attacked by |\n| --- | --- | --- |\n| a `b` | c | {attacked_by} |\n"
        );
        faults(&[
            Source::new("crates/x/tests/y.rs", test),
            Source::new(
                "crates/x/tests/y/z.rs",
                "#[tokio::test]\nasync fn it_holds_too() {}",
            ),
            Source::new("e2e/specs/s.spec.ts", spec),
            Source::new(FILE, &table),
        ])
    };
    for fine in [
        "`it_holds`",
        "[`x/tests/y.rs`](crates/x/tests/y.rs): `it_holds`, `it_holds_too`",
        "[`s`](e2e/specs/s.spec.ts): `nothing runs`; `it_holds_too`",
        "[`y`](crates/x/tests/y.rs) and more, asking `ss`; `it_holds`",
    ] {
        assert_eq!(rows(fine), Vec::<String>::new(), "{fine}");
    }
    for (faulty, count) in [
        ("its tests", 1),
        ("[`y`](crates/x/tests/y.rs)", 1),
        ("`it_held`", 1),
        ("`no_test`", 1),
        ("`it_holds`, `it_held`", 1),
        ("[`s`](e2e/specs/s.spec.ts): `something runs`", 1),
        ("[`s`](e2e/specs/s.spec.ts): `it_holds`", 1),
        ("`nothing runs`", 1),
    ] {
        assert_eq!(rows(faulty).len(), count, "{faulty}");
    }
    let empty = faults(&[Source::new(FILE, "no table")]);
    assert_eq!(empty.len(), 1);
}

fn faults(sources: &[Source]) -> Vec<String> {
    let rows = rows(sources);
    if rows.is_empty() {
        return vec![format!("{FILE}: no table of promises")];
    }
    rows.iter().flat_map(|row| of_row(row, sources)).collect()
}

/// The cells of each row of the table.
fn rows(sources: &[Source]) -> Vec<Vec<&str>> {
    let text = sources
        .iter()
        .find(|source| source.path == FILE)
        .map_or("", |source| &source.text);
    text.lines()
        .skip_while(|line| !line.starts_with("| promise | kept by | attacked by |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

/// The promises of the table.
pub(super) fn of_table(sources: &[Source]) -> Vec<&str> {
    let rows = rows(sources);
    rows.iter().filter_map(|row| row.first().copied()).collect()
}

fn of_row(row: &[&str], sources: &[Source]) -> Vec<String> {
    let [promise, _, attacked_by] = row else {
        return vec![format!(
            "{FILE}: a row with {} cells: {}",
            row.len(),
            row.join(" | ")
        )];
    };
    let mut faults = Vec::new();
    let mut named = 0;
    for part in attacked_by.split(';') {
        // A title of Playwright has spaces; `ssh -G` has one too, and is none.
        let (files, names) = links_and_names(part);
        for name in names {
            let found = if files.is_empty() {
                is_function(name) && sources.iter().any(|source| has_test(source, name))
            } else {
                let is_of =
                    |source: &Source| files.iter().any(|file| is_within(&source.path, file));
                sources
                    .iter()
                    .any(|source| is_of(source) && has_test(source, name))
            };
            if found {
                named += 1;
            } else if is_function(name)
                || name.contains(' ') && files.iter().any(|file| file.ends_with(".ts"))
            {
                faults.push(format!("{FILE}: no test `{name}`: {promise}"));
            }
        }
    }
    if named == 0 && faults.is_empty() {
        faults.push(format!("{FILE}: no test is named: {promise}"));
    }
    faults
}

/// The targets of a part's links, and what is in back quotes outside of them.
fn links_and_names(part: &str) -> (Vec<&str>, Vec<&str>) {
    let mut links = Vec::new();
    let mut names = Vec::new();
    let mut rest = part;
    while let Some((_, opened)) = rest.split_once(['[', '`']) {
        let mark = rest.chars().find(|c| "[`".contains(*c));
        if mark == Some('`') {
            let (name, after) = opened.split_once('`').unwrap_or((opened, ""));
            names.push(name);
            rest = after;
        } else {
            let target = opened
                .split_once("](")
                .and_then(|(_, target)| target.split_once(')'));
            let (link, after) = target.unwrap_or(("", opened));
            links.extend(Some(link).filter(|link| !link.is_empty()));
            rest = after;
        }
    }
    (links, names)
}

/// A name of two words or more, as tests have.
fn is_function(name: &str) -> bool {
    name.contains('_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a file is the linked one, or a module below it.
fn is_within(path: &str, link: &str) -> bool {
    let folder = link
        .strip_suffix("/mod.rs")
        .or_else(|| link.strip_suffix(".rs"))
        .unwrap_or(link);
    path == link
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

fn has_test(source: &Source, name: &str) -> bool {
    match source.extension() {
        "rs" => source
            .text
            .match_indices(&format!("fn {name}("))
            .any(|(at, _)| {
                let (before, _) = source.text.split_at(at);
                let attributes = before.rsplit("\n\n").next().unwrap_or_default();
                attributes.contains("#[test]") || attributes.contains("#[tokio::test")
            }),
        "ts" => ["\"", "'", "`"]
            .iter()
            .any(|quote| source.text.contains(&format!("test({quote}{name}{quote}"))),
        _ => false,
    }
}
