//! `cargo xtask test`: every check there is, in order, each timed.
//!
//! Invariant: a failed step never hides another: whatever does not need it still runs, the lab
//! goes down at the end, and the exit code tells.

mod log;
mod steps;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::lab;
use crate::shell;
use crate::tree::Tree;
use log::Log;
use steps::{STEPS, Step};

/// What the steps share.
struct Context<'a> {
    tree: &'a Tree,
    /// Only tests with this in their name; `None`: all.
    filter: Option<String>,
    /// The lab, once it is up.
    lab: Option<lab::Hosts>,
    /// Whether the lab was up before, and so is not ours to take down.
    lab_was_up: bool,
    /// Whether the desktop runs where only the lab can be reached, and what it sends is recorded.
    is_away: bool,
    /// Whether what the hosts saw of the desktop is held against its journals.
    is_audited: bool,
    /// The output of the step that runs now.
    log: Log,
}

struct Wish {
    filter: Option<String>,
    only: Vec<String>,
    keep_lab: bool,
    list: bool,
    is_away: bool,
    is_audited: bool,
}

enum End {
    Passed(Option<String>),
    /// What is told again of it.
    Failed(Vec<String>),
    Left(String),
}

/// Runs the checks that `args` ask for.
///
/// # Errors
/// The arguments make no sense, or a step failed.
pub(crate) fn test(tree: &Tree, args: &[String]) -> Result<()> {
    let wish = wish(args)?;
    if wish.list {
        for step in STEPS {
            println!("{:12} {}", step.name, step.what);
        }
        return Ok(());
    }
    let chosen = chosen(&wish)?;
    let mut context = Context {
        tree,
        filter: wish.filter,
        lab: lab::hosts(tree),
        lab_was_up: false,
        is_away: wish.is_away,
        is_audited: wish.is_audited,
        log: Log::new(tree, "none")?,
    };
    context.lab_was_up = context.lab.is_some();

    let started = Instant::now();
    let mut ends: Vec<(&Step, Duration, End)> = Vec::new();
    for step in STEPS.iter().filter(|step| chosen.contains(step.name)) {
        let broken = step.needs.iter().find(|need| {
            ends.iter()
                .any(|(done, _, end)| done.name == **need && !matches!(end, End::Passed(_)))
        });
        let (took, end) = match broken {
            Some(need) => (Duration::ZERO, End::Left(format!("needs `{need}`"))),
            None => run(&mut context, step)?,
        };
        ends.push((step, took, end));
    }
    if !wish.keep_lab && !context.lab_was_up && context.lab.is_some() {
        println!("lab down");
        shell::pass_through(lab::script(tree, &["down"]))?;
    }
    summarise(&ends, started.elapsed())
}

fn run(context: &mut Context<'_>, step: &Step) -> Result<(Duration, End)> {
    println!("{} ({})", step.name, step.what);
    context.log = Log::new(context.tree, step.name)?;
    let started = Instant::now();
    let done = (step.run)(context);
    let took = started.elapsed();
    for line in context.log.closing_lines() {
        println!("    {line}");
    }
    let seconds = took.as_secs_f64();
    Ok(match done {
        Ok(note) => {
            let words = note.as_deref().unwrap_or("ok");
            println!("    {words}, {seconds:.1} s");
            (took, End::Passed(note))
        }
        Err(error) => {
            println!("{}", context.log.tail());
            println!("    FAILED after {seconds:.1} s: {error:#}");
            println!("    all of its output: {}", context.log.file().display());
            (took, End::Failed(context.log.failures()))
        }
    })
}

fn summarise(ends: &[(&Step, Duration, End)], took: Duration) -> Result<()> {
    println!();
    let mut failed = Vec::new();
    for (step, took, end) in ends {
        let words = match end {
            End::Passed(note) => note.as_deref().unwrap_or("ok").to_owned(),
            End::Failed(_) => "FAILED".to_owned(),
            End::Left(why) => format!("left out: {why}"),
        };
        if !matches!(end, End::Passed(_)) {
            failed.push(step.name);
        }
        println!("{:12} {:8.1} s  {words}", step.name, took.as_secs_f64());
    }
    println!("{:12} {:8.1} s", "all", took.as_secs_f64());
    for (step, _, end) in ends {
        let End::Failed(failures) = end else { continue };
        for failure in failures {
            println!("\n{}: {failure}", step.name);
        }
    }
    if !failed.is_empty() {
        bail!(
            "{} of {} steps failed: {}",
            failed.len(),
            ends.len(),
            failed.join(", ")
        );
    }
    println!("{} steps, all passed", ends.len());
    Ok(())
}

/// The names of the steps to run: those wished for, and what these need.
fn chosen(wish: &Wish) -> Result<BTreeSet<&'static str>> {
    let mut waiting: Vec<&'static Step> = Vec::new();
    for name in &wish.only {
        let Some(step) = STEPS.iter().find(|step| step.name == name) else {
            let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            bail!("no step `{name}`; there are: {}", names.join(" "));
        };
        waiting.push(step);
    }
    if wish.only.is_empty() {
        let narrowed = wish.filter.is_some();
        waiting.extend(STEPS.iter().filter(|step| step.filtered || !narrowed));
    }
    let mut chosen = BTreeSet::new();
    while let Some(step) = waiting.pop() {
        if chosen.insert(step.name) {
            let before = |name| step.needs.contains(name) || step.after.contains(name);
            waiting.extend(STEPS.iter().filter(|other| before(&other.name)));
        }
    }
    Ok(chosen)
}

fn wish(args: &[String]) -> Result<Wish> {
    let mut wish = Wish {
        filter: None,
        only: Vec::new(),
        keep_lab: false,
        list: false,
        is_away: false,
        is_audited: false,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--keep-lab" => wish.keep_lab = true,
            "--packets" | "--audit" => {
                wish.is_away |= arg == "--packets";
                wish.is_audited |= arg == "--audit";
                wish.only.push("e2e".to_owned());
            }
            "--list" => wish.list = true,
            "--only" => match args.next() {
                Some(step) => wish.only.push(step.clone()),
                None => bail!("--only: which step? `cargo xtask test --list` names them"),
            },
            option if option.starts_with('-') => bail!("test: no option `{option}`"),
            filter if wish.filter.is_none() => wish.filter = Some(filter.to_owned()),
            more => bail!("test: one FILTER at most, not `{more}` too"),
        }
    }
    Ok(wish)
}

#[cfg(test)]
mod tests {
    use super::{STEPS, Wish, chosen, wish};

    fn parsed(args: &[&str]) -> Wish {
        wish(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn every_need_is_an_earlier_step() {
        for (index, step) in STEPS.iter().enumerate() {
            for need in step.needs.iter().chain(step.after) {
                assert!(
                    STEPS[..index].iter().any(|earlier| earlier.name == *need),
                    "{} needs {need}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn one_step_brings_what_it_needs_and_no_more() {
        let chosen = chosen(&parsed(&["--only", "ui-lint"])).unwrap();
        assert_eq!(
            chosen.into_iter().collect::<Vec<_>>(),
            ["ui-install", "ui-lint"]
        );
    }

    #[test]
    fn a_filter_leaves_only_test_runners_and_their_needs() {
        let chosen = chosen(&parsed(&["load"])).unwrap();
        assert!(chosen.contains("rust") && chosen.contains("e2e") && chosen.contains("lab"));
        assert!(!chosen.contains("clippy") && !chosen.contains("format"));
    }

    #[test]
    fn packets_and_commands_are_recorded_of_the_desktop_alone() {
        assert!(!parsed(&["--packets"]).is_audited && !parsed(&["--audit"]).is_away);
        let wish = parsed(&["--packets", "--audit", "lab-terminal"]);
        assert!(wish.is_away && wish.is_audited && wish.filter.as_deref() == Some("lab-terminal"));
        let chosen = chosen(&wish).unwrap();
        assert!(chosen.contains("e2e") && chosen.contains("lab") && !chosen.contains("rust"));
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(chosen(&parsed(&["--only", "nothing"])).is_err());
        for args in [vec!["--only"], vec!["--no-such"], vec!["a", "b"]] {
            let args: Vec<String> = args.into_iter().map(str::to_owned).collect();
            assert!(wish(&args).is_err());
        }
    }
}
