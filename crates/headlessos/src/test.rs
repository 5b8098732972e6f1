//! `headlessos test`: the way to a server, step by step.

use std::{io::Write as _, process::ExitCode};

use anyhow::{Result, anyhow};
use engine::{ConnectionState, DiagnosisLine, Engine, Step, StepStatus};

use crate::{
    arguments::{Common, Test},
    ask, assemble,
    ls::{in_json, shown_lines},
    reach::{by_command_line, find_server, worded},
};

/// Takes all steps and prints each as it ends; the exit code is 0 where none failed.
///
/// # Errors
/// The server is not known, or the test could not begin.
pub(crate) fn run(common: &Common, wanted: &Test) -> Result<ExitCode> {
    by_command_line(async {
        let engine = assemble::engine(common)?;
        let id = find_server(&engine, &wanted.server)?.profile.id;
        let ok = tokio::select! {
            ok = steps(&engine, &id, wanted.json) => ok,
            _ = tokio::signal::ctrl_c() => Err(anyhow!("stopped")),
        };
        engine.disconnect_all().await;
        Ok(if ok? {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    })
}

async fn steps(engine: &Engine, id: &str, json: bool) -> Result<bool> {
    let mut changes = engine.changes();
    changes.mark_changed();
    let lines = engine.diagnose(id);
    let mut lines = lines.map_err(|error| worded(&error.body()))?;
    loop {
        tokio::select! {
            line = lines.recv() => match line {
                Some(DiagnosisLine::Done { ok, connected }) => {
                    if json {
                        let done = DiagnosisLine::Done { ok, connected };
                        print(&in_json(serde_json::to_string(&done)?))?;
                    }
                    return Ok(ok);
                }
                Some(line) if json => print(&in_json(serde_json::to_string(&line)?))?,
                Some(DiagnosisLine::Step { step }) => print(&shown_lines(&shown(&step)))?,
                Some(DiagnosisLine::Started { .. }) => {}
                None => return Err(anyhow!("the test broke off")),
            },
            changed = changes.changed() => {
                changed?;
                if let ConnectionState::Question { question } = engine.server(id)?.state {
                    let question_id = question.id().to_owned();
                    let answer =
                        tokio::task::spawn_blocking(move || ask::at_terminal(&question)).await?;
                    // The question may have been withdrawn meanwhile.
                    let _ = engine.answer(id, &question_id, answer);
                }
            }
        }
    }
}

fn print(line: &str) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")?;
    Ok(())
}

fn shown(step: &Step) -> String {
    let mark = match step.status {
        StepStatus::Ok => "ok     ",
        StepStatus::Warning => "warning",
        StepStatus::Failed => "FAILED ",
        StepStatus::Skipped => "-      ",
    };
    let took = step.took_ms.map(|took| format!(" ({took} ms)"));
    let mut text = format!("{mark}  {}{}", step.title, took.unwrap_or_default());
    if !step.detail.is_empty() {
        text.push_str(&format!(": {}", step.detail));
    }
    if let Some(hint) = &step.hint {
        text.push_str(&format!("\n         {hint}"));
    }
    text
}
