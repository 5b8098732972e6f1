//! `cargo xtask run`: from a clean clone to the desktop in the browser.
//!
//! Invariant: builds only what changed, and leaves nothing between the user's keyboard and the
//! program: it becomes the program where the platform allows, so Ctrl+C ends that.

use std::io;
use std::process::{Command, Stdio};

use anyhow::Result;

use crate::shell;
use crate::tree::Tree;
use crate::ui::{self, Made};

/// Builds the UI and the release binary as needed, then starts it with `args`.
///
/// # Errors
/// Something needed is missing, a build failed, or the program said that it failed.
pub(crate) fn run(tree: &Tree, args: &[String]) -> Result<()> {
    let args = args.strip_prefix(&["--".to_owned()]).unwrap_or(args);
    say(
        "UI packages",
        ui::install(tree, "ui", &shown("UI packages"))?,
    );
    say("UI", ui::build(tree, &shown("UI"))?);
    eprintln!("xtask: program: cargo build --release");
    shell::pass_through(shell::cargo(
        &["build", "--release", "--package", "headlessos"],
        &tree.root,
    ))?;
    let mut program = Command::new(tree.binary("release"));
    program.args(args);
    become_it(program)
}

fn shown(what: &'static str) -> impl Fn(Command) -> Result<()> {
    move |mut command| {
        eprintln!("xtask: {what}: {}", shell::words(&command));
        // Standard output is the program's alone: `run -- --json` prints one line there.
        command.stdout(Stdio::from(io::stderr()));
        shell::pass_through(command)
    }
}

fn say(what: &str, made: Made) {
    if made == Made::UpToDate {
        eprintln!("xtask: {what}: up to date");
    }
}

#[cfg(unix)]
fn become_it(mut program: Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    let words = shell::words(&program);
    let error = program.exec();
    Err(anyhow::Error::new(error).context(format!("could not start `{words}`")))
}

#[cfg(not(unix))]
fn become_it(program: Command) -> Result<()> {
    shell::pass_through(program)
}
