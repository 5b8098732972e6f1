//! Where a thing goes when its name may be taken.

use std::collections::BTreeSet;

use catalog::arguments::{FileName, RemotePath};
use ssh::{FileError, FolderEntry, Metadata};

use super::{Ends, Item, Place};
use crate::{
    Info,
    files::{
        Doing, Problem,
        jobs::{
            Conflict, ConflictQuestion,
            work::{Stop, is_lost},
        },
    },
};

/// The names in a folder that another filesystem may take for one: many ignore case, some how a letter
/// with an accent is written.
pub(super) struct Twins {
    taken: BTreeSet<String>,
    twice: BTreeSet<String>,
}

impl Twins {
    pub(super) fn of(entries: &[FolderEntry]) -> Self {
        let mut twins = Self {
            taken: BTreeSet::new(),
            twice: BTreeSet::new(),
        };
        for entry in entries {
            let key = Self::key(&entry.name);
            if !twins.taken.insert(key.clone()) {
                twins.twice.insert(key);
            }
        }
        twins
    }

    pub(super) fn has(&self, name: &FileName) -> bool {
        self.twice.contains(&Self::key(name))
    }

    /// The same for all that may be one: all names with letters beyond ASCII count as such, as telling more
    /// would take tables of Unicode.
    fn key(name: &FileName) -> String {
        let text = String::from_utf8_lossy(name.as_bytes());
        match text.is_ascii() {
            true => text.to_ascii_lowercase(),
            false => "\u{fffd}".to_owned(),
        }
    }
}

impl Ends<'_> {
    /// Where it goes.
    pub(super) async fn free_name(&self, item: &Item) -> Result<Place, Stop> {
        if !item.may_be_taken {
            return Ok(Place::Free(item.to.clone()));
        }
        let there = loop {
            let files = self.to().await?;
            match files.files.lstat(&item.to).await {
                Ok(there) => break there,
                Err(FileError::NoSuchFile) => return Ok(Place::Free(item.to.clone())),
                Err(error) => {
                    let error = files.failed(&item.to, Doing::Look, error).await;
                    if !is_lost(&error) {
                        return Err(error.into());
                    }
                }
            }
        };
        let modified = |metadata: &Metadata| metadata.times.map(|(_, modified)| modified);
        let same = self.same_server() && item.from == item.to;
        let like = item.metadata.size_bytes == there.size_bytes
            && item.metadata.file_type() == there.file_type()
            && modified(&item.metadata) == modified(&there);
        if self.transfer.resume && like && !same {
            return Ok(Place::Done);
        }
        let choice = if same {
            Conflict::Rename
        } else {
            let question = ConflictQuestion {
                path: item.to.clone(),
                from: Info::of(&item.from, &item.metadata),
                to: Info::of(&item.to, &there),
            };
            self.work.choose(self.transfer.conflict, question).await?
        };
        Ok(match choice {
            Conflict::Replace if there.is_folder() => {
                let files = self.to().await?;
                return Err(files
                    .refused(&item.to, Doing::Write, Problem::IsAFolder)
                    .into());
            }
            Conflict::Replace => Place::Over(item.to.clone()),
            Conflict::Newer if modified(&item.metadata) > modified(&there) => {
                Place::Over(item.to.clone())
            }
            Conflict::Newer | Conflict::Skip | Conflict::Ask => Place::None,
            Conflict::Rename => Place::Free(self.another_name(&item.to).await?),
        })
    }

    /// The first name of the form `name (2).ending` that is free.
    async fn another_name(&self, path: &RemotePath) -> Result<RemotePath, Stop> {
        let files = self.to().await?;
        let Some((folder, name)) = path.split() else {
            return Ok(path.clone());
        };
        let bytes = name.as_bytes();
        let dot = bytes
            .iter()
            .rposition(|byte| *byte == b'.')
            .filter(|at| *at > 0);
        let (stem, ending) = bytes.split_at(dot.unwrap_or(bytes.len()));
        for number in 2..10_000 {
            let name = [stem, format!(" ({number})").as_bytes(), ending].concat();
            let Ok(other) = FileName::from_bytes(&name) else {
                break;
            };
            let Ok(other) = folder.join(&other) else {
                break;
            };
            let there = files.files.exists(&other).await;
            if !files.told(&other, Doing::Look, there).await? {
                return Ok(other);
            }
        }
        Err(files
            .refused(path, Doing::Make, Problem::AlreadyExists)
            .into())
    }
}
