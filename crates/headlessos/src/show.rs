//! `headlessos show`, `catalog` and `openapi`: what the catalog holds, without any server.

use std::{io::Write, process::ExitCode};

use anyhow::{Context, Result, bail};
use catalog::{FEEDS, QUERIES, Source};
use serde_json::Value;

use crate::arguments::Show;

/// An argument that was refused: the program ends with exit code 2.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// Reads `--args`.
///
/// # Errors
/// [`Refused`] where it is no JSON object.
pub(crate) fn parse_args(text: &str) -> Result<Value> {
    match serde_json::from_str(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => bail!(Refused("--args is not a JSON object".to_owned())),
        Err(error) => bail!(Refused(format!("--args is not JSON: {error}"))),
    }
}

/// Prints the command that a query would run, or the files that it would read.
///
/// # Errors
/// [`Refused`] where the query or an argument is not one.
pub(crate) fn run(show: &Show) -> Result<ExitCode> {
    let query = catalog::find(&show.query).ok_or_else(|| {
        Refused(format!(
            "there is no query called {:?}; `headlessos catalog` lists them",
            show.query
        ))
    })?;
    let prepared = query
        .prepare(&parse_args(&show.args)?)
        .map_err(|error| Refused(error.to_string()))?;
    let variants = query.variants();
    let index = match &show.variant {
        None => 0,
        Some(name) => variants
            .iter()
            .position(|(known, _)| known == name)
            .ok_or_else(|| {
                let names: Vec<&str> = variants.iter().map(|(name, _)| *name).collect();
                Refused(format!(
                    "{} has no variant {name:?}, but {}",
                    query.id(),
                    names.join(", ")
                ))
            })?,
    };
    let mut out = std::io::stdout().lock();
    match prepared.source(index).context("the query has no variant")? {
        Source::Command(command) => writeln!(out, "{command}")?,
        Source::Files(paths) => {
            writeln!(out, "# read over SFTP; without SFTP by this command:")?;
            writeln!(out, "{}", catalog::files::print(paths))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists the queries and the feeds.
///
/// # Errors
/// Standard output is gone.
pub(crate) fn catalog(json: bool) -> Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(
            out,
            "{}",
            serde_json::to_string_pretty(&headlessos_http::catalog())?
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    let queries = QUERIES
        .iter()
        .map(|query| (query.id(), query.title(), query.variants()));
    let feeds = FEEDS
        .iter()
        .map(|feed| (feed.id(), feed.title(), feed.variants()));
    let listed: Vec<_> = queries.chain(feeds).collect();
    let width = listed.iter().map(|(id, ..)| id.len()).max().unwrap_or(0);
    for (at, (id, title, variants)) in listed.into_iter().enumerate() {
        if at == 0 {
            writeln!(out, "To ask, with `headlessos get`:")?;
        } else if at == QUERIES.len() {
            writeln!(out, "\nTo follow, with `headlessos follow`:")?;
        }
        let tools: Vec<&str> = variants.iter().map(|(name, _)| *name).collect();
        writeln!(out, "{id:width$}  {title} ({})", tools.join(", "))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints the OpenAPI document.
///
/// # Errors
/// Standard output is gone.
pub(crate) fn openapi() -> Result<ExitCode> {
    writeln!(std::io::stdout().lock(), "{}", headlessos_http::openapi())?;
    Ok(ExitCode::SUCCESS)
}
