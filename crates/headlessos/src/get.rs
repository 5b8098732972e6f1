//! `headlessos get` and `servers`: the same engine without the browser.

use std::{fs, io::Write, path::Path, process::ExitCode, time::Duration};

use anyhow::{Context, Result, anyhow};
use catalog::Mode;
use engine::{Ask, ByModel, Fixture, Outcome, Server};

use crate::{
    arguments::{Common, Get},
    assemble,
    ls::in_json,
    reach::{become_administrator, by_command_line, connect, find_server, runtime, worded},
    show::{Refused, parse_args},
};

/// Lists the saved servers: id, name, address, what they may be used for.
///
/// # Errors
/// The database cannot be opened.
pub(crate) fn servers(common: &Common) -> Result<ExitCode> {
    let runtime = runtime()?;
    let _inside = runtime.enter();
    let engine = assemble::engine(common)?;
    let mut out = std::io::stdout().lock();
    for Server { profile, mode, .. } in engine.servers()? {
        let address = match (&profile.host, profile.port) {
            (Some(host), port) => {
                let at = if profile.user.is_empty() { "" } else { "@" };
                let port = port.map(|port| format!(":{port}")).unwrap_or_default();
                format!("{}{at}{host}{port}", profile.user)
            }
            (None, _) => format!("{}, in this process", profile.user),
        };
        let mode = match mode {
            Some(Mode::Observe) => "observe",
            Some(Mode::Operate) => "operate",
            Some(Mode::Administer) => "administer",
            None => "custom",
        };
        let production = if profile.production {
            ", production"
        } else {
            ""
        };
        writeln!(
            out,
            "{}\t{}\t{address}\t{mode}{production}",
            profile.id, profile.name
        )?;
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
    by_command_line(async {
        let engine = assemble::engine(common)?;
        let server = find_server(&engine, &get.server)?;
        let id = server.profile.id;
        let asked = async {
            connect(&engine, &id).await?;
            if get.administrator {
                become_administrator(&engine, &id).await?;
            }
            let ask = Ask {
                args,
                raw: get.raw,
                max_age: None,
                by_model: get.by_model,
            };
            let reading = engine.ask(&id, query.id(), ask.clone()).await;
            let reading = reading.map_err(|error| worded(&error.body()))?;
            if let Some(folder) = &get.record {
                // Of the answer that was just given, however long it took.
                let kept = Ask {
                    max_age: Some(Duration::MAX),
                    by_model: false,
                    ..ask
                };
                let fixture = engine.fixture(&id, query.id(), kept).await;
                record(folder, &fixture.map_err(|error| worded(&error.body()))?)?;
            }
            Ok(reading)
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
            in_json(serde_json::to_string_pretty(&reading)?)
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

/// Writes a fixture's files, and says on standard error what they no longer hold.
fn record(folder: &Path, fixture: &Fixture) -> Result<()> {
    let cannot = || format!("{} cannot be written", folder.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let mut err = std::io::stderr().lock();
    for file in &fixture.files {
        let path = folder.join(&file.name);
        fs::write(&path, &file.content).with_context(cannot)?;
        writeln!(err, "wrote {}", path.display())?;
    }
    if fixture.files.is_empty() {
        writeln!(
            err,
            "nothing was run on the server, so there is nothing to record"
        )?;
        return Ok(());
    }
    let replaced = fixture.replaced.iter();
    let parts = replaced.map(|replaced| format!("{} {}", replaced.count, replaced.kind));
    let replaced = parts.collect::<Vec<_>>().join(", ");
    let replaced = if replaced.is_empty() {
        "nothing"
    } else {
        &replaced
    };
    writeln!(
        err,
        "secrets removed: {}; replaced: {replaced}",
        fixture.removed
    )?;
    writeln!(
        err,
        "read the files before you give them to anybody: only what is known to be a secret or a name was taken out"
    )?;
    Ok(())
}
