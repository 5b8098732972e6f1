//! `cargo xtask gen`: the files of `ui/src/api/generated/`, made from the catalog and lock files.
//!
//! Invariant: the program's own OpenAPI document and what is locked are the only sources; nothing
//! here adds to them.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell;
use crate::supply;
use crate::tree::Tree;
use crate::ui::{self, Runner};

const GENERATED: &str = "ui/src/api/generated";
const FILES: [&str; 3] = ["openapi.json", "api.d.ts", "licences.json"];

/// Writes the generated files, or with `--check` says whether they are current.
///
/// # Errors
/// A tool failed, or with `--check` a file is not current.
pub(crate) fn generate(tree: &Tree, args: &[String]) -> Result<()> {
    let only_check = match args {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("gen takes --check and nothing else"),
    };
    let shown: Runner<'_> = &|command| {
        eprintln!("xtask: gen: {}", shell::words(&command));
        shell::pass_through(command)
    };
    shown(shell::cargo(
        &["build", "--workspace", "--bin", "headlessos"],
        &tree.root,
    ))?;
    if only_check {
        return check(tree, shown);
    }
    for name in make(tree, &tree.at(GENERATED), shown)? {
        eprintln!("xtask: gen: changed {GENERATED}/{name}");
    }
    Ok(())
}

/// Makes the files anew beside the tree and compares; the debug build of the program is there.
///
/// # Errors
/// A tool failed, or a file is not current.
pub(crate) fn check(tree: &Tree, runner: Runner<'_>) -> Result<()> {
    let folder = tree.scratch().join("gen");
    fs::create_dir_all(&folder)?;
    for name in FILES {
        let committed = tree.at(GENERATED).join(name);
        if !committed.is_file() {
            bail!("{GENERATED}/{name} is missing: run `cargo xtask gen`");
        }
        fs::copy(committed, folder.join(name))?;
    }
    let changed = make(tree, &folder, runner)?;
    if !changed.is_empty() {
        bail!(
            "not current in {GENERATED}: {}: run `cargo xtask gen`",
            changed.join(", ")
        );
    }
    Ok(())
}

/// Makes the files in `folder`; returns the names of those that were different or not there.
fn make(tree: &Tree, folder: &Path, runner: Runner<'_>) -> Result<Vec<&'static str>> {
    fs::create_dir_all(folder)?;
    let [document, types, licences] = FILES.map(|name| folder.join(name));
    let content = || [&document, &types, &licences].map(|file| fs::read(file).unwrap_or_default());
    let before = content();

    fs::write(&licences, supply::listed(&supply::shipped(tree)?))
        .with_context(|| format!("could not write {}", licences.display()))?;

    let mut program = Command::new(tree.binary("debug"));
    program.arg("openapi");
    let openapi = shell::printed(program)?;
    fs::write(&document, format!("{}\n", openapi.trim_end()))
        .with_context(|| format!("could not write {}", document.display()))?;

    ui::install(tree, "ui/codegen", runner)?;
    let mut generator = ui::npm(tree, "ui/codegen", &["run", "--silent", "generate", "--"]);
    generator.arg(&document).arg("--output").arg(&types);
    runner(generator)?;

    Ok(FILES
        .into_iter()
        .zip(before.iter().zip(&content()))
        .filter(|(_, (before, after))| before != after)
        .map(|(name, _)| name)
        .collect())
}
