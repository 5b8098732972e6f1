//! The steps of `cargo xtask test`, in the order in which they run.
//!
//! Invariant: a step that needs another stands below it; a step that has nothing to check fails,
//! it does not pass.

use std::process::Command;

use anyhow::{Result, bail};

use super::Context;
use crate::packages::{self, Packages};
use crate::shell;
use crate::ui::{self, Made};
use crate::{fuzz, r#gen, lab, supply};

/// One step.
pub(crate) struct Step {
    /// What `--only` calls it.
    pub(crate) name: &'static str,
    /// What it does, for people.
    pub(crate) what: &'static str,
    /// The steps that must have passed.
    pub(crate) needs: &'static [&'static str],
    /// The steps that must have been tried: where they failed, this one says more than they do.
    pub(crate) after: &'static [&'static str],
    /// Whether it runs tests that can be chosen by name.
    pub(crate) filtered: bool,
    /// Does it; a note where there is more to say than "ok".
    pub(crate) run: fn(&mut Context<'_>) -> Result<Option<String>>,
}

const fn step(
    name: &'static str,
    what: &'static str,
    needs: &'static [&'static str],
    run: fn(&mut Context<'_>) -> Result<Option<String>>,
) -> Step {
    Step {
        name,
        what,
        needs,
        after: &[],
        filtered: false,
        run,
    }
}

/// A step with servers to talk to.
const fn with_lab(step: Step) -> Step {
    Step {
        after: &["packages", "lab"],
        ..step
    }
}

const fn filtered(step: Step) -> Step {
    Step {
        filtered: true,
        ..step
    }
}

/// All steps.
pub(crate) const STEPS: &[Step] = &[
    step(
        "packages",
        "what the tests need of this machine",
        &[],
        packages,
    ),
    step("format", "cargo fmt --check", &[], format),
    step(
        "supply",
        "licences, sources and known weaknesses of dependencies",
        &[],
        supply,
    ),
    step("ui-install", "npm ci in ui/", &[], ui_install),
    step("ui-check", "types of ui/", &["ui-install"], |context| {
        npm(context, "ui", &["run", "check"])
    }),
    step("ui-lint", "lints of ui/", &["ui-install"], |context| {
        npm(context, "ui", &["run", "lint"])
    }),
    filtered(step("ui-unit", "vitest", &["ui-install"], ui_unit)),
    step(
        "ui-build",
        "the UI that the program embeds",
        &["ui-install"],
        ui_build,
    ),
    step("clippy", "clippy, warnings denied", &[], clippy),
    Step {
        after: &["packages"],
        ..step("lab", "real servers to test against", &[], lab_up)
    },
    with_lab(filtered(step("rust", "cargo test", &["ui-build"], rust))),
    Step {
        // It takes from it what others made.
        after: &["rust"],
        ..step(
            "fuzz",
            "generated input to all that reads what others say",
            &[],
            fuzz_all,
        )
    },
    step("binary", "the program", &["ui-build"], binary),
    step(
        "generated",
        "generated files are current",
        &["binary"],
        generated,
    ),
    step("e2e-install", "npm ci in e2e/", &[], e2e_install),
    step("e2e-check", "types of e2e/", &["e2e-install"], |context| {
        npm(context, "e2e", &["run", "check"])
    }),
    with_lab(filtered(step(
        "e2e",
        "the desktop in Chromium, and what is tried on it in Firefox too",
        &["binary", "e2e-install"],
        e2e,
    ))),
];

fn packages(context: &mut Context<'_>) -> Result<Option<String>> {
    let mut names: Vec<String> = [
        "openssh-server",
        "openssh-client",
        // What the tests hold the journal against.
        "strace",
        // For libFuzzer.
        "g++",
        "fonts-liberation",
        "dbus",
        "gnome-keyring",
        // Keys in PuTTY's form, GnuPG's agent, one-time codes.
        "putty-tools",
        "gnupg",
        "gpg-agent",
        "libpam-google-authenticator",
    ]
    .map(str::to_owned)
    .to_vec();
    if packages::chromium().is_none() {
        names.push("chromium".to_owned());
    }
    names.extend(packages::wanted_firefox().map(str::to_owned));
    names.extend(lab::needs(context.tree)?);
    Ok(match packages::ensure(&names)? {
        Packages::Present => None,
        Packages::Installed(names) => Some(format!("installed {}", names.join(" "))),
        Packages::Missing(advice) => Some(advice),
    })
}

fn format(context: &mut Context<'_>) -> Result<Option<String>> {
    cargo(context, &["fmt", "--all", "--check"])
}

fn supply(context: &mut Context<'_>) -> Result<Option<String>> {
    let log = &context.log;
    let left = supply::gate::check(context.tree, &|command| log.run(command))?;
    Ok((!left.is_empty()).then(|| format!("ok, but not checked: {}", left.join("; "))))
}

fn ui_install(context: &mut Context<'_>) -> Result<Option<String>> {
    let log = &context.log;
    Ok(note(ui::install(context.tree, "ui", &|command| {
        log.run(command)
    })?))
}

fn ui_unit(context: &mut Context<'_>) -> Result<Option<String>> {
    let mut words = vec!["test", "--"];
    if let Some(filter) = &context.filter {
        words.extend(["--testNamePattern", filter, "--passWithNoTests"]);
    }
    npm(context, "ui", &words)
}

fn ui_build(context: &mut Context<'_>) -> Result<Option<String>> {
    let log = &context.log;
    Ok(note(ui::build(context.tree, &|command| log.run(command))?))
}

fn clippy(context: &mut Context<'_>) -> Result<Option<String>> {
    let words = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ];
    cargo(context, &words)
}

fn lab_up(context: &mut Context<'_>) -> Result<Option<String>> {
    let up = context.log.run(lab::script(context.tree, &["up"]));
    // Where some hosts failed, the others are up, and ours to take down.
    context.lab = lab::hosts(context.tree);
    up?;
    match &context.lab {
        Some(hosts) => Ok(Some(hosts.summary.clone())),
        None => bail!("`lab/lab.sh up` succeeded, but there is no host"),
    }
}

fn rust(context: &mut Context<'_>) -> Result<Option<String>> {
    let mut words = vec!["test", "--workspace", "--no-fail-fast"];
    words.extend(context.filter.as_deref());
    let mut command = shell::cargo(&words, &context.tree.root);
    tell_of_lab(context, &mut command);
    context.log.run(command)?;
    Ok(None)
}

/// Of each target so many seconds: by hand it gets more.
const FUZZ_SECONDS: u32 = 60;
/// And by hand other inputs each time: here what failed once fails again.
const FUZZ_SEED: u32 = 1;

fn fuzz_all(context: &mut Context<'_>) -> Result<Option<String>> {
    let targets = fuzz::targets(context.tree)?;
    context.log.run(fuzz::build(context.tree, &targets)?)?;
    let summary = fuzz::run(context.tree, &targets, FUZZ_SECONDS, Some(FUZZ_SEED))?;
    Ok(Some(format!(
        "{} targets, {FUZZ_SECONDS} s each: {}",
        targets.len(),
        summary.trim().replace('\n', ", ")
    )))
}

/// With the whole workspace named, so that nothing is built twice with other features.
fn binary(context: &mut Context<'_>) -> Result<Option<String>> {
    cargo(context, &["build", "--workspace", "--bin", "headlessos"])
}

fn generated(context: &mut Context<'_>) -> Result<Option<String>> {
    let log = &context.log;
    r#gen::check(context.tree, &|command| log.run(command))?;
    Ok(None)
}

fn e2e_install(context: &mut Context<'_>) -> Result<Option<String>> {
    let log = &context.log;
    Ok(note(ui::install(context.tree, "e2e", &|command| {
        log.run(command)
    })?))
}

fn e2e(context: &mut Context<'_>) -> Result<Option<String>> {
    let mut words = vec!["playwright", "test"];
    if let Some(filter) = &context.filter {
        words.extend(["--grep", filter, "--pass-with-no-tests"]);
    }
    let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    let mut command = ui::playwright(context.tree, &words);
    let mut notes = Vec::new();
    if context.is_away {
        let record = context.tree.scratch().join("log/packets.log");
        command = lab::around(context.tree, "away", &record, &command);
        notes.push("nothing but SSH to the lab left this machine: packets.log");
    }
    if context.is_audited {
        let record = context.tree.scratch().join("journals");
        command = lab::around(context.tree, "audit", &record, &command);
        notes.push("what the hosts saw is what the journals hold");
    }
    context.log.run(command)?;
    Ok((!notes.is_empty()).then(|| notes.join("; ")))
}

fn tell_of_lab(context: &Context<'_>, command: &mut Command) {
    if let Some(hosts) = &context.lab {
        command.env("HEADLESSOS_LAB_HOSTS", &hosts.file);
    }
}

fn cargo(context: &Context<'_>, words: &[&str]) -> Result<Option<String>> {
    context.log.run(shell::cargo(words, &context.tree.root))?;
    Ok(None)
}

fn npm(context: &Context<'_>, folder: &str, words: &[&str]) -> Result<Option<String>> {
    context.log.run(ui::npm(context.tree, folder, words))?;
    Ok(None)
}

fn note(made: Made) -> Option<String> {
    (made == Made::UpToDate).then(|| "up to date".to_owned())
}
