//! `headlessos follow`: a feed of a server, one record a line, until it is stopped.

use std::{io::Write, process::ExitCode};

use anyhow::{Result, anyhow};
use engine::FeedLine;

use crate::{
    arguments::{Common, Follow},
    assemble,
    ls::{in_json, shown},
    reach::{become_administrator, by_command_line, connect, find_server, worded},
    show::{Refused, parse_args},
};

/// Connects, follows and prints each record as a line of JSON; what is no record goes to standard
/// error.
///
/// # Errors
/// The server is not known or cannot be reached, an argument is refused, or the feed failed.
pub(crate) fn run(common: &Common, wanted: &Follow) -> Result<ExitCode> {
    let args = parse_args(&wanted.args)?;
    let feed = catalog::find_feed(&wanted.feed).ok_or_else(|| {
        Refused(format!(
            "there is no feed called {:?}; `headlessos catalog` lists them",
            wanted.feed
        ))
    })?;
    feed.source(0, &args)
        .map_err(|error| Refused(error.to_string()))?;
    by_command_line(async {
        let engine = assemble::engine(common)?;
        let server = find_server(&engine, &wanted.server)?;
        let id = server.profile.id;
        let followed = async {
            connect(&engine, &id).await?;
            if wanted.administrator {
                become_administrator(&engine, &id).await?;
            }
            let lines = engine.follow(&id, feed.id(), &args);
            let mut lines = lines.map_err(|error| worded(&error.body()))?;
            while let Some(line) = lines.recv().await {
                if let Some(code) = print(line)? {
                    return Ok(code);
                }
            }
            Ok(ExitCode::SUCCESS)
        };
        let code = tokio::select! {
            code = followed => code,
            _ = tokio::signal::ctrl_c() => Ok(ExitCode::SUCCESS),
        };
        // Nothing may go on running on the server.
        engine.disconnect_all().await;
        code
    })
}

/// Prints one line; gives the exit code where it was the last.
fn print(line: FeedLine) -> Result<Option<ExitCode>> {
    match line {
        FeedLine::Started { .. } => {}
        FeedLine::Record { record } => {
            let mut out = std::io::stdout().lock();
            writeln!(out, "{}", in_json(serde_json::to_string(&record)?))?;
            out.flush()?;
        }
        FeedLine::Unread { text } => eprintln!("headlessos: not understood: {}", shown(&text)),
        FeedLine::Dropped { count } => {
            eprintln!("headlessos: {count} records came faster than they were taken");
        }
        FeedLine::Interrupted { error } => {
            eprintln!(
                "headlessos: {}; it goes on when the connection is back",
                shown(&error.message)
            );
        }
        FeedLine::Ended { exit_code, said } => {
            if let Some(said) = said {
                eprintln!("headlessos: {}", shown(&said));
            }
            return Ok(Some(match exit_code {
                Some(0) => ExitCode::SUCCESS,
                _ => ExitCode::FAILURE,
            }));
        }
        FeedLine::Error { error } => return Err(anyhow!(worded(&error))),
    }
    Ok(None)
}
