//! `cargo xtask VERB`: the only task list of this repository.
//!
//! Invariant: needs nothing but cargo, and Node.js where the UI is built; says each thing it does
//! in one line, skips what is up to date, and names what is missing and how to get it.

mod bench;
mod fuzz;
mod r#gen;
mod lab;
mod mutants;
mod packages;
mod release;
mod run;
mod shell;
mod stamp;
mod supply;
mod test;
#[cfg(test)]
mod tidy;
mod tree;
mod ui;

use std::process::ExitCode;

use tree::Tree;

const HELP: &str = "\
cargo xtask VERB

  run [-- ARGS]               build what changed, start headlessos, open the browser
  test [FILTER] [--only STEP]... [--packets] [--audit] [--keep-lab] [--list]
                              every check there is; FILTER: only tests with this in their name;
                              STEP: only that step and what it needs; --list: the steps;
                              --packets: the desktop alone, as root on Linux, where only the lab
                              can be reached: fails when anything but SSH leaves this machine;
                              --audit: the desktop alone, as root on Linux, while the kernel records
                              what the lab's SSH servers start: fails where the journals differ
  lab up|down|reset|status [HOST..]
                              real servers to test against; more verbs: lab/README.md
  lab capture [ARGS]          record fixtures from the lab
  gen [--check]               the OpenAPI document, the UI's types from it, and the list of
                              licences; --check: only say whether they are current
  release [--check]           the program to give away, the same bytes wherever it is built;
                              --check: builds it in a second folder, and compares
  sbom [FILE]                 every crate and npm package that is shipped, as CycloneDX 1.5
  bench [--runs N] [--peer] [--cold]
                              start time, memory, page load; --peer: beside Cockpit;
                              --cold: a release build from nothing, too
  bench terminal [--runs N] [--peer]
                              a terminal's echo, floods and memory beside plain ssh;
                              --peer: beside ttyd and a Node gateway too
  bench files [--runs N] [--slow MS]
                              cp and ls beside sftp; over a link with this round trip
  bench many [--idle N] [--dashboards N]
                              idle connections and open dashboards, by the hundred
  bench connect               the round trips of a connection, beside ssh's
  bench parse [--runs N]      every fixture read by its parsers and by jc, side by side
  bench explorer [--runs N]   a folder of 100,000 files in the page, and its transfers
  fuzz [TARGET].. [--seconds N] [--keep]
                              generated input to all that reads what others say;
                              --keep: the short inputs that show most, into fuzz/corpus
  mutants [NAME]..            takes the mechanism of each promise in SECURITY.md out, and sees its
                              test turn red; in a tree without changes
  help                        this
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Some(done) = fuzz::wrapped(&args) {
        return ended(done);
    }
    let mut args = args.into_iter();
    let verb = args.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = args.collect();
    let tree = Tree::here();
    let done = match verb.as_str() {
        "run" => run::run(&tree, &rest),
        "test" => test::test(&tree, &rest),
        "lab" => lab::lab(&tree, &rest),
        "gen" => r#gen::generate(&tree, &rest),
        "release" => release::release(&tree, &rest),
        "sbom" => supply::sbom::sbom(&tree, &rest),
        "bench" => bench::bench(&tree, &rest),
        "fuzz" => fuzz::fuzz(&tree, &rest),
        "mutants" => mutants::mutants(&tree, &rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(anyhow::anyhow!("no verb `{other}`\n\n{HELP}")),
    };
    ended(done)
}

fn ended(done: anyhow::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
