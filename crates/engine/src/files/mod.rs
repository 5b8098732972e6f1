//! The files of the servers, as the surfaces use them.
//!
//! Invariant: they are reached only through the gate: [`ServerFiles`] exists only where the profile
//! grants `files.read`, [`ServerFilesToChange`] only where it grants `files.write`, and both send nothing
//! more once that is taken away. All goes over SFTP; no command is run but the one that searches in
//! content.

mod archive;
mod change;
mod content;
mod ground;
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
mod way;

use std::{ops::Deref, sync::Arc};

use catalog::{Capability, arguments::RemotePath, elevation::Elevation};
use ssh::{FileError, Files, NoPass};
use store::{Deed, Profile, Store, Stray};

pub use archive::ArchiveFormat;
pub use content::{FoundLine, SearchText};
pub use jobs::{
    AttributeChange, Conflict, ConflictQuestion, FileJob, JobAction, JobFailure, JobState,
    NewFileJob, Priority, Transfer,
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

use crate::{
    Engine, Error,
    gate::{self, Granted},
    journal::{Begun, Purpose},
    session::Session,
};

/// The files of one server, to read.
#[derive(Clone)]
pub struct ServerFiles {
    pub(crate) files: Files,
    /// Its name, for errors.
    pub(crate) server: String,
    pub(crate) profile: Arc<Profile>,
    /// Its id.
    pub(crate) id: String,
    pub(crate) store: Arc<Store>,
    /// The number of the user who works on them there.
    pub(crate) user: u32,
    /// By what right they are used, and who uses them.
    pub(crate) purpose: Purpose,
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

impl AsRef<Self> for ServerFiles {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl AsRef<ServerFiles> for ServerFilesToChange {
    fn as_ref(&self) -> &ServerFiles {
        self
    }
}

impl Engine {
    /// The files of a server, to read.
    ///
    /// # Errors
    /// The profile does not grant `files.read`, there is no connection, or the server has no SFTP.
    pub async fn files(&self, server: &str) -> Result<ServerFiles, Error> {
        let session = self.session(server)?;
        open(&session, None).await
    }

    /// The files of a server, to read and to change.
    ///
    /// # Errors
    /// The profile does not grant `files.read` and `files.write`, there is no connection, or the
    /// server has no SFTP.
    pub async fn files_to_change(&self, server: &str) -> Result<ServerFilesToChange, Error> {
        let session = self.session(server)?;
        open_to_change(&session, None).await
    }
}

/// What it takes to look at files, and to change them.
pub(crate) const READ: &[Capability] = &[Capability::FilesRead];
pub(crate) const CHANGE: &[Capability] = &[Capability::FilesRead, Capability::FilesWrite];

/// Opens the files of a server, to read. `user`: the number of the one who shall work on them; `None`:
/// whoever does now, which is root while administrator access is on.
///
/// # Errors
/// The profile does not grant `files.read`, there is no connection, it is not this user's, or the server
/// has no SFTP.
pub(crate) async fn open(session: &Arc<Session>, user: Option<u32>) -> Result<ServerFiles, Error> {
    open_for(session, READ, user).await
}

/// The same, to change them too.
///
/// # Errors
/// As of [`open`]; the profile does not grant `files.write`.
pub(crate) async fn open_to_change(
    session: &Arc<Session>,
    user: Option<u32>,
) -> Result<ServerFilesToChange, Error> {
    let granted = gate::check(&session.profile(), Capability::FilesWrite)?;
    let files = open_for(session, CHANGE, user).await?;
    let purpose = Purpose {
        granted,
        ..files.purpose
    };
    Ok(ServerFilesToChange(ServerFiles { purpose, ..files }))
}

async fn open_for(
    session: &Arc<Session>,
    needs: &'static [Capability],
    user: Option<u32>,
) -> Result<ServerFiles, Error> {
    for capability in needs {
        gate::check(&session.profile(), *capability)?;
    }
    let granted = gate::check(&session.profile(), Capability::FilesRead)?;
    session.used();
    let link = match user {
        None => session.link(granted)?,
        Some(user) => session.link_of(granted, user)?,
    };
    let profile = session.profile();
    let server = profile.name.clone();
    let asked = Arc::clone(session);
    let of = Arc::downgrade(&session.user_link(granted)?);
    let pass: ssh::Pass = Arc::new(move || match asked.holds(needs) {
        Err(capability) => Err(NoPass::Withdrawn(capability)),
        Ok(()) if asked.is_linked_by(&of) => Ok(()),
        Ok(()) => Err(NoPass::Left),
    });
    match link.connection.files().await {
        Ok(files) => Ok(ServerFiles {
            files: files.only_while(pass),
            server,
            profile,
            id: session.id().to_owned(),
            store: Arc::clone(session.store()),
            user: link.facts.uid,
            purpose: purpose(session, granted, link.way),
        }),
        Err(error) => Err(problem::error(
            &server,
            &RemotePath::root(),
            Doing::Look,
            Problem::Sftp(error.into()),
        )),
    }
}

/// By what right and by which tool files are used, for the journal.
pub(crate) fn purpose(session: &Session, granted: Granted, way: Option<Elevation>) -> Purpose {
    let tool = way.map_or_else(
        || "sftp".to_owned(),
        |way| format!("{} sftp", way.program()),
    );
    session.purpose(granted, "files", tool)
}

impl ServerFilesToChange {
    /// Writes that a change is about to be made: what is done, and to what.
    ///
    /// # Errors
    /// [`Error::Unwritten`].
    pub(crate) async fn begin(
        &self,
        what: &'static str,
        path: &RemotePath,
    ) -> Result<Begun, Error> {
        self.begin_words(what, &path.to_string()).await
    }

    /// The same, in words.
    ///
    /// # Errors
    /// As above.
    pub(crate) async fn begin_words(
        &self,
        what: &'static str,
        words: &str,
    ) -> Result<Begun, Error> {
        let purpose = self.purpose.named(what, self.purpose.tool.clone());
        purpose.begin_deed(Deed::FileChange, words).await
    }
}

/// Removes hidden files that a lost connection left on a server.
pub(crate) async fn sweep(session: Arc<Session>, strays: Vec<Stray>) {
    let Ok(files) = open_to_change(&session, None).await else {
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

    /// The same, where more may be known than SFTP says.
    pub(crate) async fn failed_by(
        &self,
        path: &RemotePath,
        doing: Doing,
        problem: Problem,
    ) -> Error {
        match problem {
            Problem::Sftp(error) => self.failed(path, doing, error).await,
            problem => self.refused(path, doing, problem),
        }
    }

    pub(crate) fn refused(&self, path: &RemotePath, doing: Doing, problem: Problem) -> Error {
        problem::error(&self.server, path, doing, problem)
    }
}
