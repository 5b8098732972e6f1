//! `cargo xtask release [--check]`: the program as it is given away, the same bytes wherever it is built.
//!
//! Invariant: no path, time, locale or flag of the machine that builds goes into the program;
//! `--check` builds a second time in another folder, from what people wrote alone, and compares.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell;
use crate::tree::Tree;
use crate::ui;

/// How many places where two files differ are shown.
const PLACES: usize = 5;
/// How much of a file is shown around such a place, in bytes each way.
const AROUND: usize = 60;

/// Builds the program, and with `--check` once more.
///
/// # Errors
/// A build failed, or the two differ.
pub(crate) fn release(tree: &Tree, args: &[String]) -> Result<()> {
    let is_checked = match args {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("release takes --check and nothing else"),
    };
    build(tree, &tree.target())?;
    let program = tree.binary("release");
    println!("{}  {}", sha256(&program)?, program.display());
    if is_checked {
        let again = copied(tree)?;
        let target = again.at("target");
        build(&again, &target)?;
        let second = target.join("release").join(name_of("headlessos"));
        println!("{}  {}", sha256(&second)?, second.display());
        let mut faults = page_faults(&tree.at("ui/dist"), &again.at("ui/dist"))?;
        faults.extend(difference(&fs::read(&program)?, &fs::read(&second)?));
        if !faults.is_empty() {
            bail!("the two builds differ:\n{}", faults.join("\n"));
        }
        fs::remove_dir_all(&again.root)?;
        println!("the same bytes from two folders");
    }
    Ok(())
}

fn build(tree: &Tree, target: &Path) -> Result<()> {
    let shown = |command: Command| {
        eprintln!(
            "xtask: release: {} ({})",
            shell::words(&command),
            tree.root.display()
        );
        shell::pass_through(command)
    };
    ui::install(tree, "ui", &shown)?;
    // Always anew: what is left of an older page must not get in.
    shown(settled(
        ui::npm(tree, "ui", &["run", "build"]),
        tree,
        target,
    )?)?;
    let words = ["build", "--release", "--locked", "--package", "headlessos"];
    shown(settled(shell::cargo(&words, &tree.root), tree, target)?)
}

/// The command with all that would otherwise come from this machine set.
fn settled(mut command: Command, tree: &Tree, target: &Path) -> Result<Command> {
    let home = cargo_home()?;
    // The later of two that match counts: the target folder may lie in the tree or elsewhere.
    let moved = [
        (tree.root.as_path(), "/headlessos"),
        (home.as_path(), "/cargo"),
        (target, "/headlessos/target"),
    ];
    let mut flags: Vec<OsString> = moved.iter().map(|(from, to)| remapped(from, to)).collect();
    if cfg!(windows) {
        flags.push("-Clink-arg=/Brepro".into());
    } else {
        let mut c_flags = OsString::new();
        for (from, to) in moved {
            c_flags.push(format!("-ffile-prefix-map={}={to} ", from.display()));
        }
        command.env("CFLAGS", &c_flags).env("CXXFLAGS", c_flags);
    }
    command
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}".as_ref()))
        .env_remove("RUSTFLAGS")
        .env("SOURCE_DATE_EPOCH", "0")
        .env("TZ", "UTC")
        .env("LC_ALL", "C");
    // Cargo sets these for us; a program that is built elsewhere must not see them.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_") {
            command.env_remove(name);
        }
    }
    Ok(command)
}

fn remapped(from: &Path, to: &str) -> OsString {
    let mut flag = OsString::from("--remap-path-prefix=");
    flag.push(from);
    flag.push("=");
    flag.push(to);
    flag
}

fn cargo_home() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("CARGO_HOME") {
        return Ok(PathBuf::from(folder));
    }
    let home = std::env::home_dir().context("there is no home folder")?;
    Ok(home.join(".cargo"))
}

fn name_of(program: &str) -> String {
    format!("{program}{}", std::env::consts::EXE_SUFFIX)
}

/// What people wrote, in another folder, with a target folder of its own there.
fn copied(tree: &Tree) -> Result<Tree> {
    let root = tree.scratch().join("again");
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    for file in tree.files("") {
        let to = root.join(&file);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(tree.root.join(&file), to)
            .with_context(|| format!("could not copy {}", file.display()))?;
    }
    Ok(Tree { root })
}

/// The digest of a file; Node.js is there, as it built the page.
fn sha256(file: &Path) -> Result<String> {
    let script = "const { createHash } = require('node:crypto');\
        process.stdout.write(createHash('sha256')\
        .update(require('node:fs').readFileSync(process.argv[1])).digest('hex'))";
    let mut command = shell::command("node", &["-e", script], Path::new("."));
    command.arg(file);
    shell::printed(command)
}

/// A sentence for each file of the page that is not the same in both folders.
fn page_faults(one: &Path, other: &Path) -> Result<Vec<String>> {
    let names = |root: &Path| {
        let root = root.to_path_buf();
        Tree { root }.files("")
    };
    let mut all = names(one);
    all.extend(names(other));
    all.sort();
    all.dedup();
    let mut faults = Vec::new();
    for name in all {
        let (one, other) = (one.join(&name), other.join(&name));
        if !one.is_file() || !other.is_file() {
            faults.push(format!("{}: only in one page", name.display()));
        } else if fs::read(one)? != fs::read(other)? {
            faults.push(format!("{}: not the same in both pages", name.display()));
        }
    }
    Ok(faults)
}

/// Where two programs differ, with the text around, which a path is known by.
fn difference(one: &[u8], other: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    if one.len() != other.len() {
        faults.push(format!("{} bytes and {}", one.len(), other.len()));
    }
    let mut shown_to = 0;
    for (at, _) in one
        .iter()
        .zip(other)
        .enumerate()
        .filter(|(_, (one, other))| one != other)
    {
        if at < shown_to {
            continue;
        }
        shown_to = at + AROUND;
        faults.push(format!(
            "at {at:#x}: {} | {}",
            around(one, at),
            around(other, at)
        ));
        if faults.len() > PLACES {
            break;
        }
    }
    faults
}

fn around(bytes: &[u8], at: usize) -> String {
    bytes
        .iter()
        .skip(at.saturating_sub(AROUND))
        .take(2 * AROUND)
        .map(|byte| match byte {
            b' '..=b'~' => char::from(*byte),
            _ => '.',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::{difference, name_of, settled};
    use crate::shell;
    use crate::tree::Tree;

    /// A package whose generated code names its own file, built in a folder of this name.
    fn built(folder: &str, is_settled: bool) -> Vec<u8> {
        let here = Tree::here();
        let root = here.scratch().join("release-test").join(folder);
        for (file, text) in [
            (
                "Cargo.toml",
                "[package]\nname = \"small\"\nedition = \"2024\"\n[workspace]\n\
                 [profile.release]\nstrip = \"symbols\"\n",
            ),
            (
                "build.rs",
                "fn main() { let to = std::env::var(\"OUT_DIR\").unwrap() + \"/made.rs\"; \
                 std::fs::write(to, \"fn made() -> &'static str { file!() }\").unwrap(); }",
            ),
            (
                "src/main.rs",
                "include!(concat!(env!(\"OUT_DIR\"), \"/made.rs\"));\n\
                 fn main() { println!(\"{}\", made()); }",
            ),
        ] {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let tree = Tree { root: root.clone() };
        let mut command: Command = shell::cargo(&["build", "--release", "--quiet"], &root);
        if is_settled {
            command = settled(command, &tree, &root.join("target")).unwrap();
        } else {
            command.env("CARGO_TARGET_DIR", root.join("target"));
        }
        shell::pass_through(command).unwrap();
        let program = fs::read(root.join("target/release").join(name_of("small"))).unwrap();
        fs::remove_dir_all(root).unwrap();
        program
    }

    #[test]
    fn two_folders_give_the_same_bytes_and_no_path() {
        let program = built("one", true);
        assert_eq!(
            difference(&program, &built("one and two", true)),
            Vec::<String>::new()
        );
        let folder = Tree::here().scratch().to_string_lossy().into_owned();
        let holds = |program: &[u8]| {
            program
                .windows(folder.len())
                .any(|window| window == folder.as_bytes())
        };
        assert!(!holds(&program));
        // As cargo alone builds it, the path is there: so what is looked for can be found.
        assert!(holds(&built("plain", false)));
    }

    #[test]
    fn a_difference_is_shown_with_its_place() {
        assert!(difference(b"same", b"same").is_empty());
        assert_eq!(
            difference(b"/home/a/x", b"/home/bb/x"),
            ["9 bytes and 10", "at 0x6: /home/a/x | /home/bb/x"]
        );
    }
}
