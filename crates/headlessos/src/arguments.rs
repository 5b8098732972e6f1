//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// A desktop in the browser for any headless Linux server, over plain SSH.
///
/// Without a command it serves the desktop on this computer's loopback addresses and opens it in
/// the browser. Nothing is installed on any server, and nothing listens on any other address.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(flatten)]
    pub(crate) serve: Serve,
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
}

/// What every command takes.
#[derive(Args)]
pub(crate) struct Common {
    /// The folder of the local database and the known host keys [default: the system's place for
    /// a program's data]
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) data_dir: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Serve the desktop; the default
    Serve(Serve),
    /// List the saved servers
    Servers,
    /// Ask a server something and print the reading as JSON
    #[command(
        after_help = "Examples:\n  headlessos get this-computer system.memory\n  \
        headlessos get root@192.0.2.7:2222 storage.filesystems --args '{\"path\":\"/home\"}'\n\n\
        `headlessos catalog` lists the queries. The exit code is 0 where there is an answer, 1 \
        where there is none, 2 where an argument was refused."
    )]
    Get(Get),
    /// List every query there is
    Catalog {
        /// As JSON, with the schemas of arguments and answers
        #[arg(long)]
        json: bool,
    },
    /// Print the command that a query would run, without running it
    Show(Show),
    /// Print a completion script for your shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: Shell,
    },
    /// Print the OpenAPI document
    #[command(hide = true)]
    Openapi,
}

#[derive(Args)]
pub(crate) struct Serve {
    /// The port on 127.0.0.1 and ::1; the next free one if it is taken, any if it is 0
    #[arg(long, value_name = "N", default_value_t = 3001)]
    pub(crate) port: u16,
    /// Do not open the browser
    #[arg(long)]
    pub(crate) no_open: bool,
    /// When ready, print one line of JSON: {"url":..,"launchUrl":..}
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Get {
    /// The id or name of a saved server, or user@host[:port]
    pub(crate) server: String,
    /// The query's id, for example system.load
    pub(crate) query: String,
    /// The query's arguments, a JSON object
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub(crate) args: String,
    /// Add the raw output to the reading
    #[arg(long)]
    pub(crate) raw: bool,
}

#[derive(Args)]
pub(crate) struct Show {
    /// The query's id, for example services.unit
    pub(crate) query: String,
    /// The query's arguments, a JSON object
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub(crate) args: String,
    /// The tool to show; without it the one that is tried first
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Option<String>,
}
