//! Which crate may depend on which, and which crate owns which outside library.

use std::process::Command;

use serde_json::Value;

use super::no_faults;
use crate::tree::Tree;

/// Each crate, and the crates of ours it may use. Arrows point one way only.
const ARROWS: &[(&str, &[&str])] = &[
    ("catalog", &[]),
    (
        "engine",
        &[
            "catalog",
            "inventory",
            "keychain",
            "llm",
            "ssh",
            "ssh-config",
            "store",
            "terminal",
        ],
    ),
    (
        "fuzz",
        &[
            "catalog",
            "headlessos-http",
            "inventory",
            "llm",
            "sftp",
            "ssh",
            "ssh-config",
            "terminal",
        ],
    ),
    (
        "headlessos",
        &[
            "catalog",
            "engine",
            "headlessos-http",
            "keychain",
            "local",
            "ssh",
            "ssh-config",
            "store",
            "terminal",
        ],
    ),
    (
        "headlessos-http",
        &["catalog", "engine", "store", "terminal"],
    ),
    ("inventory", &[]),
    ("keychain", &[]),
    ("llm", &[]),
    ("local", &["sftp"]),
    ("sftp", &[]),
    ("ssh", &["catalog", "sftp"]),
    ("ssh-config", &[]),
    ("store", &["catalog"]),
    ("terminal", &[]),
    ("testkit", &["catalog", "sftp", "ssh"]),
    ("xtask", &[]),
];

/// What tests may use besides all that is below their crate: servers to talk to, and commands to send them.
const FOR_TESTS: &[&str] = &["catalog", "local", "testkit"];

/// Libraries that stand for a room's own subject, and the only crates that know it.
const OWNERS: &[(&str, &[&str])] = &[
    ("alacritty_terminal", &["terminal"]),
    ("axum", &["headlessos-http"]),
    ("clap", &["headlessos"]),
    ("hyper", &["headlessos-http"]),
    ("keyring", &["keychain"]),
    // It starts the browser.
    ("open", &["headlessos"]),
    ("pty-process", &["local"]),
    ("reqwest", &["llm"]),
    ("rusqlite", &["store"]),
    ("russh", &["local", "ssh", "testkit"]),
    ("tower-http", &["headlessos-http"]),
];

/// What the pure crate may use of others, but for its tests.
const PURE: &[&str] = &["chrono", "schemars", "serde", "serde_json", "thiserror"];

struct Edge {
    from: String,
    to: String,
    for_tests: bool,
}

#[test]
fn crates_depend_only_along_the_arrows() {
    no_faults(&faults(&edges()));
}

#[test]
fn an_arrow_the_wrong_way_is_found() {
    let edge = |from: &str, to: &str, for_tests| Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        for_tests,
    };
    for wrong in [
        edge("catalog", "ssh", false),
        edge("ssh", "store", false),
        edge("ssh", "testkit", false),
        edge("engine", "axum", false),
        edge("catalog", "tokio", false),
        edge("headlessos-http", "ssh", false),
        edge("catalog", "ssh", true),
        edge("unheard-of", "serde", false),
    ] {
        assert_eq!(faults(&[wrong]).len(), 1);
    }
    for right in [
        edge("engine", "ssh", false),
        edge("ssh", "testkit", true),
        edge("catalog", "proptest", true),
        edge("headlessos-http", "ssh", true),
        edge("store", "rusqlite", false),
        edge("headlessos-http", "axum", false),
    ] {
        assert_eq!(faults(&[right]), Vec::<String>::new());
    }
}

fn faults(edges: &[Edge]) -> Vec<String> {
    edges.iter().filter_map(fault).collect()
}

fn fault(edge: &Edge) -> Option<String> {
    let Edge {
        from,
        to,
        for_tests,
    } = edge;
    let row = |table: &'static [(&'static str, &'static [&'static str])], name: &str| {
        table
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, values)| *values)
    };
    let Some(allowed) = row(ARROWS, from) else {
        return Some(format!("crate {from} is not in the table of arrows"));
    };
    if row(ARROWS, to).is_some() {
        let right = allowed.contains(&to.as_str())
            || (*for_tests && (FOR_TESTS.contains(&to.as_str()) || is_below(from, to)))
            || from == to;
        return (!right).then(|| format!("{from} -> {to} is against the arrows"));
    }
    if from == "catalog" && !for_tests && !PURE.contains(&to.as_str()) {
        return Some(format!("catalog is pure; it may not use {to}"));
    }
    let owners = row(OWNERS, to)?;
    (!for_tests && !owners.contains(&from.as_str()))
        .then(|| format!("{to} belongs to {}, not to {from}", owners.join(", ")))
}

/// Whether arrows lead from one crate to the other, over however many between.
fn is_below(from: &str, to: &str) -> bool {
    ARROWS
        .iter()
        .filter(|(name, _)| *name == from)
        .flat_map(|(_, targets)| *targets)
        .any(|target| *target == to || is_below(target, to))
}

/// Every dependency that a manifest of the workspace names.
fn edges() -> Vec<Edge> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(Tree::here().root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut edges = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        for dependency in package["dependencies"].as_array().unwrap() {
            edges.push(Edge {
                from: package["name"].as_str().unwrap().to_owned(),
                to: dependency["name"].as_str().unwrap().to_owned(),
                for_tests: dependency["kind"] == "dev",
            });
        }
    }
    assert!(
        edges.iter().any(|edge| edge.from == "catalog"),
        "no catalog"
    );
    edges
}
