//! `cargo xtask fuzz`: generated input to the targets in `fuzz/`, with libFuzzer, on stable Rust.
//!
//! Invariant: whatever is found is written to a file, and the way to see it again is said. Only our own
//! crates are instrumented, so that what others made is taken from the build that there is: this program
//! stands before rustc (`RUSTC_WORKSPACE_WRAPPER`) and adds the flags.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::shell;
use crate::tree::Tree;

/// Says that this program stands before rustc.
const WRAPS: &str = "HEADLESSOS_FUZZ_RUSTC";
/// What libFuzzer needs to see which ways an input takes. No more optimisation than tests have: the catalog
/// alone would be built for minutes.
const FLAGS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];
/// How many run side by side.
const AT_ONCE: usize = 2;
/// Bytes of an input; parsers are linear, so that longer ones show nothing else.
const LONGEST_INPUT: usize = 4096;
/// Characters that are told of an input, and of why it was too much: where only a record is kept, that is all
/// that is left of it.
const LONGEST_SAID: usize = 2000;
/// Inputs of a corpus that is kept in the repository, their bytes, and those of one.
const KEPT_INPUTS: usize = 30;
const KEPT_BYTES: u64 = 8 * 1024;
const KEPT_INPUT_BYTES: u64 = 400;

struct Wish {
    targets: Vec<String>,
    seconds: u32,
    keep: bool,
}

/// Runs what `args` ask for.
///
/// # Errors
/// The arguments make no sense, nothing can be built, or an input was found that breaks a promise.
pub(crate) fn fuzz(tree: &Tree, args: &[String]) -> Result<()> {
    let wish = wish(args, &targets(tree)?)?;
    let built = Instant::now();
    shell::pass_through(build(tree, &wish.targets)?)?;
    println!("built in {:.0} s", built.elapsed().as_secs_f64());
    let summary = run(tree, &wish.targets, wish.seconds, None)?;
    print!("{summary}");
    if wish.keep {
        for target in &wish.targets {
            keep(tree, target)?;
        }
    }
    Ok(())
}

/// The targets, by their files.
///
/// # Errors
/// The folder cannot be read, or is empty.
pub(crate) fn targets(tree: &Tree) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(tree.at("fuzz/targets"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    names.sort();
    if names.is_empty() {
        bail!("there is no target in fuzz/targets");
    }
    Ok(names)
}

/// The command that builds targets. The whole workspace and a target of tests are named, so that
/// libraries are built with the features with which `cargo test` built them already.
///
/// # Errors
/// This program's own place is not known.
pub(crate) fn build(tree: &Tree, targets: &[String]) -> Result<Command> {
    let mut words = vec!["build".to_owned(), "--workspace".to_owned()];
    words.extend(["--features", "fuzz/libfuzzer"].map(str::to_owned));
    for target in targets {
        words.extend(["--example".to_owned(), format!("fuzz_{target}")]);
    }
    let mut command = shell::cargo(&words, &tree.root);
    command.env("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?);
    command.env(WRAPS, "1");
    Ok(command)
}

/// Gives each target its seconds, two at a time; a line about each. With a `seed`, a target that is the
/// same tries the same inputs in the same order; else others each time.
///
/// # Errors
/// An input was found; the error names it, and how to see it again.
pub(crate) fn run(
    tree: &Tree,
    targets: &[String],
    seconds: u32,
    seed: Option<u32>,
) -> Result<String> {
    let mut summary = String::new();
    let mut found = Vec::new();
    for pair in targets.chunks(AT_ONCE) {
        let ends: Vec<Result<String>> = thread::scope(|scope| {
            let runs: Vec<_> = pair
                .iter()
                .map(|target| scope.spawn(|| run_one(tree, target, seconds, seed)))
                .collect();
            let ended = |run: thread::ScopedJoinHandle<'_, Result<String>>| match run.join() {
                Ok(end) => end,
                Err(_) => bail!("a run was broken off"),
            };
            runs.into_iter().map(ended).collect()
        });
        for end in ends {
            match end {
                Ok(line) => summary.push_str(&line),
                Err(error) => found.push(format!("{error:#}")),
            }
        }
    }
    if found.is_empty() {
        Ok(summary)
    } else {
        bail!("{}", found.join("\n"))
    }
}

fn run_one(tree: &Tree, target: &str, seconds: u32, seed: Option<u32>) -> Result<String> {
    let new = work(tree, target, "corpus")?;
    let crashes = work(tree, target, "crashes")?;
    let kept = tree.at(&format!("fuzz/corpus/{target}"));
    let mut command = Command::new(binary(tree, target));
    command
        .arg(&new)
        .args(Some(&kept).filter(|kept| kept.exists()))
        .args([
            format!("-max_total_time={seconds}"),
            format!("-max_len={LONGEST_INPUT}"),
            format!("-artifact_prefix={}/", crashes.display()),
            "-timeout=10".to_owned(),
            "-rss_limit_mb=1024".to_owned(),
            "-print_final_stats=1".to_owned(),
            "-verbosity=0".to_owned(),
        ])
        .args(seed.map(|seed| format!("-seed={seed}")));
    let log = crashes.with_extension("log");
    let said = fs::File::create(&log)?;
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(said);
    let status = command
        .status()
        .with_context(|| format!("{target} could not be started"))?;
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if !status.success() {
        let input = said
            .lines()
            .rev()
            .find_map(|line| line.split_once("Test unit written to "));
        let input = input.map_or("an input that was not written", |(_, path)| path);
        bail!(
            "{target}: {}\n    the input: {}\n    see it again: {} {input}\n    all that was said: {}",
            reason(&said),
            start(
                &fs::read(input)
                    .unwrap_or_default()
                    .escape_ascii()
                    .to_string()
            ),
            binary(tree, target).display(),
            log.display()
        );
    }
    let runs = said
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let Some(runs) = runs
        .and_then(|runs| runs.trim().parse::<u64>().ok())
        .filter(|runs| *runs > 0)
    else {
        bail!("{target}: nothing was run: {}", log.display());
    };
    Ok(format!("{target}: {runs} inputs\n"))
}

/// What a target says of its end: where it broke off, and the line below, which says why.
fn reason(said: &str) -> String {
    let mut lines = said
        .lines()
        .skip_while(|line| !line.contains("panicked at") && !line.contains("ERROR"));
    match (lines.next(), lines.next()) {
        (Some(place), Some(why)) => format!("{place}\n    {}", start(why)),
        _ => "it ended".to_owned(),
    }
}

/// No more of a text than a record can hold of it.
fn start(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_SAID);
    end.map_or(text, |(end, _)| text.split_at(end).0)
}

fn binary(tree: &Tree, target: &str) -> PathBuf {
    tree.at(&format!("target/debug/examples/fuzz_{target}"))
}

fn work(tree: &Tree, target: &str, what: &str) -> Result<PathBuf> {
    let folder = tree.at(&format!("target/fuzz/{target}/{what}"));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Keeps of all that is known, and shows something of its own, the longest of the short inputs: they show most.
fn keep(tree: &Tree, target: &str) -> Result<()> {
    let kept = tree.at(&format!("fuzz/corpus/{target}"));
    let least = work(tree, target, "least")?;
    fs::remove_dir_all(&least)?;
    fs::create_dir_all(&least)?;
    fs::create_dir_all(&kept)?;
    let mut command = Command::new(binary(tree, target));
    command
        .args(["-merge=1", "-verbosity=0"])
        .arg(format!("-max_len={KEPT_INPUT_BYTES}"));
    command
        .arg(&least)
        .arg(&kept)
        .arg(work(tree, target, "corpus")?)
        .stderr(Stdio::null());
    shell::pass_through(command)?;
    let mut inputs = Vec::new();
    for entry in fs::read_dir(&least)? {
        let entry = entry?;
        inputs.push((entry.metadata()?.len(), entry.path()));
    }
    inputs.sort_by(|a, b| b.cmp(a));
    fs::remove_dir_all(&kept)?;
    fs::create_dir_all(&kept)?;
    let mut bytes = 0;
    for (size, path) in inputs.into_iter().take(KEPT_INPUTS) {
        bytes += size;
        if bytes > KEPT_BYTES {
            break;
        }
        fs::copy(&path, kept.join(path.file_name().unwrap_or_default()))?;
    }
    Ok(())
}

/// Where this program stands before rustc: runs it, with the flags where the crate is one of ours that a
/// target links. `None`: it does not.
pub(crate) fn wrapped(args: &[String]) -> Option<Result<()>> {
    env::var_os(WRAPS)?;
    let (rustc, words) = args.split_first()?;
    let mut command = Command::new(rustc);
    command.args(words);
    if is_instrumented(words) {
        command.args(FLAGS);
    }
    Some(match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => Err(error.into()),
    })
}

fn is_instrumented(words: &[String]) -> bool {
    let after = |option: &str| {
        let at = words.iter().position(|word| word == option)?;
        words.get(at + 1).map(String::as_str)
    };
    let name = after("--crate-name").unwrap_or_default();
    match after("--crate-type") {
        Some("lib" | "rlib") => true,
        Some("bin") => name.starts_with("fuzz_"),
        _ => false,
    }
}

fn wish(args: &[String], targets: &[String]) -> Result<Wish> {
    let mut wish = Wish {
        targets: Vec::new(),
        seconds: 600,
        keep: false,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--keep" => wish.keep = true,
            "--seconds" => match args.next().and_then(|seconds| seconds.parse().ok()) {
                Some(seconds) if seconds > 0 => wish.seconds = seconds,
                _ => bail!("--seconds: how many?"),
            },
            target if targets.iter().any(|known| known == target) => {
                wish.targets.push(target.to_owned())
            }
            other => bail!(
                "fuzz: no target or option `{other}`; targets: {}",
                targets.join(" ")
            ),
        }
    }
    if wish.targets.is_empty() {
        wish.targets = targets.to_vec();
    }
    Ok(wish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_target_links_is_instrumented() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_instrumented(&words(
            "--crate-name catalog --crate-type lib"
        )));
        assert!(is_instrumented(&words(
            "--crate-name fuzz_catalog --crate-type bin"
        )));
        for other in [
            "--crate-name build_script_build --crate-type bin",
            "--crate-name x --crate-type proc-macro",
            "-vV",
            "--crate-name ___ --print=cfg",
        ] {
            assert!(!is_instrumented(&words(other)), "{other}");
        }
    }

    #[test]
    fn every_target_is_built_and_no_other_is_asked_for() {
        let tree = Tree::here();
        let targets = targets(&tree).unwrap();
        let manifest = fs::read_to_string(tree.at("fuzz/Cargo.toml")).unwrap();
        for target in &targets {
            assert!(
                manifest.contains(&format!("path = \"targets/{target}.rs\"")),
                "{target}"
            );
        }
        assert_eq!(manifest.matches("[[example]]").count(), targets.len());
        let words = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        assert!(wish(&words(&["nothing"]), &targets).is_err());
        assert!(wish(&words(&["--seconds", "0"]), &targets).is_err());
        assert_eq!(wish(&[], &targets).unwrap().targets, targets);
    }
}
