//! Listing a folder, and what is known of single paths.
//!
//! Invariant: names go on as they come; nothing waits for the whole folder but what needs it, and
//! that is bounded however long the folder is.

use std::collections::BTreeSet;

use catalog::arguments::RemotePath;
use futures::{StreamExt, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ssh::{FileError, Ids, Metadata};
use tokio::sync::mpsc;

use super::{Doing, Entry, Info, Kind, Link, Named, Problem, ServerFiles, Space, shown};
use crate::{Error, ErrorBody};

/// Questions about single paths under way at once.
pub(super) const SIDE_BY_SIDE: usize = 64;
/// Links whose targets are told in one line.
const LINKS_PER_LINE: usize = 500;
/// Links of one folder whose targets are told; the rest are links and no more.
const MOST_LINKS: usize = 20_000;
/// Users, and groups, of one folder that are told by their names.
const MOST_OWNERS: usize = 2000;
/// Lines that wait for whoever reads them.
const LINES: usize = 8;

/// One line of a listing, in this order: entries, links, users and groups, the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum ListLine {
    /// What is in the folder, as it comes.
    Entries {
        /// Unsorted.
        entries: Vec<Entry>,
    },
    /// Where links lead.
    Links {
        /// Of entries that came before.
        links: Vec<Link>,
    },
    /// Names for the numbers in the entries, as far as the server knows any.
    Names {
        /// Users.
        users: Vec<Named>,
        /// Groups.
        groups: Vec<Named>,
    },
    /// That was all.
    Done {
        /// What was counted.
        done: Listed,
    },
    /// It broke off.
    Error {
        /// Why.
        error: ErrorBody,
    },
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// Entries.
    pub count: usize,
}

impl ServerFiles {
    /// The home folder.
    ///
    /// # Errors
    /// As the server says.
    pub async fn home(&self) -> Result<RemotePath, Error> {
        match self.files.home().await {
            Ok(home) => Ok(home),
            Err(error) => Err(self.failed(&RemotePath::root(), Doing::Look, error).await),
        }
    }

    /// Lists a folder; dropping the receiver ends it.
    ///
    /// # Errors
    /// The folder cannot be opened. What goes wrong later is the last line.
    pub async fn list(&self, path: RemotePath) -> Result<mpsc::Receiver<ListLine>, Error> {
        let folder = match self.files.folder(&path).await {
            Ok(folder) => folder,
            Err(error) => return Err(self.failed(&path, Doing::List, error).await),
        };
        let (lines, receiver) = mpsc::channel(LINES);
        let this = self.clone();
        tokio::spawn(async move {
            let last = tokio::select! {
                () = lines.closed() => return,
                result = this.list_into(&path, folder, &lines) => match result {
                    Ok(count) => ListLine::Done { done: Listed { count } },
                    Err(error) => {
                        let error = this.failed(&path, Doing::List, error).await.body();
                        ListLine::Error { error }
                    }
                },
            };
            // A failure means that nobody reads any more.
            let _ = lines.send(last).await;
        });
        Ok(receiver)
    }

    async fn list_into(
        &self,
        path: &RemotePath,
        mut folder: ssh::Folder,
        lines: &mpsc::Sender<ListLine>,
    ) -> Result<usize, FileError> {
        let mut count = 0;
        let mut links = Vec::new();
        let (mut users, mut groups) = (BTreeSet::new(), BTreeSet::new());
        while let Some(some) = folder.next().await? {
            count += some.len();
            let entries: Vec<Entry> = some.into_iter().map(Entry::of).collect();
            for entry in &entries {
                for (owners, owner) in [(&mut users, entry.uid), (&mut groups, entry.gid)] {
                    if owners.len() < MOST_OWNERS {
                        owners.extend(owner);
                    }
                }
                if entry.kind == Kind::Link && links.len() < MOST_LINKS {
                    links.push(entry.name.clone());
                }
            }
            if lines.send(ListLine::Entries { entries }).await.is_err() {
                return Ok(count);
            }
        }
        drop(folder);
        for some in links.chunks(LINKS_PER_LINE) {
            let asked = some.iter().cloned().filter_map(|name| {
                let (this, at) = (self.clone(), path.join(&name).ok()?);
                Some(async move {
                    let (target, leads_to) = this.link(&at).await;
                    Link {
                        name,
                        target,
                        kind: leads_to.as_ref().map(Kind::of),
                        size_bytes: leads_to.and_then(|metadata| metadata.size_bytes),
                    }
                })
            });
            let links = stream::iter(asked)
                .buffered(SIDE_BY_SIDE)
                .collect::<Vec<_>>()
                .await;
            // A failure means that nobody reads any more.
            let _ = lines.send(ListLine::Links { links }).await;
        }
        let (users, groups) = self.names(users, groups).await?;
        let _ = lines.send(ListLine::Names { users, groups }).await;
        Ok(count)
    }

    /// What a link holds, and what it leads to.
    async fn link(&self, path: &RemotePath) -> (Option<String>, Option<Metadata>) {
        let (target, leads_to) =
            futures::future::join(self.files.read_link(path), self.files.stat(path)).await;
        (
            target.ok().map(|target| shown::text(&target)),
            leads_to.ok(),
        )
    }

    /// Names for numbers: from the SFTP server, or else from the files they stand in.
    async fn names(
        &self,
        users: BTreeSet<u32>,
        groups: BTreeSet<u32>,
    ) -> Result<(Vec<Named>, Vec<Named>), FileError> {
        let ids = Ids {
            users: users.into_iter().take(MOST_OWNERS).collect(),
            groups: groups.into_iter().take(MOST_OWNERS).collect(),
        };
        if let Some(names) = self.files.names(ids.clone()).await? {
            let named = |ids: Vec<u32>, names: Vec<bytes::Bytes>| {
                ids.into_iter()
                    .zip(names)
                    .filter(|(_, name)| !name.is_empty())
                    .map(|(id, name)| Named {
                        id,
                        name: shown::text(&name),
                    })
                    .collect()
            };
            return Ok((
                named(ids.users, names.users),
                named(ids.groups, names.groups),
            ));
        }
        let (users, groups) = futures::future::join(
            self.named_in("/etc/passwd", &ids.users),
            self.named_in("/etc/group", &ids.groups),
        )
        .await;
        Ok((users, groups))
    }

    /// Names in a file as `/etc/passwd` (passwd(5), group(5)); none where it cannot be read.
    async fn named_in(&self, file: &str, ids: &[u32]) -> Vec<Named> {
        let Ok(path) = RemotePath::try_from(file.to_owned()) else {
            return Vec::new();
        };
        let Ok(Some((content, _))) = self.files.read_whole(&path, 4 << 20).await else {
            return Vec::new();
        };
        let lines = content.split(|byte| *byte == b'\n').filter_map(|line| {
            let mut fields = line.split(|byte| *byte == b':');
            let name = fields.next()?;
            let id = std::str::from_utf8(fields.nth(1)?).ok()?.parse().ok()?;
            Some(Named {
                id,
                name: shown::text(name),
            })
        });
        let wanted: Vec<Named> = lines.filter(|named| ids.contains(&named.id)).collect();
        wanted
    }

    /// What is known of paths, in their order; `None`: nothing is there.
    ///
    /// # Errors
    /// As the server says.
    pub async fn infos(&self, paths: &[RemotePath]) -> Result<Vec<Option<Info>>, Error> {
        let asked = paths.iter().cloned().map(|path| {
            let this = self.clone();
            async move { this.info(&path).await }
        });
        let found: Vec<_> = stream::iter(asked).buffered(SIDE_BY_SIDE).collect().await;
        let mut infos = found.into_iter().collect::<Result<Vec<_>, Error>>()?;
        let known = || infos.iter().flatten();
        let (users, groups) = self
            .names(
                known().filter_map(|info| info.uid).collect(),
                known().filter_map(|info| info.gid).collect(),
            )
            .await
            .unwrap_or_default();
        let name = |all: &[Named], id: Option<u32>| {
            let found = all.iter().find(|named| Some(named.id) == id);
            found.map(|named| named.name.clone())
        };
        for info in infos.iter_mut().flatten() {
            info.user = name(&users, info.uid);
            info.group = name(&groups, info.gid);
        }
        Ok(infos)
    }

    async fn info(&self, path: &RemotePath) -> Result<Option<Info>, Error> {
        let metadata = match self.files.lstat(path).await {
            Ok(metadata) => metadata,
            Err(FileError::NoSuchFile) => return Ok(None),
            Err(error) => return Err(self.failed(path, Doing::Look, error).await),
        };
        let mut info = Info::of(path, &metadata);
        if metadata.is_link() {
            let (target, leads_to) = self.link(path).await;
            info.target = target;
            info.target_kind = leads_to.as_ref().map(Kind::of);
        }
        Ok(Some(info))
    }

    /// How full the filesystem of a path is; `None`: the server cannot say.
    ///
    /// # Errors
    /// As the server says.
    pub async fn space(&self, path: &RemotePath) -> Result<Option<Space>, Error> {
        match self.files.disk(path).await {
            Ok(disk) => Ok(disk.as_ref().map(Space::of)),
            Err(error) => Err(self.failed(path, Doing::Look, error).await),
        }
    }

    /// A file's metadata, of what a link leads to; it must be a regular file.
    pub(super) async fn regular(&self, path: &RemotePath) -> Result<Metadata, Error> {
        let metadata = match self.files.stat(path).await {
            Ok(metadata) => metadata,
            Err(error) => return Err(self.failed(path, Doing::Read, error).await),
        };
        match Kind::of(&metadata) {
            Kind::File | Kind::Unknown => Ok(metadata),
            Kind::Folder => Err(self.refused(path, Doing::Read, Problem::IsAFolder)),
            // A pipe or a device may give bytes for ever, or none.
            _ => Err(self.refused(path, Doing::Read, Problem::NotAFile)),
        }
    }
}
