//! A folder's names, as they come: several requests for the next ones are always under way.
//!
//! Invariant: only names that a folder can hold come out; a server that sends others is cut off
//! there, and one that sends them without end too. Memory holds no more than what is under way, however
//! long the folder is.

use std::collections::VecDeque;

use catalog::arguments::{FileName, RemotePath};
use sftp::{Answer, Request};

use super::{
    error::FileError,
    files::{Files, Handle, Metadata, raw},
    session::{Failure, Pending},
};

/// Requests under way: at a hundred names each, one round trip brings 1600.
const UNDER_WAY: usize = 16;
/// Answers without any name in a row before it is taken for one that will never end.
const EMPTY_ANSWERS: usize = 100;
/// Names of one folder: one with more has no end.
const MOST_NAMES: usize = 2_000_000;

/// One thing in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderEntry {
    /// Its name.
    pub name: FileName,
    /// Of a link itself.
    pub metadata: Metadata,
    /// How many names the file has; `None`: the server does not say.
    pub hard_links: Option<u32>,
}

/// A folder that is being listed.
pub struct Folder {
    handle: Handle,
    pending: VecDeque<Pending>,
    empty: usize,
    /// Names that came.
    named: usize,
    /// Begins small, so that a short folder costs no more than it needs.
    wanted: usize,
}

impl Files {
    /// Begins to list a folder.
    ///
    /// # Errors
    /// As the server says.
    pub async fn folder(&self, path: &RemotePath) -> Result<Folder, FileError> {
        let handle = self.handle(Request::OpenDir { path: raw(path) }).await?;
        Ok(Folder {
            handle,
            pending: VecDeque::new(),
            empty: 0,
            named: 0,
            wanted: 2,
        })
    }
}

impl Folder {
    /// The next names, in the server's order, `.` and `..` left out; `None`: there are no more.
    ///
    /// # Errors
    /// As the server says, or it sends a name that cannot be one, or more than two million.
    pub async fn next(&mut self) -> Result<Option<Vec<FolderEntry>>, FileError> {
        loop {
            while self.pending.len() < self.wanted {
                let handle = self.handle.id.clone();
                let request = Request::ReadDir { handle };
                self.pending.push_back(self.handle.session.ask(request));
            }
            let Some(next) = self.pending.pop_front() else {
                return Ok(None);
            };
            let entries = match next.await {
                Ok(Answer::Name(entries)) => entries,
                Ok(_) => return Err(Failure::Unfit.into()),
                Err(failure) if failure.is_end_of_file() => {
                    self.wanted = 0;
                    self.pending.clear();
                    return Ok(None);
                }
                Err(failure) => return Err(failure.into()),
            };
            self.wanted = UNDER_WAY.min(self.wanted * 2);
            let found = entries
                .into_iter()
                .filter(|entry| &entry.name[..] != b"." && &entry.name[..] != b"..")
                .map(|entry| {
                    let name = FileName::from_bytes(&entry.name);
                    let name = name.map_err(|refused| FileError::Protocol {
                        reason: refused.to_string(),
                    })?;
                    Ok(FolderEntry {
                        name,
                        metadata: entry.attributes,
                        hard_links: entry.hard_links(),
                    })
                })
                .collect::<Result<Vec<_>, FileError>>()?;
            self.named = self.named.saturating_add(found.len());
            if self.named > MOST_NAMES {
                return Err(FileError::Protocol {
                    reason: format!("the folder's list goes on after {MOST_NAMES} names"),
                });
            }
            if !found.is_empty() {
                self.empty = 0;
                return Ok(Some(found));
            }
            self.empty += 1;
            if self.empty > EMPTY_ANSWERS {
                return Err(FileError::Protocol {
                    reason: "the folder's list does not end and holds no names".to_owned(),
                });
            }
        }
    }
}
