//! The program: reads the command line, wires the parts together, starts what was asked for.
//!
//! Invariant: no secret is on the command line, in the environment or in an argument list; memory that
//! is freed holds none; none is written out with the memory of a crash.

mod activity;
mod arguments;
mod ask;
mod assemble;
mod cp;
mod follow;
mod forward;
mod get;
mod identity;
mod key;
mod launch;
mod left;
mod ls;
mod memory;
mod model;
mod parse;
mod place;
mod reach;
mod running;
mod serve;
mod show;
mod test;
mod unlock;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, error::ErrorKind, parser::ValueSource};

use arguments::{Arguments, Verb};

/// Wipes memory as it is freed. Secrets of ours are in types that wipe themselves; what the libraries
/// copy (a request's body, a packet before it is encrypted) is wiped here and nowhere else.
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// What a refused argument or a command line that makes no sense ends with, as clap does.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments = read_arguments();
    start_log(matches!(arguments.verb, None | Some(Verb::Serve(_))));
    if let Err(error) = memory::forbid_core_file() {
        tracing::warn!("the system may write this program's memory to a core file: {error}");
    }
    if !memory::keep_from_swap() {
        tracing::debug!("the system may write this program's memory to swap");
    }
    let result = match arguments.verb {
        None => serve::run(&arguments.common, &arguments.serve),
        Some(Verb::Serve(serve)) => serve::run(&arguments.common, &serve),
        Some(Verb::Unlock(wanted)) => unlock::run(&arguments.common, &wanted),
        Some(Verb::Servers) => get::servers(&arguments.common),
        Some(Verb::Get(get)) => get::run(&arguments.common, &get),
        Some(Verb::Follow(wanted)) => follow::run(&arguments.common, &wanted),
        Some(Verb::Forward(wanted)) => forward::run(&arguments.common, &wanted),
        Some(Verb::Model(wanted)) => model::run(&arguments.common, &wanted),
        Some(Verb::Key(wanted)) => key::run(&arguments.common, &wanted),
        Some(Verb::Test(wanted)) => test::run(&arguments.common, &wanted),
        Some(Verb::Activity(wanted)) => activity::run(&arguments.common, &wanted),
        Some(Verb::Ls(wanted)) => ls::run(&arguments.common, &wanted),
        Some(Verb::Cp(wanted)) => cp::run(&arguments.common, &wanted),
        Some(Verb::Parse(wanted)) => parse::run(&wanted),
        Some(Verb::Catalog { json }) => show::catalog(json),
        Some(Verb::Show(show)) => show::run(&show),
        Some(Verb::Completions { shell }) => {
            let mut command = Arguments::command();
            clap_complete::generate(shell, &mut command, "headlessos", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
        Some(Verb::Openapi) => show::openapi(),
    };
    result.unwrap_or_else(|error| {
        eprintln!("headlessos: {}", ls::shown_lines(&format!("{error:#}")));
        match error.downcast_ref::<show::Refused>() {
            Some(_) => ExitCode::from(USAGE),
            None => ExitCode::FAILURE,
        }
    })
}

/// Reads the command line; ends the program where it makes no sense.
fn read_arguments() -> Arguments {
    let mut command = Arguments::command();
    let matches = command.get_matches_mut();
    // What belongs to `serve` may stand alone, but not before another verb.
    let serves = ["port", "no_open", "json"];
    let given = |name| matches.value_source(name) == Some(ValueSource::CommandLine);
    if matches.subcommand_name().is_some() && serves.into_iter().any(given) {
        let words = "options of `serve` stand behind it, and before no other command";
        command.error(ErrorKind::ArgumentConflict, words).exit();
    }
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// Logs to standard error; `HEADLESSOS_LOG` takes the filters of tracing, for example `debug`.
fn start_log(serving: bool) {
    let default = if serving { "info,russh=warn" } else { "warn" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("HEADLESSOS_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(default));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        // It would tell of a terminal that was closed on that terminal, and panic.
        .log_internal_errors(false)
        .init();
}
