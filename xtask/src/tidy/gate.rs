//! The one gate: nothing else looks into what a profile grants.

use super::{Source, no_faults, sources};

/// The one file that decides.
const GATE: &str = "crates/engine/src/gate.rs";

#[test]
fn only_the_gate_looks_into_what_is_granted() {
    let sources = sources();
    assert!(
        sources
            .iter()
            .any(|source| source.path == GATE && looks(source))
    );
    no_faults(&sources.iter().filter_map(fault).collect::<Vec<_>>());
}

#[test]
fn a_second_gate_is_found() {
    let text =
        "//! For tests.\nfn may(p: &Profile) -> bool { p.capabilities\n    .contains(&ONE) }\n";
    assert!(fault(&Source::new("crates/engine/src/files/mod.rs", text)).is_some());
    let iter =
        "//! For tests.\nfn may() -> bool { p.capabilities.iter().any(|one| *one == ONE) }\n";
    assert!(fault(&Source::new("crates/http/src/live.rs", iter)).is_some());
    assert!(fault(&Source::new("crates/engine/tests/engine.rs", text)).is_none());
    assert!(fault(&Source::new(GATE, text)).is_none());
}

fn fault(source: &Source) -> Option<String> {
    let is_shipped = source.path.starts_with("crates/") && source.extension() == "rs";
    // What a set is called is no decision.
    let names_sets = source.path.starts_with("crates/catalog/");
    if !is_shipped || names_sets || source.is_test() || source.path == GATE || !looks(source) {
        return None;
    }
    Some(format!(
        "{} looks into what a profile grants; only {GATE} decides",
        source.path
    ))
}

/// Whether the file asks if something is among capabilities, however it is broken into lines.
fn looks(source: &Source) -> bool {
    let text: String = source.shipped_rust().split_whitespace().collect();
    let asks = [
        "capabilities.contains(",
        "capabilities.iter().any(",
        "capabilities.iter().find(",
    ];
    asks.iter().any(|ask| text.contains(ask))
}
