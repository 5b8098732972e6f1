//! A part of a file that is on its way: a hidden sibling with a name that says which file it will be,
//! so that whoever comes later goes on where it ends.
//!
//! Invariant: the part takes the file's place only when it is whole; it lends no other user and group
//! than the file it is a copy of, or whose place it takes.

use bytes::Bytes;
use catalog::arguments::RemotePath;
use sha2::{Digest, Sha256};
use ssh::{FileError, Metadata, Writer};

use super::{Content, Doing, Problem, ServerFilesToChange, ground::is_ours, sibling::beside};
use crate::Error;

/// A file smaller than this is begun anew.
pub(super) const RESUMED_BYTES: u64 = 1 << 20;
/// So much of a part is written again: a server may not have written in order what it had.
const AGAIN_BYTES: u64 = 4 << 20;

/// What a file will be when it is whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    pub(super) size_bytes: u64,
    /// The twelve permission bits; `None`: the server's for a new file.
    pub(super) mode: Option<u32>,
    /// User and group on the same server whose set-user-ID and set-group-ID bits are in the mode; `None`:
    /// nobody's there.
    pub(super) owner: Option<(u32, u32)>,
    /// Seconds since 1970; `None`: when it was written.
    pub(super) modified_at: Option<u32>,
    /// Something else goes for it: it must be on the disk before it takes its place.
    pub(super) to_disk: bool,
}

/// The bits of a mode by which a file lends its user and group to whoever runs it.
const LENDS: u32 = 0o6000;

/// The permission bits of something new: it lends no other user and group than what it is made after,
/// which belonged to `owner`.
pub(super) fn lending_no_other(mode: u32, owner: Option<(u32, u32)>, made: &Metadata) -> u32 {
    let is_same = owner.is_some() && made.owner == owner;
    mode & if is_same { 0o7777 } else { 0o7777 & !LENDS }
}

/// Whether a mode lends a user or a group.
pub(super) fn lends(mode: u32) -> bool {
    mode & LENDS != 0
}

/// A part that is being written.
pub(super) struct Part<'f> {
    files: &'f ServerFilesToChange,
    at: RemotePath,
    target: RemotePath,
    whole: Whole,
    writer: Writer,
    /// Where the next byte goes.
    pub(super) offset: u64,
}

/// Where the part of a file lies; `None`: the root has none.
pub(super) fn place(
    target: &RemotePath,
    size_bytes: u64,
    modified_at: Option<u32>,
) -> Option<RemotePath> {
    let (_, name) = target.split()?;
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update(size_bytes.to_be_bytes());
    // Another content is another part, also where the size is the same.
    hash.update(modified_at.unwrap_or(0).to_be_bytes());
    let short: String = hash
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    beside(target, &format!(".headlessos-{short}.part"))
}

/// Whether it is a part that this user began, or root: as whose some filesystems show everything.
fn is_own(part: &Metadata, user: u32) -> bool {
    part.file_type() == Some(ssh::file_type::FILE) && (part.owner.is_none() || is_ours(part, user))
}

impl ServerFilesToChange {
    /// How much of a file is there already, to go on from: of the file with this size and time.
    ///
    /// # Errors
    /// As the server says.
    pub async fn received(
        &self,
        target: &RemotePath,
        size_bytes: u64,
        modified_at: Option<u32>,
    ) -> Result<u64, Error> {
        let place = place(target, size_bytes, modified_at);
        let Some(at) = place.filter(|_| size_bytes >= RESUMED_BYTES) else {
            return Ok(0);
        };
        match self.files.lstat(&at).await {
            Ok(part) if is_own(&part, self.user) => {
                let there = part.size_bytes.unwrap_or(0).min(size_bytes);
                Ok(there.saturating_sub(AGAIN_BYTES))
            }
            Ok(_) | Err(FileError::NoSuchFile) => Ok(0),
            Err(error) => Err(self.failed(target, Doing::Look, error).await),
        }
    }

    /// Begins a part at `offset`, or goes on with it there.
    ///
    /// # Errors
    /// As the server says; there is no part to go on with.
    pub(super) async fn part<'f>(
        &'f self,
        target: &RemotePath,
        whole: Whole,
        offset: u64,
    ) -> Result<Part<'f>, Error> {
        let Some(at) = place(target, whole.size_bytes, whole.modified_at) else {
            return Err(self.refused(target, Doing::Write, Problem::IsAFolder));
        };
        let writer = if offset > 0 {
            self.files.write(&at).await
        } else {
            match self.files.create(&at, Some(0o600)).await {
                // One that was begun before. Another kind of thing of that name is no part.
                Err(FileError::Failed { .. }) => match self.files.remove(&at).await {
                    Ok(()) => self.files.create(&at, Some(0o600)).await,
                    Err(error) => Err(error),
                },
                result => result,
            }
        };
        let mut writer = match writer {
            Ok(writer) => writer,
            Err(error) => return Err(self.failed(target, Doing::Write, error).await),
        };
        // Others can put something of theirs in a shared folder, or a link, where a part is looked for.
        if offset > 0 {
            let part = self.files.lstat(&at).await;
            if !is_own(&self.told(target, Doing::Look, part).await?, self.user) {
                return Err(self.refused(target, Doing::Write, Problem::Replaced));
            }
        }
        writer.seek(offset);
        Ok(Part {
            files: self,
            at,
            target: target.clone(),
            whole,
            writer,
            offset,
        })
    }
}

impl Part<'_> {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// As the server says. What is there stays, to go on from.
    pub(super) async fn push(&mut self, bytes: Bytes) -> Result<(), Error> {
        let len = bytes.len() as u64;
        if let Err(error) = self.writer.push(bytes).await {
            return Err(self.files.failed(&self.target, Doing::Write, error).await);
        }
        self.offset += len;
        Ok(())
    }

    /// Copies the next bytes from a file of the same server, without a way over the line; `None`: its
    /// SFTP cannot.
    ///
    /// # Errors
    /// As for [`Self::push`].
    pub(super) async fn copy_from(
        &mut self,
        content: &Content,
        len: u64,
    ) -> Result<Option<()>, Error> {
        match self
            .writer
            .copy_from(&content.reader, self.offset, len)
            .await
        {
            Ok(()) => {
                self.offset += len;
                Ok(Some(()))
            }
            Err(FileError::Unsupported) => Ok(None),
            Err(error) => Err(self.files.failed(&self.target, Doing::Write, error).await),
        }
    }

    /// Waits until all is written, and takes the file's place where it is whole. `over`: also where
    /// something is there.
    ///
    /// # Errors
    /// As the server says; the name is taken.
    pub(super) async fn finish(mut self, over: bool) -> Result<(), Error> {
        let whole = self.offset == self.whole.size_bytes;
        let (doing, result) = match self.written(whole).await {
            Ok(()) if whole => {
                let placed = if over {
                    self.files.replace(&self.at, &self.target).await
                } else {
                    self.files.files.rename(&self.at, &self.target).await
                };
                (if over { Doing::Write } else { Doing::Rename }, placed)
            }
            result => (Doing::Write, result),
        };
        let Err(error) = result else { return Ok(()) };
        let is_lost = matches!(error, FileError::Gone | FileError::Unavailable(_));
        let error = self.files.failed(&self.target, doing, error).await;
        // What cannot take its place is of no use; after a lost connection somebody goes on with it.
        if !is_lost {
            self.give_up().await;
        }
        Err(error)
    }

    /// Waits until all is written; a whole file gets its mode and time.
    async fn written(&mut self, whole: bool) -> Result<(), FileError> {
        self.writer.finish(self.whole.to_disk && whole).await?;
        if !whole {
            return Ok(());
        }
        let mode = self.whole.mode.unwrap_or(0o644);
        let made = match lends(mode) {
            true => self.writer.metadata().await?,
            false => Metadata::default(),
        };
        self.writer
            .set(Metadata {
                mode: Some(lending_no_other(mode, self.whole.owner, &made)),
                times: self.whole.modified_at.map(|modified| (modified, modified)),
                ..Metadata::default()
            })
            .await
    }

    /// Removes it: nobody will go on with it.
    pub(super) async fn give_up(self) {
        let Self {
            files, at, writer, ..
        } = self;
        drop(writer);
        // A failure leaves it for whoever goes on with it, or for a look with hidden files shown.
        let _ = files.files.remove(&at).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_the_users_or_shown_as_roots() {
        let part = |kind: u32, owner: Option<u32>| Metadata {
            mode: Some(kind | 0o600),
            owner: owner.map(|owner| (owner, 100)),
            ..Metadata::default()
        };
        for (part, wanted) in [
            (part(ssh::file_type::FILE, Some(1000)), true),
            (part(ssh::file_type::FILE, Some(0)), true),
            (part(ssh::file_type::FILE, None), true),
            (part(ssh::file_type::FILE, Some(1001)), false),
            (part(ssh::file_type::LINK, Some(1000)), false),
            (part(ssh::file_type::FOLDER, Some(1000)), false),
        ] {
            assert_eq!(is_own(&part, 1000), wanted, "{part:?}");
        }
    }
}
