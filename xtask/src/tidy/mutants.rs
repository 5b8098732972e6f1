//! Every promise of `SECURITY.md` has a mutant, which still fits.

use super::{no_faults, promises, sources};
use crate::mutants;
use crate::tree::Tree;

#[test]
fn every_promise_has_a_mutant_and_every_mutant_fits() {
    let tree = Tree::here();
    let all = mutants::read(&tree).unwrap();
    let promises: Vec<String> = all.iter().map(|each| each.promise.clone()).collect();
    let sources = sources();
    let mut faults = faults(&promises::of_table(&sources), &promises);
    for mutant in &all {
        let checked = mutants::apply(&tree, mutant, &["--check"])
            .output()
            .unwrap();
        if !checked.status.success() {
            let said = String::from_utf8_lossy(&checked.stderr);
            faults.push(format!(
                "{}: it does not fit any more: {}",
                mutant.name,
                said.trim()
            ));
        }
    }
    no_faults(&faults);
}

#[test]
fn a_promise_without_a_mutant_and_a_mutant_of_none_are_found() {
    let found = |broken: &[&str]| {
        let broken: Vec<String> = broken.iter().map(|each| (*each).to_owned()).collect();
        faults(&["one thing", "another"], &broken).len()
    };
    assert_eq!(found(&["one", "another"]), 0);
    assert_eq!(found(&["one", "one thing", "another"]), 0);
    assert_eq!(found(&["one"]), 1);
    assert_eq!(found(&["one", "another", "a third"]), 1);
    assert_eq!(found(&["", "one", "another"]), 1, "it is of two");
}

fn faults(promises: &[&str], broken: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for promise in promises {
        if !broken.iter().any(|each| promise.starts_with(each.as_str())) {
            faults.push(format!("no mutant breaks: {promise}"));
        }
    }
    for each in broken {
        let count = promises
            .iter()
            .filter(|promise| promise.starts_with(each.as_str()))
            .count();
        if count != 1 {
            faults.push(format!("a mutant is of {count} promises: {each:?}"));
        }
    }
    faults
}
