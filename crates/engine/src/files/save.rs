//! A text for the editor, and the safe save of it.
//!
//! Invariant: nothing is saved over a file that is not the one that was opened, unless that is said;
//! mode and owner stay, a link stays a link, and where a new file cannot keep them, a person decides.

use catalog::arguments::RemotePath;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ssh::{FileError, Metadata};

use super::{
    Doing, Problem, ServerFiles, ServerFilesToChange, part::lending_no_other, sibling::Sibling,
};
use crate::Error;

/// The largest file that the editor takes whole.
pub(super) const TEXT_BYTES: usize = 16 << 20;

/// A file as the editor opens it.
pub struct Text {
    /// All of it.
    pub bytes: Vec<u8>,
    /// Tells it from every other content.
    pub version: String,
    /// What it was when it was opened.
    pub metadata: Metadata,
}

/// How a file is saved.
#[derive(Clone, Debug, Default)]
pub struct SaveOptions {
    /// The version it had when it was opened; `None`: it must not be there yet.
    pub version: Option<String>,
    /// Saves whatever is there now.
    pub force: bool,
    /// Writes into the file itself where a new one could not keep its owner or its other names. A
    /// cut then may leave a part.
    pub in_place: bool,
    /// Keeps what it holds now on this computer.
    pub keep: bool,
}

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// Tells this content from every other.
    pub version: String,
    /// Its size.
    pub size_bytes: u64,
    /// When the server says it was changed, seconds since 1970 in UTC; `null`: it does not say.
    pub modified_at: Option<u32>,
}

fn version(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{hex}", bytes.len())
}

impl ServerFiles {
    /// Reads a text whole.
    ///
    /// # Errors
    /// As the server says; it is no regular file, or larger than 16 MiB.
    pub async fn text(&self, path: &RemotePath) -> Result<Text, Error> {
        self.regular(path).await?;
        match self.files.read_whole(path, TEXT_BYTES).await {
            Ok(Some((bytes, metadata))) => Ok(Text {
                version: version(&bytes),
                bytes,
                metadata,
            }),
            Ok(None) => {
                let most_bytes = TEXT_BYTES as u64;
                let problem = Problem::TooLarge { most_bytes };
                Err(self.refused(path, Doing::Read, problem))
            }
            Err(error) => Err(self.failed(path, Doing::Read, error).await),
        }
    }
}

impl ServerFilesToChange {
    /// Whether the user may write a file: it is opened to be written, and closed again.
    pub async fn is_writable(&self, path: &RemotePath) -> bool {
        self.files.write(path).await.is_ok()
    }

    /// Saves a file.
    ///
    /// # Errors
    /// As the server says; `Changed`, `AlreadyExists` or `HardLinked` where a person must decide.
    /// The file is then as it was.
    pub async fn save(
        &self,
        path: &RemotePath,
        bytes: Vec<u8>,
        options: &SaveOptions,
    ) -> Result<Saved, Error> {
        let begun = self.begin("files.save", path).await?;
        let size_bytes = bytes.len() as u64;
        let result = self.save_unnoted(path, bytes, options).await;
        let outcome = result.as_ref().map_or_else(Error::code, |_| "ok");
        begun.end(None, result.is_ok().then_some(size_bytes), outcome);
        result
    }

    async fn save_unnoted(
        &self,
        path: &RemotePath,
        bytes: Vec<u8>,
        options: &SaveOptions,
    ) -> Result<Saved, Error> {
        // The file itself, so that a link stays one.
        let target = match self.files.lstat(path).await {
            Ok(metadata) if metadata.is_link() => {
                let target = self.files.real_path(path).await;
                self.told(path, Doing::Write, target).await?
            }
            Ok(_) | Err(FileError::NoSuchFile) => path.clone(),
            Err(error) => return Err(self.failed(path, Doing::Write, error).await),
        };
        let refuse = |problem| Err(self.refused(path, Doing::Write, problem));
        let current = match self.files.stat(&target).await {
            Ok(metadata) if metadata.is_folder() => return refuse(Problem::IsAFolder),
            Ok(metadata) => Some(metadata),
            Err(FileError::NoSuchFile) => None,
            Err(error) => return Err(self.failed(path, Doing::Write, error).await),
        };
        let saved = version(&bytes);
        match (&options.version, &current) {
            (None, Some(_)) if !options.force => return refuse(Problem::AlreadyExists),
            (Some(_), None) if !options.force => return refuse(Problem::Changed),
            (version, Some(_)) if !options.force || options.keep => {
                let now = match self.text(&target).await {
                    Ok(now) => Some(now),
                    // It has grown since, beyond what is kept.
                    Err(Error::File {
                        problem: Problem::TooLarge { .. },
                        ..
                    }) => None,
                    Err(error) => return Err(error),
                };
                let same = now.as_ref().map(|now| &now.version) == version.as_ref();
                if !options.force && !same {
                    return refuse(Problem::Changed);
                }
                if let Some(now) = now.filter(|_| options.keep) {
                    self.keep_version(path, now.bytes).await?;
                }
            }
            _ => {}
        }
        match current {
            Some(current) if self.must_stay(&target, &current).await? => {
                if !options.in_place {
                    return refuse(Problem::HardLinked);
                }
                self.write_into(&target, &bytes).await?;
            }
            current => self.write_anew(&target, &bytes, current).await?,
        }
        let after = self.files.stat(&target).await;
        let after = self.told(path, Doing::Look, after).await?;
        Ok(Saved {
            version: saved,
            size_bytes: bytes.len() as u64,
            modified_at: after.times.map(|(_, modified)| modified),
        })
    }

    /// Whether a new file could not be what this one is: it has other names.
    async fn must_stay(&self, path: &RemotePath, metadata: &Metadata) -> Result<bool, Error> {
        let Some((folder, name)) = path.split() else {
            return Ok(false);
        };
        let listing = async {
            let mut folder = self.files.folder(&folder).await?;
            while let Some(entries) = folder.next().await? {
                if let Some(entry) = entries.into_iter().find(|entry| entry.name == name) {
                    return Ok(entry.hard_links);
                }
            }
            Ok(None)
        };
        match listing.await {
            Ok(links) => Ok(links.is_some_and(|links| links > 1)),
            // A folder that may be entered but not listed.
            Err(FileError::PermissionDenied) => Ok(metadata.size_bytes.is_none()),
            Err(error) => Err(self.failed(path, Doing::Write, error).await),
        }
    }

    async fn write_anew(
        &self,
        target: &RemotePath,
        bytes: &[u8],
        current: Option<Metadata>,
    ) -> Result<(), Error> {
        // Nobody else may read it before it has the mode of the file it replaces.
        let mode = current.map(|_| 0o600);
        let mut sibling = Sibling::make(self, target, mode).await?;
        let content = bytes::Bytes::copy_from_slice(bytes);
        if let Err(error) = sibling.writer.push(content).await {
            sibling.give_up().await;
            return Err(self.failed(target, Doing::Write, error).await);
        }
        let made = sibling.writer.metadata().await;
        let keep = match (&current, made) {
            (Some(current), Ok(made)) => {
                // Before the mode: a change of owner takes away the set-user-ID bit.
                let owner = current.owner.filter(|owner| made.owner != Some(*owner));
                if let Some(owner) = owner {
                    let owned = Metadata {
                        owner: Some(owner),
                        ..Metadata::default()
                    };
                    if sibling.writer.set(owned).await.is_err() {
                        sibling.give_up().await;
                        return Err(self.refused(target, Doing::Write, Problem::HardLinked));
                    }
                }
                // It is by now; whose it is where the server names nobody is not known.
                let made = Metadata {
                    owner: current.owner,
                    ..made
                };
                let mode = current.permissions();
                Metadata {
                    mode: mode.map(|mode| lending_no_other(mode, current.owner, &made)),
                    ..Metadata::default()
                }
            }
            (None, Ok(_)) => Metadata::default(),
            (_, Err(error)) => {
                sibling.give_up().await;
                return Err(self.failed(target, Doing::Write, error).await);
            }
        };
        sibling.put_in_place(keep).await
    }

    async fn write_into(&self, target: &RemotePath, bytes: &[u8]) -> Result<(), Error> {
        let writing = async {
            let mut writer = self.files.write(target).await?;
            writer.push(bytes::Bytes::copy_from_slice(bytes)).await?;
            writer.finish(false).await?;
            let size = Metadata {
                size_bytes: Some(bytes.len() as u64),
                ..Metadata::default()
            };
            writer.set(size).await?;
            writer.finish(true).await
        };
        let written = writing.await;
        self.told(target, Doing::Write, written).await
    }
}
