//! `headlessos get` and `servers`: the same engine without the browser.

use std::{io::Write, process::ExitCode};

use anyhow::{Result, anyhow};
use engine::{Ask, ByModel, Outcome, Server};

use crate::{
    arguments::{Common, Get},
    assemble,
    reach::{connect, find_server, runtime, worded},
    show::{Refused, parse_args},
};

/// Lists the saved servers: id, name, address.
///
/// # Errors
/// The database cannot be opened.
pub(crate) fn servers(common: &Common) -> Result<ExitCode> {
    let runtime = runtime()?;
    let _inside = runtime.enter();
    let engine = assemble::engine(common)?;
    let mut out = std::io::stdout().lock();
    for Server { profile, .. } in engine.servers()? {
        let address = match (&profile.host, profile.port) {
            (Some(host), Some(port)) => format!("{}@{host}:{port}", profile.user),
            _ => format!("{}, in this process", profile.user),
        };
        writeln!(out, "{}\t{}\t{address}", profile.id, profile.name)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Connects, asks once and prints the reading.
///
/// # Errors
/// The server is not known or cannot be reached, or an argument is refused.
pub(crate) fn run(common: &Common, get: &Get) -> Result<ExitCode> {
    let args = parse_args(&get.args)?;
    let query = catalog::find(&get.query).ok_or_else(|| {
        Refused(format!(
            "there is no query called {:?}; `headlessos catalog` lists them",
            get.query
        ))
    })?;
    query
        .prepare(&args)
        .map_err(|error| Refused(error.to_string()))?;
    runtime()?.block_on(async {
        let engine = assemble::engine(common)?;
        let server = find_server(&engine, &get.server)?;
        let id = server.profile.id;
        let asked = async {
            connect(&engine, &id).await?;
            let ask = Ask {
                args,
                raw: get.raw,
                max_age: None,
                by_model: get.by_model,
            };
            let reading = engine.ask(&id, query.id(), ask).await;
            reading.map_err(|error| worded(&error.body()))
        };
        let reading = tokio::select! {
            reading = asked => reading,
            _ = tokio::signal::ctrl_c() => Err(anyhow!("stopped")),
        };
        // Also where it failed: nothing may go on running on the server.
        engine.disconnect_all().await;
        let reading = reading?;
        writeln!(
            std::io::stdout().lock(),
            "{}",
            serde_json::to_string_pretty(&reading)?
        )?;
        match &reading.model {
            Some(ByModel::Read { model, .. }) => eprintln!(
                "headlessos: no parser understood the output; this is what {} read in it",
                model.name
            ),
            Some(ByModel::Offered { model, .. }) => eprintln!(
                "headlessos: no parser understood the output; with --by-model, {} at {} is asked",
                model.name, model.address
            ),
            Some(ByModel::Failed { .. }) | None => {}
        }
        Ok(match reading.outcome {
            Outcome::Ok { .. } => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        })
    })
}
