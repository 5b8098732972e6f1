//! `cargo xtask mutants`: takes the mechanism of each promise of `SECURITY.md` out, one at a time, and sees
//! the test that attacks it turn red.
//!
//! Invariant: a tree with changes of its own is left alone, and what is taken out is put back. Each file of
//! `xtask/mutants` is a patch for `git apply`, with two lines above it: the promise, as the table has it,
//! and the test, as it is typed.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::tree::Tree;
use crate::{lab, shell, ui};

/// Where the patches are.
const FOLDER: &str = "xtask/mutants";

/// A patch, and what is to turn red by it.
pub(crate) struct Mutant {
    /// Its file's name, without the extension.
    pub(crate) name: String,
    /// The beginning of a row of the table, enough to tell it from others.
    pub(crate) promise: String,
    /// The words of `cargo test ..`, of `npx playwright test ..` in `e2e/`, or of `npx vitest run ..` in `ui/`.
    test: Vec<String>,
    /// Whether it changes the page.
    is_of_page: bool,
}

/// Tries those that are named, or all.
///
/// # Errors
/// The tree has changes, there is no such patch, or a test stayed green.
pub(crate) fn mutants(tree: &Tree, args: &[String]) -> Result<()> {
    let all = read(tree)?;
    if let Some(stranger) = args
        .iter()
        .find(|name| !all.iter().any(|each| each.name == **name))
    {
        let names: Vec<&str> = all.iter().map(|each| each.name.as_str()).collect();
        bail!("no mutant `{stranger}`; there are: {}", names.join(" "));
    }
    let changed = shell::printed(git(tree, &["status", "--porcelain"]))?;
    if !changed.is_empty() {
        bail!(
            "there are changes here that are not committed; mutants are put in and taken out by git"
        );
    }
    let mut survivors = Vec::new();
    for mutant in all
        .iter()
        .filter(|each| args.is_empty() || args.contains(&each.name))
    {
        let began = Instant::now();
        shell::pass_through(apply(tree, mutant, &[]))?;
        let tried = attack(tree, mutant);
        shell::pass_through(apply(tree, mutant, &["--reverse"]))
            .context("the tree is not as it was: see `git diff`")?;
        let seconds = began.elapsed().as_secs();
        match tried {
            Ok(()) => println!("{:32} red, {seconds} s: {}", mutant.name, mutant.promise),
            Err(error) => {
                println!("{:32} NOT RED: {}: {error:#}", mutant.name, mutant.promise);
                survivors.push(mutant.name.as_str());
            }
        }
    }
    if !survivors.is_empty() {
        bail!("no test turned red by: {}", survivors.join(" "));
    }
    Ok(())
}

/// All patches, by name.
///
/// # Errors
/// One cannot be read, or lacks a line.
pub(crate) fn read(tree: &Tree) -> Result<Vec<Mutant>> {
    let mut all = Vec::new();
    for path in tree.files(FOLDER) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let text = fs::read_to_string(tree.root.join(&path))?;
        let name = name.trim_end_matches(".patch").to_owned();
        all.push(parsed(&name, &text).with_context(|| name)?);
    }
    Ok(all)
}

fn parsed(name: &str, text: &str) -> Result<Mutant> {
    let line = |key: &str| {
        let line = text
            .lines()
            .take_while(|line| !line.starts_with("diff "))
            .find_map(|line| line.strip_prefix(key));
        line.map(str::trim)
            .with_context(|| format!("it has no line `{key}`"))
    };
    let test: Vec<String> = line("Test:")?
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let is_known = matches!(test.first().map(String::as_str), Some("cargo" | "npx"));
    if !is_known {
        bail!("its test is none of `cargo test`, `npx playwright test` and `npx vitest run`");
    }
    Ok(Mutant {
        name: name.to_owned(),
        promise: line("Promise:")?.to_owned(),
        test,
        is_of_page: text.contains("\n+++ b/ui/"),
    })
}

/// Puts the patch in; with words, does with it what they say.
pub(crate) fn apply(tree: &Tree, mutant: &Mutant, words: &[&str]) -> Command {
    let file = format!("{FOLDER}/{}.patch", mutant.name);
    let mut all = vec!["apply"];
    all.extend(words);
    all.push(&file);
    git(tree, &all)
}

fn git(tree: &Tree, words: &[&str]) -> Command {
    shell::command("git", words, &tree.root)
}

/// Builds what is left, which must succeed, and runs the test, which must not.
fn attack(tree: &Tree, mutant: &Mutant) -> Result<()> {
    let Some((program, words)) = mutant.test.split_first() else {
        bail!("no test is named");
    };
    let (test, mark) = if program == "cargo" {
        // Examples are built as they are run.
        if !words.iter().any(|word| word == "--doc") {
            let mut building = words.to_vec();
            building.push("--no-run".to_owned());
            quiet(tree, mutant, shell::cargo(&building, &tree.root))
                .context("it does not build")?;
        }
        let mut test = shell::cargo(words, &tree.root);
        if let Some(hosts) = lab::hosts(tree) {
            test.env("HEADLESSOS_LAB_HOSTS", hosts.file);
        }
        (test, "test result: FAILED")
    } else if words.first().is_some_and(|word| word == "vitest") {
        (shell::command("npx", words, &tree.at("ui")), " failed")
    } else {
        if mutant.is_of_page {
            quiet(tree, mutant, ui::npm(tree, "ui", &["run", "build"]))
                .context("the page does not build")?;
        }
        let building = shell::cargo(&["build", "--workspace"], &tree.root);
        quiet(tree, mutant, building).context("it does not build")?;
        (ui::playwright(tree, words), " failed")
    };
    let said = match quiet(tree, mutant, test) {
        Ok(()) => bail!("its test stays green"),
        Err(said) => said.to_string(),
    };
    if !said.contains(mark) {
        bail!("its test was not run to an end");
    }
    Ok(())
}

/// Runs to the end, with all that is said in a file; the error is what was said.
fn quiet(tree: &Tree, mutant: &Mutant, mut command: Command) -> Result<()> {
    let folder = tree.scratch().join("mutants");
    fs::create_dir_all(&folder)?;
    let words = shell::words(&command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not start `{words}`"))?;
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    fs::write(folder.join(format!("{}.log", mutant.name)), &said)?;
    if output.status.success() {
        Ok(())
    } else {
        bail!("{said}")
    }
}

#[cfg(test)]
mod tests {
    use super::parsed;

    #[test]
    fn a_patch_says_what_it_breaks_and_what_shows_it() {
        let text = "Promise: nothing runs\nTest: cargo test --workspace it_holds\n\ndiff --git a b\n+++ b/ui/x\n";
        let mutant = parsed("x", text).unwrap();
        assert_eq!(mutant.promise, "nothing runs");
        assert_eq!(mutant.test, ["cargo", "test", "--workspace", "it_holds"]);
        assert!(mutant.is_of_page);
        assert!(parsed("x", "Promise: a\ndiff\nTest: cargo test\n").is_ok());
        for faulty in [
            "",
            "Promise: a\n",
            "Promise: a\nTest: rm -r /\n",
            "diff \nPromise: a\nTest: cargo test\n",
        ] {
            assert!(parsed("x", faulty).is_err(), "{faulty:?}");
        }
    }
}
