//! `headlessos cp`: a job on files from the command line. This computer's files are reached through
//! its own SFTP server, in memory, so that both ends are alike.

use std::{
    collections::BTreeMap,
    io::{IsTerminal, Write},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Result, anyhow, bail};
use catalog::arguments::{FileName, RemotePath};
use engine::{
    Answer, Conflict, ConnectionState, Engine, FileJob, JobAction, JobFailure, JobState, Kind,
    NewFileJob, Priority, Question, Transfer,
};

use crate::{
    arguments::{Common, Cp, Taken},
    ask, assemble,
    ls::shown,
    place::{self, Place},
    reach::{become_administrator, by_command_line, connect, find_server, worded},
    show::Refused,
};

/// How often the terminal is told how far it is.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// Copies.
///
/// # Errors
/// A server cannot be reached, or an argument makes no sense.
pub(crate) fn run(common: &Common, wanted: &Cp) -> Result<ExitCode> {
    let mut places: Vec<Place> = wanted
        .places
        .iter()
        .map(|word| Place::parse(word))
        .collect();
    let target = places.pop().ok_or_else(|| anyhow!("no target"))?;
    by_command_line(async {
        let engine = assemble::engine(common)?;
        let copied = tokio::select! {
            copied = copy(&engine, wanted, &places, &target) => copied,
            _ = tokio::signal::ctrl_c() => {
                stop(&engine).await;
                Err(anyhow!("stopped; the same command with --resume goes on"))
            }
        };
        engine.disconnect_all().await;
        copied
    })
}

/// Holds what is at work, so that its parts stay to go on with.
async fn stop(engine: &Engine) {
    for job in engine.file_jobs() {
        // A failure means that it is over.
        let _ = engine.control_file_job(&job.id, JobAction::Pause, None);
    }
    tokio::time::sleep(TELL_EVERY).await;
}

/// The servers that were reached, by the names they were typed with, with their ids and home folders.
struct Reached<'e> {
    engine: &'e Arc<Engine>,
    administrator: bool,
    servers: BTreeMap<String, (String, RemotePath)>,
}

impl Reached<'_> {
    /// A server's id and a path there, connected.
    async fn resolve(&mut self, place: &Place) -> Result<(String, RemotePath)> {
        match place {
            Place::Here(path) => {
                let id = "this-computer".to_owned();
                open_here(self.engine, &id).await?;
                Ok((id, place::here(path)?))
            }
            Place::There(server, path) => {
                let (id, home) = match self.servers.get(server) {
                    Some(reached) => reached.clone(),
                    None => {
                        let reached = self.reach(server).await?;
                        self.servers.insert(server.clone(), reached.clone());
                        reached
                    }
                };
                let path = place::there(path, &home).map_err(|error| Refused(error.to_string()))?;
                Ok((id, path))
            }
        }
    }

    async fn reach(&self, server: &str) -> Result<(String, RemotePath)> {
        let id = find_server(self.engine, server)?.profile.id;
        connect(self.engine, &id).await?;
        if self.administrator {
            become_administrator(self.engine, &id).await?;
        }
        let files = self.engine.files(&id).await;
        let files = files.map_err(|error| worded(&error.body()))?;
        let home = files.home().await.map_err(|error| worded(&error.body()))?;
        Ok((id, home))
    }
}

/// Whoever types this command has this computer's files already: nobody is asked about root.
async fn open_here(engine: &Engine, id: &str) -> Result<()> {
    let mut changes = engine.changes();
    engine.connect(id)?;
    loop {
        changes.mark_unchanged();
        match engine.server(id)?.state {
            ConnectionState::Connected { .. } => return Ok(()),
            ConnectionState::Failed { error } => return Err(worded(&error)),
            ConnectionState::Question {
                question: Question::RunAsRoot { id: question },
            } => {
                engine.answer(id, &question, Answer::Trust { trust: true })?;
            }
            _ => changes.changed().await?,
        }
    }
}

async fn copy(
    engine: &Arc<Engine>,
    wanted: &Cp,
    sources: &[Place],
    target: &Place,
) -> Result<ExitCode> {
    let mut reached = Reached {
        engine,
        administrator: wanted.administrator,
        servers: BTreeMap::new(),
    };
    let (to_server, to_path) = reached.resolve(target).await?;
    let to_files = engine
        .files(&to_server)
        .await
        .map_err(|error| worded(&error.body()))?;
    let there = to_files
        .infos(std::slice::from_ref(&to_path))
        .await
        .map_err(|error| worded(&error.body()))?;
    let is_folder = there
        .into_iter()
        .flatten()
        .any(|info| info.kind == Kind::Folder || info.target_kind == Some(Kind::Folder));
    let (to_folder, name) = match to_path.split() {
        _ if is_folder => (to_path, None),
        Some((folder, name)) if sources.len() == 1 => (folder, Some(name)),
        _ => bail!(Refused(format!("{to_path} is not a folder"))),
    };
    let mut ended_well = true;
    // One job for each server, in the order they come.
    let mut rest = sources;
    while let Some(first) = rest.first() {
        let (server, _) = reached.resolve(first).await?;
        let mut paths = Vec::new();
        while let Some(next) = rest.first() {
            let (of, path) = reached.resolve(next).await?;
            if of != server {
                break;
            }
            paths.push(path);
            rest = rest.get(1..).unwrap_or_default();
        }
        check_folders(engine, &server, &paths, wanted).await?;
        let new = NewFileJob::Copy(Transfer {
            server,
            paths,
            to_server: to_server.clone(),
            to_folder: to_folder.clone(),
            to_names: name.clone().map(|name: FileName| vec![name]),
            conflict: match wanted.conflict {
                Taken::Replace => Conflict::Replace,
                Taken::Skip => Conflict::Skip,
                Taken::Rename => Conflict::Rename,
                Taken::Newer => Conflict::Newer,
            },
            resume: wanted.resume,
            verify: wanted.verify,
            priority: Priority::default(),
        });
        let job = begin(engine, new, wanted.confirm.clone()).await?;
        ended_well &= follow(engine, &job.id, wanted).await?;
    }
    Ok(if ended_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Begins the job; where it takes the server's name, that is asked for at a terminal.
async fn begin(engine: &Engine, new: NewFileJob, confirm: Option<String>) -> Result<FileJob> {
    let error = match engine.begin_file_job(new.clone(), confirm.as_deref()) {
        Ok(job) => return Ok(job),
        Err(error) => error,
    };
    let engine::Error::Unconfirmed { server, .. } = &error else {
        return Err(worded(&error.body()));
    };
    if confirm.is_some() || !std::io::stdin().is_terminal() {
        bail!(Refused(format!(
            "{error}; give its name: --confirm {server:?}"
        )));
    }
    let question = format!("{error}.\nType its name to go on: ");
    let typed = tokio::task::spawn_blocking(move || ask::line(&question)).await?;
    let begun = engine.begin_file_job(new, typed.as_deref());
    begun.map_err(|error| worded(&error.body()))
}

/// Folders are copied only where that was said.
async fn check_folders(
    engine: &Engine,
    server: &str,
    paths: &[RemotePath],
    wanted: &Cp,
) -> Result<()> {
    let files = engine
        .files(server)
        .await
        .map_err(|error| worded(&error.body()))?;
    let infos = files
        .infos(paths)
        .await
        .map_err(|error| worded(&error.body()))?;
    for (path, info) in paths.iter().zip(infos) {
        match info {
            None => bail!(
                "{}: there is no such file or folder",
                shown(&path.to_string())
            ),
            Some(info) if info.kind == Kind::Folder && !wanted.recursive => {
                bail!(Refused(format!(
                    "{} is a folder; -r copies it",
                    shown(&path.to_string())
                )));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Follows a job to its end; whether all of it succeeded.
async fn follow(engine: &Engine, id: &str, wanted: &Cp) -> Result<bool> {
    let draws = !wanted.quiet && std::io::stderr().is_terminal();
    let mut over = std::pin::pin!(engine.file_job_over(id));
    let job = loop {
        if let Ok(job) = tokio::time::timeout(TELL_EVERY, &mut over).await {
            break job?;
        }
        if draws {
            eprint!("\r\x1b[K{}", progress(&engine.file_job(id)?));
        }
    };
    let mut out = std::io::stderr().lock();
    if draws {
        write!(out, "\r\x1b[K")?;
    }
    for failure in &job.failures {
        writeln!(out, "headlessos: {}", failed(failure))?;
    }
    let named = job.failures.len() as u64;
    if job.failure_count > named {
        writeln!(out, "headlessos: and {} more", job.failure_count - named)?;
    }
    if !wanted.quiet {
        writeln!(
            out,
            "{} copied, {}; {} left out, {} failed",
            count(job.files_done),
            size(job.bytes_done),
            job.skipped,
            job.failure_count
        )?;
    }
    Ok(job.state == JobState::Done)
}

/// One line for a terminal: a name in it, or in the error's words, may hold anything.
fn failed(failure: &JobFailure) -> String {
    let (path, message) = (shown(&failure.path), shown(&failure.error.message));
    format!("{path}: {message}")
}

fn count(files: u64) -> String {
    match files {
        1 => "1 file or folder".to_owned(),
        files => format!("{files} files and folders"),
    }
}

/// One line for a terminal.
fn progress(job: &FileJob) -> String {
    let done = size(job.bytes_done);
    let mut line = match (job.state, job.bytes_total) {
        (JobState::Waiting, _) => format!("{done}, waiting for the connection"),
        (_, Some(total)) if total > 0 => {
            let share = job.bytes_done.min(total) * 20 / total;
            let filled = usize::try_from(share).unwrap_or(20);
            let bar = format!("{}{}", "#".repeat(filled), "-".repeat(20 - filled));
            let left = match job.bytes_per_second {
                0 => String::new(),
                speed => format!(", {} s left", total.saturating_sub(job.bytes_done) / speed),
            };
            format!(
                "[{bar}] {done} of {}, {}/s{left}",
                size(total),
                size(job.bytes_per_second)
            )
        }
        _ => format!("{done}, {}/s", size(job.bytes_per_second)),
    };
    if let Some(current) = &job.current {
        let name: String = shown(current).chars().rev().take(40).collect();
        line.push_str("  ");
        line.extend(name.chars().rev());
    }
    line
}

/// For people, in powers of 1024.
fn size(bytes: u64) -> String {
    let mut size = bytes;
    let mut tenths = 0;
    for unit in ["B", "KiB", "MiB", "GiB"] {
        if size < 1024 {
            return match unit {
                "B" => format!("{size} B"),
                unit => format!("{size}.{tenths} {unit}"),
            };
        }
        tenths = size % 1024 * 10 / 1024;
        size /= 1024;
    }
    format!("{size}.{tenths} TiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_moves_no_cursor() {
        let name = "/a\u{1b}[2J\n";
        let error = engine::Error::Invalid(format!("cannot read {name}\u{9b}"));
        let failure = JobFailure {
            path: name.to_owned(),
            error: error.body(),
        };
        let said = failed(&failure);
        assert!(!said.contains(char::is_control), "{said:?}");
        assert!(said.starts_with("/a\\u{1b}[2J\\n: "), "{said:?}");
    }

    #[test]
    fn sizes_are_for_people() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(1536), "1.5 KiB");
        assert_eq!(size(5 << 30), "5.0 GiB");
        assert_eq!(size(3 << 40), "3.0 TiB");
    }
}
