//! The files of the servers, as the surfaces use them.
//!
//! Invariant: they are reached only through the gate: [`ServerFiles`] exists only where the profile
//! grants `files.read`, [`ServerFilesToChange`] only where it grants `files.write`, and both send nothing
//! more once that is taken away. All goes over SFTP; no command is run but the one that searches in
//! content.

mod archive;
mod change;
mod content;
pub(crate) mod jobs;
mod list;
mod part;
mod problem;
mod read;
mod save;
mod shown;
mod sibling;
mod survey;
mod trash;
mod upload;
mod versions;
mod walk;

use std::{ops::Deref, sync::Arc};

use catalog::{Capability, arguments::RemotePath, elevation::Elevation};
use chrono::Utc;
use ssh::{FileError, Files};
use store::{NewJournalEntry, Store, Stray};

pub use archive::ArchiveFormat;
pub use content::{FoundLine, SearchText};
pub use jobs::{
    Conflict, ConflictQuestion, FileJob, JobAction, JobFailure, JobState, NewFileJob, Priority,
    Transfer,
};
pub use list::ListLine;
pub use problem::{Doing, Problem};
pub use read::Content;
pub use save::{SaveOptions, Saved, Text};
pub use shown::{Entry, Info, Kind, Link, Named, Space};
pub use survey::{Found, MeasureDone, MeasureLine, Measured, Search, SearchLine, Searched, Unread};
pub use trash::{Trash, Trashed};
pub use upload::{UploadResult, Uploaded};
pub use versions::FileVersion;

use crate::{Engine, Error, gate, journal, session::Session};

/// The files of one server, to read.
#[derive(Clone)]
pub struct ServerFiles {
    pub(crate) files: Files,
    /// Its name, for errors.
    pub(crate) server: String,
    /// Its id.
    pub(crate) id: String,
    /// How they are root's; `None`: they are as the user may use them.
    pub(crate) way: Option<Elevation>,
    pub(crate) store: Arc<Store>,
}

/// The files of one server, to read and to change.
#[derive(Clone)]
pub struct ServerFilesToChange(ServerFiles);

impl Deref for ServerFilesToChange {
    type Target = ServerFiles;

    fn deref(&self) -> &ServerFiles {
        &self.0
    }
}

impl Engine {
    /// The files of a server, to read.
    ///
    /// # Errors
    /// The profile does not grant `files.read`, there is no connection, or the server has no SFTP.
    pub async fn files(&self, server: &str) -> Result<ServerFiles, Error> {
        let session = self.session(server)?;
        open(&session, &self.options.store).await
    }

    /// The files of a server, to read and to change.
    ///
    /// # Errors
    /// The profile does not grant `files.read` and `files.write`, there is no connection, or the
    /// server has no SFTP.
    pub async fn files_to_change(&self, server: &str) -> Result<ServerFilesToChange, Error> {
        let session = self.session(server)?;
        open_to_change(&session, &self.options.store).await
    }
}

/// What it takes to look at files, and to change them.
pub(crate) const READ: &[Capability] = &[Capability::FilesRead];
pub(crate) const CHANGE: &[Capability] = &[Capability::FilesRead, Capability::FilesWrite];

/// Opens the files of a server, to read.
///
/// # Errors
/// The profile does not grant `files.read`, there is no connection, or the server has no SFTP.
pub(crate) async fn open(session: &Arc<Session>, store: &Arc<Store>) -> Result<ServerFiles, Error> {
    open_for(session, store, READ).await
}

/// The same, to change them too.
///
/// # Errors
/// As of [`open`]; the profile does not grant `files.write`.
pub(crate) async fn open_to_change(
    session: &Arc<Session>,
    store: &Arc<Store>,
) -> Result<ServerFilesToChange, Error> {
    Ok(ServerFilesToChange(open_for(session, store, CHANGE).await?))
}

async fn open_for(
    session: &Arc<Session>,
    store: &Arc<Store>,
    needs: &'static [Capability],
) -> Result<ServerFiles, Error> {
    for capability in needs {
        gate::check(&session.profile(), *capability)?;
    }
    let granted = gate::check(&session.profile(), Capability::FilesRead)?;
    session.used();
    let link = session.link(granted)?;
    let server = session.profile().name.clone();
    let asked = Arc::clone(session);
    let pass: ssh::Pass = Arc::new(move || asked.holds(needs));
    match link.connection.files().await {
        Ok(files) => Ok(ServerFiles {
            files: files.only_while(pass),
            server,
            id: session.id().to_owned(),
            way: link.way,
            store: Arc::clone(store),
        }),
        Err(error) => Err(problem::error(
            &server,
            &RemotePath::root(),
            Doing::Look,
            Problem::Sftp(error.into()),
        )),
    }
}

/// Writes changes into the journal: what was done on a server, to what, and how it went.
pub(crate) fn write_down(
    store: &Arc<Store>,
    (server, way): (&str, Option<Elevation>),
    what: &'static str,
    changes: Vec<(String, String)>,
) {
    let at = Utc::now();
    let entry = |(command, outcome)| NewJournalEntry {
        at,
        server: server.to_owned(),
        capability: Capability::FilesWrite,
        query: what.to_owned(),
        variant: way.map_or_else(
            || "sftp".to_owned(),
            |way| format!("{} sftp", way.program()),
        ),
        command,
        exit_code: None,
        duration_ms: 0,
        outcome,
    };
    journal::append(store, changes.into_iter().map(entry).collect());
}

/// Removes hidden files that a lost connection left on a server.
pub(crate) async fn sweep(session: Arc<Session>, strays: Vec<Stray>) {
    let store = Arc::clone(session.store());
    let Ok(files) = open_to_change(&session, &store).await else {
        return;
    };
    for stray in strays {
        files.clear(&stray).await;
    }
}

impl ServerFiles {
    /// The server's name.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The words for a failure about one path.
    pub(crate) async fn failed(&self, path: &RemotePath, doing: Doing, error: FileError) -> Error {
        let problem = problem::explain(&self.files, path, doing, error).await;
        self.refused(path, doing, problem)
    }

    /// Writes a change into the journal: what was done, to what, and how it went.
    pub(crate) fn write_down(&self, what: &'static str, path: &RemotePath, outcome: &str) {
        let change = (path.to_string(), outcome.to_owned());
        write_down(&self.store, (&self.id, self.way), what, vec![change]);
    }

    pub(crate) fn refused(&self, path: &RemotePath, doing: Doing, problem: Problem) -> Error {
        problem::error(&self.server, path, doing, problem)
    }
}
