//! The shape of a file: its length, and the sentence at its top; and the files that must be there.

use super::{Source, no_faults, sources};

const LONGEST_LINES: usize = 500;

/// How a file of each kind opens when it says what it is for; more than one way where it may.
const OPENINGS: &[(&str, &[&str])] = &[
    ("rs", &["//! "]),
    ("ts", &["// ", "/**", "/* "]),
    ("tsx", &["// ", "/**", "/* "]),
    ("mjs", &["// ", "/**", "/* ", "#!"]),
    ("css", &["/* ", "/**"]),
    (
        "py",
        &[
            "#!/usr/bin/env python3\n# ",
            "#!/usr/bin/env python3\n\"\"\"",
            "\"\"\"",
        ],
    ),
    (
        "sh",
        &[
            "#!/usr/bin/env bash\n# ",
            "#!/bin/bash\n# ",
            "#!/bin/sh\n# ",
            "# ",
        ],
    ),
];

const MUST_EXIST: &[&str] = &[
    ".ci/run",
    ".github/workflows/ci.yml",
    "Cargo.lock",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "deny.toml",
    "ui/package-lock.json",
];

#[test]
fn files_are_short_and_say_what_they_are_for() {
    no_faults(&sources().iter().filter_map(fault).collect::<Vec<_>>());
}

#[test]
fn the_files_that_must_be_there_are() {
    let sources = sources();
    let missing: Vec<String> = MUST_EXIST
        .iter()
        .filter(|path| !sources.iter().any(|source| source.path == **path))
        .map(|path| format!("{path} is missing"))
        .collect();
    no_faults(&missing);
}

#[test]
fn long_and_silent_files_are_found() {
    let long = format!("//! For tests.\n{}", "\n".repeat(LONGEST_LINES));
    assert!(fault(&Source::new("crates/a/src/long.rs", &long)).is_some());
    assert!(fault(&Source::new("ui/src/a/generated/b.ts", &long)).is_none());
    assert!(fault(&Source::new("crates/a/src/lib.rs", "use std::fmt;\n")).is_some());
    assert!(fault(&Source::new("lab/a.sh", "#!/usr/bin/env bash\nset -eu\n")).is_some());
    assert!(fault(&Source::new("lab/a.sh", "#!/usr/bin/env bash\n# Why.\n")).is_none());
}

fn fault(source: &Source) -> Option<String> {
    let (_, openings) = OPENINGS
        .iter()
        .find(|(extension, _)| *extension == source.extension())?;
    if source.is_made() {
        return None;
    }
    let path = &source.path;
    let lines = source.text.lines().count();
    if lines > LONGEST_LINES {
        return Some(format!("{path} has {lines} lines; {LONGEST_LINES} at most"));
    }
    (!openings
        .iter()
        .any(|opening| source.text.starts_with(opening)))
    .then(|| format!("{path} does not open with a sentence that says what it is for"))
}
