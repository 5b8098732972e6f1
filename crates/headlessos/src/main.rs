//! The program: reads the command line, wires the parts together, starts what was asked for.
//!
//! Invariant: no secret is on the command line, in the environment or in an argument list.

mod arguments;
mod ask;
mod assemble;
mod get;
mod launch;
mod serve;
mod show;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Verb};

/// What a refused argument or a command line that makes no sense ends with, as clap does.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log(arguments.verb.is_none());
    let result = match arguments.verb {
        None => serve::run(&arguments.common, &arguments.serve),
        Some(Verb::Serve(serve)) => serve::run(&arguments.common, &serve),
        Some(Verb::Servers) => get::servers(&arguments.common),
        Some(Verb::Get(get)) => get::run(&arguments.common, &get),
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
        eprintln!("headlessos: {error:#}");
        match error.downcast_ref::<show::Refused>() {
            Some(_) => ExitCode::from(USAGE),
            None => ExitCode::FAILURE,
        }
    })
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
        .init();
}
