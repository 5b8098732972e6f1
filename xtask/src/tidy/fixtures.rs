//! Fixtures come in pairs: what a tool printed, and the answer that it means.

use std::collections::BTreeSet;

use super::{Source, no_faults, sources};

/// A recording's endings: a command's output, or the files that a variant read; and its answer.
const RECORDED: &str = ".out";
const ANSWER: &str = ".json";

#[test]
fn every_recording_has_its_answer() {
    no_faults(&faults(&sources()));
}

#[test]
fn a_widowed_fixture_is_found() {
    let file = |name: &str| Source::new(&format!("crates/catalog/src/a/b/fixtures/{name}"), "");
    assert!(faults(&[file("df--x.out"), file("df--x.json")]).is_empty());
    assert_eq!(faults(&[file("df--x.out")]).len(), 1);
    assert_eq!(faults(&[file("df--x.out"), file("df--y.json")]).len(), 2);
}

fn faults(sources: &[Source]) -> Vec<String> {
    let paths: BTreeSet<&str> = sources
        .iter()
        .map(|source| source.path.as_str())
        .filter(|path| path.starts_with("crates/catalog/") && path.contains("/fixtures/"))
        .collect();
    let mut faults = Vec::new();
    for path in &paths {
        let other = if let Some(stem) = path.strip_suffix(RECORDED) {
            format!("{stem}{ANSWER}")
        } else if let Some(stem) = path.strip_suffix(ANSWER) {
            format!("{stem}{RECORDED}")
        } else {
            continue;
        };
        if !paths.contains(other.as_str()) {
            faults.push(format!("{path} has no {other}"));
        }
    }
    faults
}
