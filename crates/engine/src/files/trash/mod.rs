//! The Recycle Bin: the Trash folders of the server's filesystems, as the freedesktop.org Trash
//! specification 1.0 lays them out, so that a desktop on the server shows the same.
//!
//! Invariant: something goes to a Trash folder of its own filesystem by a rename, so that it is
//! either there or still where it was; its place and date are written first. Only Trash folders of the
//! user's own are looked into.

mod note;
mod own;
mod put;

use catalog::arguments::{FileName, RemotePath};
use futures::{StreamExt, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ssh::FileError;

use super::{Doing, Kind, Problem, ServerFiles, list::SIDE_BY_SIDE, shown};
use crate::Error;
use note::{is_date, original_path, percent_decoded, unescaped};

/// Filesystems of the kernel, which hold no files of people.
const KERNEL: &[&str] = &[
    "autofs",
    "binfmt_misc",
    "bpf",
    "cgroup",
    "cgroup2",
    "configfs",
    "debugfs",
    "devpts",
    "devtmpfs",
    "efivarfs",
    "fusectl",
    "hugetlbfs",
    "mqueue",
    "nsfs",
    "proc",
    "pstore",
    "ramfs",
    "rpc_pipefs",
    "securityfs",
    "squashfs",
    "sysfs",
    "tracefs",
];
/// Items of one Trash folder that are told.
const MOST_ITEMS: usize = 100_000;
/// What is kept about an item is short.
const INFO_BYTES: usize = 64 * 1024;

/// What is in the Recycle Bin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trash {
    /// Newest first.
    pub items: Vec<Trashed>,
    /// What could not be read, for people.
    pub problems: Vec<String>,
}

/// Something in the Recycle Bin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Trashed {
    /// Its id: where it lies now.
    pub id: RemotePath,
    /// The name it had.
    pub name: String,
    /// Where it was; `null`: nothing says so.
    pub original_path: Option<RemotePath>,
    /// When it was deleted, `YYYY-MM-DDThh:mm:ss` in the clock of whoever did; `null`: nothing says.
    pub deleted_at: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its size; of a folder that of the folder alone.
    pub size_bytes: Option<u64>,
}

/// One Trash folder.
#[derive(Clone, Debug)]
pub(in crate::files) struct TrashFolder {
    path: RemotePath,
    /// What paths in it are relative to; the home's Trash has absolute ones.
    top: Option<RemotePath>,
}

impl TrashFolder {
    fn inside(&self, name: &str) -> Option<RemotePath> {
        below(&self.path, &[name])
    }
}

fn below(folder: &RemotePath, names: &[&str]) -> Option<RemotePath> {
    let mut path = folder.clone();
    for name in names {
        path = path
            .join(&FileName::try_from((*name).to_owned()).ok()?)
            .ok()?;
    }
    Some(path)
}

impl ServerFiles {
    /// Where filesystems of files are mounted (proc(5)); empty where the server does not say.
    async fn mounts(&self) -> Vec<RemotePath> {
        let Ok(path) = RemotePath::try_from("/proc/self/mounts".to_owned()) else {
            return Vec::new();
        };
        let Ok(Some((lines, _))) = self.files.read_whole(&path, 4 << 20).await else {
            return Vec::new();
        };
        let mut mounts: Vec<RemotePath> = lines
            .split(|byte| *byte == b'\n')
            .filter_map(|line| {
                let mut fields = line.split(|byte| *byte == b' ').skip(1);
                let (point, kind) = (fields.next()?, fields.next()?);
                let kernel = KERNEL.iter().any(|kernel| kernel.as_bytes() == kind);
                if kernel {
                    return None;
                }
                RemotePath::from_bytes(&unescaped(point)).ok()
            })
            .collect();
        mounts.sort();
        mounts.dedup();
        mounts
    }

    /// The home's Trash, and the home.
    async fn home_trash(&self) -> Result<(TrashFolder, RemotePath), Error> {
        let home = self.home().await?;
        let Some(path) = below(&home, &[".local", "share", "Trash"]) else {
            return Err(self.refused(&home, Doing::Look, Problem::NameTooLong));
        };
        Ok((TrashFolder { path, top: None }, home))
    }

    /// Where Trash folders of this user may be, whatever is there.
    async fn trash_places(&self) -> Result<Vec<TrashFolder>, Error> {
        let (home_trash, _) = self.home_trash().await?;
        let mut folders = vec![home_trash];
        for top in self.mounts().await {
            let shared = below(&top, &[".Trash", &self.user.to_string()]);
            let own = below(&top, &[&format!(".Trash-{}", self.user)]);
            let tops = [shared, own].into_iter().flatten();
            folders.extend(tops.map(|path| TrashFolder {
                path,
                top: Some(top.clone()),
            }));
        }
        Ok(folders)
    }

    /// What is in the Recycle Bin.
    ///
    /// # Errors
    /// The home folder is not known.
    pub async fn trash(&self) -> Result<Trash, Error> {
        let mut trash = Trash {
            items: Vec::new(),
            problems: Vec::new(),
        };
        let checks = self.trash_places().await?.into_iter().map(|folder| {
            let this = self.clone();
            async move { (this.is_own_trash(&folder).await, folder) }
        });
        let mut checked = stream::iter(checks).buffered(SIDE_BY_SIDE);
        while let Some((is_own, folder)) = checked.next().await {
            let items = match is_own {
                Ok(true) => self.trash_of(&folder).await,
                Ok(false) => continue,
                Err(error) => Err(error),
            };
            match items {
                Ok(items) => trash.items.extend(items),
                Err(error) => trash.problems.push(error.body().message),
            }
        }
        trash
            .items
            .sort_by(|one, other| (&other.deleted_at, &one.id).cmp(&(&one.deleted_at, &other.id)));
        Ok(trash)
    }

    async fn trash_of(&self, folder: &TrashFolder) -> Result<Vec<Trashed>, Error> {
        let Some(inside) = folder.inside("files") else {
            return Ok(Vec::new());
        };
        let listing = async {
            let mut entries = Vec::new();
            let mut listing = self.files.folder(&inside).await?;
            while let Some(some) = listing.next().await? {
                entries.extend(some);
                if entries.len() > MOST_ITEMS {
                    return Err(FileError::Protocol {
                        reason: format!("there are more than {MOST_ITEMS} items in it"),
                    });
                }
            }
            Ok(entries)
        };
        let entries = match listing.await {
            Ok(entries) => entries,
            Err(FileError::NoSuchFile) => return Ok(Vec::new()),
            Err(error) => return Err(self.failed(&inside, Doing::List, error).await),
        };
        let items = entries.into_iter().filter_map(|entry| {
            let id = inside.join(&entry.name).ok()?;
            let (this, folder) = (self.clone(), folder.clone());
            Some(async move {
                let (original_path, deleted_at) = this.trash_info(&folder, &entry.name).await;
                let name = original_path.as_ref().and_then(RemotePath::split);
                Trashed {
                    id,
                    name: name.map_or_else(|| entry.name.to_string(), |(_, name)| name.to_string()),
                    original_path,
                    deleted_at,
                    kind: Kind::of(&entry.metadata),
                    size_bytes: entry.metadata.size_bytes,
                }
            })
        });
        Ok(stream::iter(items).buffered(SIDE_BY_SIDE).collect().await)
    }

    /// Where an item was and when it was deleted, as far as its file says.
    async fn trash_info(
        &self,
        folder: &TrashFolder,
        name: &FileName,
    ) -> (Option<RemotePath>, Option<String>) {
        let Some(path) = info_of(folder, name) else {
            return (None, None);
        };
        // A pipe would never be open.
        let note = self.files.lstat(&path).await;
        if note.is_ok_and(|note| note.file_type() != Some(ssh::file_type::FILE)) {
            return (None, None);
        }
        let Ok(Some((content, _))) = self.files.read_whole(&path, INFO_BYTES).await else {
            return (None, None);
        };
        let (mut original, mut deleted) = (None, None);
        for line in content.split(|byte| *byte == b'\n') {
            if let Some(value) = line.strip_prefix(b"Path=")
                && original.is_none()
            {
                original = original_path(folder, &percent_decoded(value));
            }
            if let Some(value) = line.strip_prefix(b"DeletionDate=")
                && deleted.is_none()
            {
                let text = shown::text(value);
                deleted = is_date(&text).then_some(text);
            }
        }
        (original, deleted)
    }
}

/// Where Trash folders lie.
pub(in crate::files) struct Mounts {
    home_trash: TrashFolder,
    home: RemotePath,
    points: Vec<RemotePath>,
}

fn info_of(folder: &TrashFolder, name: &FileName) -> Option<RemotePath> {
    let name = [name.as_bytes(), b".trashinfo"].concat();
    folder
        .inside("info")?
        .join(&FileName::from_bytes(&name).ok()?)
        .ok()
}
