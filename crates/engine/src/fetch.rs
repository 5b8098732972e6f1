//! Gets a source's bytes from a server: a command's output, or files over SFTP, or by one command
//! where there is no SFTP.

use std::{sync::Arc, time::Duration};

use catalog::{Command, FixedPath, Source};
use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, Shared};

use crate::{Origin, Via, administrator::shown, cache::Raw, journal::Purpose, session::Link};

/// How long a command may take, and how much it may print.
const COMMAND_LIMITS: ssh::Limits = ssh::Limits {
    timeout: Duration::from_secs(30),
    output_bytes: 4 << 20,
};
/// How long files may take: a line that is silent for longer makes live figures stale.
const FILES_LIMITS: ssh::Limits = ssh::Limits {
    timeout: Duration::from_secs(6),
    output_bytes: 4 << 20,
};

/// What one source gave.
pub(crate) struct Fetched {
    pub(crate) raw: Raw,
    pub(crate) origin: Origin,
    pub(crate) at: DateTime<Utc>,
    pub(crate) took: Duration,
}

impl Fetched {
    /// What is left of a source that was started then and failed underway.
    pub(crate) fn nothing(link: &Link, source: &Source, at: DateTime<Utc>) -> Self {
        let origin = match source {
            Source::Command(command) => Origin::Command {
                command: shown(link.way, command),
                exit_code: None,
            },
            Source::Files(paths) => Origin::Files {
                paths: names(paths),
                via: Via::Sftp,
                command: None,
            },
        };
        let took = (Utc::now() - at).to_std().unwrap_or_default();
        Self {
            raw: Raw::default(),
            origin,
            at,
            took,
        }
    }
}

fn names(paths: &[FixedPath]) -> Vec<String> {
    paths.iter().map(|path| path.as_str().to_owned()).collect()
}

/// Files that were read for a whole plan.
pub(crate) struct Files {
    contents: Vec<(FixedPath, Vec<u8>)>,
    command: Option<String>,
    exit_code: Option<i32>,
    at: DateTime<Utc>,
    took: Duration,
}

/// One read of files that several questions wait for.
pub(crate) type SharedFiles = Shared<BoxFuture<'static, Result<Arc<Files>, ssh::ExecError>>>;

/// Gets the source's bytes; files from the shared read where there is one that holds them.
///
/// # Errors
/// The command or the read failed underway.
pub(crate) async fn fetch(
    link: &Link,
    purpose: &Purpose,
    source: &Source,
    together: Option<&SharedFiles>,
) -> Result<Fetched, ssh::ExecError> {
    match source {
        Source::Command(command) => run(link, purpose, command).await,
        Source::Files(paths) => {
            let files = match together {
                Some(together) => together.clone().await?,
                None => Arc::new(read_files(link, purpose, paths).await?),
            };
            Ok(pick(&files, paths))
        }
    }
}

/// Runs a command that only reads. When the channel closes without a word and without an exit code,
/// it is run once more: dropbear loses both now and then, when another of its processes ends in the
/// same moment.
///
/// # Errors
/// [`ssh::ExecError`], of the second run where there was one.
pub(crate) async fn ask(
    link: &Link,
    purpose: &Purpose,
    command: &Command,
    limits: &ssh::Limits,
) -> Result<ssh::ExecOutput, ssh::ExecError> {
    let connection = link.connection.witnessed(Arc::new(purpose.clone()));
    match connection.exec(command, None, limits).await {
        Err(ssh::ExecError::NoMarker {
            first_line: None,
            exit_code: None,
        }) => connection.exec(command, None, limits).await,
        first => first,
    }
}

async fn run(link: &Link, purpose: &Purpose, command: &Command) -> Result<Fetched, ssh::ExecError> {
    let at = Utc::now();
    let output = ask(link, purpose, command, &COMMAND_LIMITS).await?;
    let origin = Origin::Command {
        command: shown(link.way, command),
        exit_code: output.exit_code,
    };
    let raw = Raw {
        stdout: output.stdout,
        stderr: output.stderr,
        exit_code: output.exit_code,
        files: Vec::new(),
    };
    Ok(Fetched {
        raw,
        origin,
        at,
        took: output.duration,
    })
}

/// Reads files: over SFTP at once, else by the one command that prints them.
///
/// # Errors
/// The read failed underway; a file that is absent is only left out.
pub(crate) async fn read_files(
    link: &Link,
    purpose: &Purpose,
    paths: &[FixedPath],
) -> Result<Files, ssh::ExecError> {
    let at = Utc::now();
    let started = std::time::Instant::now();
    match link
        .connection
        .read_files(paths, FILES_LIMITS.timeout)
        .await
    {
        Ok(read) => {
            let contents = read
                .into_iter()
                .filter_map(|file| Some((file.path, file.bytes?)))
                .collect();
            Ok(Files {
                contents,
                command: None,
                exit_code: None,
                at,
                took: started.elapsed(),
            })
        }
        Err(ssh::ExecError::NoSftp | ssh::ExecError::NoSftpServer) => {
            let command = catalog::files::print(paths);
            let output = ask(link, purpose, &command, &FILES_LIMITS).await?;
            let mut printed = catalog::files::split(&output.stdout, paths);
            let contents = paths
                .iter()
                .filter_map(|path| Some((*path, printed.remove(path.as_str())?)))
                .collect();
            let exit_code = output.exit_code;
            Ok(Files {
                contents,
                command: Some(shown(link.way, &command)),
                exit_code,
                at,
                took: output.duration,
            })
        }
        Err(error) => Err(error),
    }
}

/// Of files that were read, those of one variant.
fn pick(files: &Files, paths: &[FixedPath]) -> Fetched {
    let contents = files
        .contents
        .iter()
        .filter(|(path, _)| paths.contains(path))
        .map(|(path, bytes)| (path.as_str(), bytes.clone()))
        .collect();
    let origin = Origin::Files {
        paths: names(paths),
        via: if files.command.is_some() {
            Via::Command
        } else {
            Via::Sftp
        },
        command: files.command.clone(),
    };
    let raw = Raw {
        files: contents,
        exit_code: files.exit_code,
        ..Raw::default()
    };
    Fetched {
        raw,
        origin,
        at: files.at,
        took: files.took,
    }
}
