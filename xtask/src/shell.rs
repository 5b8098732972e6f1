//! Starting other programs: found by name on every platform, their failure told in one sentence.
//!
//! Invariant: a program is started from a list of words, never through a shell.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// A command that runs in `folder`; `program` is looked up as the platform names it.
pub(crate) fn command<S: AsRef<OsStr>>(program: &str, args: &[S], folder: &Path) -> Command {
    let mut command = Command::new(on_path(program).unwrap_or_else(|| PathBuf::from(program)));
    command.args(args).current_dir(folder);
    command
}

/// The cargo that runs us.
pub(crate) fn cargo<S: AsRef<OsStr>>(args: &[S], folder: &Path) -> Command {
    let program = env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut command = Command::new(program);
    command.args(args).current_dir(folder);
    command
}

/// Runs to the end with our own input and output.
///
/// # Errors
/// The program could not be started, or said that it failed.
pub(crate) fn pass_through(mut command: Command) -> Result<()> {
    let words = words(&command);
    let status = command
        .status()
        .with_context(|| format!("could not start `{words}`"))?;
    if !status.success() {
        bail!("`{words}` failed: {status}");
    }
    Ok(())
}

/// Runs to the end and returns what it printed; its error output is passed through.
///
/// # Errors
/// The program could not be started, said that it failed, or printed something other than UTF-8.
pub(crate) fn printed(mut command: Command) -> Result<String> {
    let words = words(&command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("could not start `{words}`"))?;
    if !output.status.success() {
        bail!("`{words}` failed: {}", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{words}` printed no UTF-8"))
}

/// The first file of this name on the search path; on Windows with one of its program suffixes.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let suffixes: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd"]
    } else {
        &[""]
    };
    env::split_paths(&env::var_os("PATH")?)
        .flat_map(|folder| {
            suffixes
                .iter()
                .map(move |suffix| folder.join(format!("{program}{suffix}")))
        })
        .find(|file| file.is_file())
}

/// The command as a person would read it.
pub(crate) fn words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
