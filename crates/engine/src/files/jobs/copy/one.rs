//! One file or link, from one server to the other.

use catalog::arguments::RemotePath;
use sha2::{Digest, Sha256};

use super::{Ends, Item};
use crate::{
    Error,
    files::{
        Doing, Problem, ServerFiles, ServerFilesToChange,
        jobs::work::{Stop, is_lost},
        part::{RESUMED_BYTES, Whole},
    },
};

/// Bytes copied inside a server by one request: its SFTP does nothing else meanwhile.
const INSIDE_BYTES: u64 = 16 << 20;

impl Ends<'_> {
    /// One attempt at one file or link; `counted`: the bytes that were added to the job.
    pub(super) async fn attempt(
        &self,
        item: &Item,
        to: &RemotePath,
        (over, resume): (bool, bool),
        counted: &mut u64,
    ) -> Result<(), Stop> {
        let (from_files, to_files) = (self.from().await?, self.to().await?);
        if item.metadata.is_link() {
            return self.link(&from_files, &to_files, item, to, over).await;
        }
        if item
            .metadata
            .file_type()
            .is_some_and(|kind| kind != ssh::file_type::FILE)
        {
            return Err(from_files
                .refused(&item.from, Doing::Read, Problem::NotAFile)
                .into());
        }
        self.work.begin(&item.from);
        let mut content = from_files.content(&item.from).await?;
        item.found_in.check_opened(&content, &item.metadata).await?;
        let size_bytes = content.size_bytes();
        let whole = Whole {
            size_bytes,
            mode: item.metadata.permissions(),
            owner: self.owner(&item.metadata),
            modified_at: content.modified_at(),
            to_disk: self.is_move || (over && size_bytes >= RESUMED_BYTES),
        };
        let offset = match resume {
            true => {
                let modified_at = content.modified_at();
                to_files.received(to, size_bytes, modified_at).await?
            }
            false => 0,
        };
        self.check_target(item).await?;
        let mut part = to_files.part(to, whole, offset).await?;
        // Nothing is written into what it may have been exchanged for between the two.
        if let Err(stop) = self.check_target(item).await {
            part.give_up().await;
            return Err(stop);
        }
        *counted = offset;
        self.work.add_bytes(offset);
        let copied: Result<(), Stop> = async {
            while self.same_server() && part.offset < size_bytes {
                self.work.turn().await?;
                let len = INSIDE_BYTES.min(size_bytes - part.offset);
                if part.copy_from(&content, len).await?.is_none() {
                    break;
                }
                *counted += len;
                self.work.add_bytes(len);
            }
            content.range(part.offset, size_bytes);
            while let Some(bytes) = content.next().await? {
                self.work.turn().await?;
                let len = bytes.len() as u64;
                part.push(bytes).await?;
                *counted += len;
                self.work.add_bytes(len);
            }
            Ok(())
        }
        .await;
        match copied {
            // In a folder that was just made nothing is there: a plain rename, which makes sure of that
            // by two steps on the disk, would take twice as long.
            Ok(()) => part.finish(over || !item.may_be_taken).await?,
            // What is there stays where the same may succeed later.
            Err(Stop::Failed(error)) if is_lost(&error) => return Err(error.into()),
            Err(stop) => {
                part.give_up().await;
                return Err(stop);
            }
        }
        if self.transfer.verify {
            let (one, other) = (
                hash(&from_files, &item.from).await?,
                hash(&to_files, to).await?,
            );
            if one != other {
                let problem = Problem::Differs(format!("SHA-256 {one} and {other}"));
                return Err(to_files.refused(to, Doing::Read, problem).into());
            }
        }
        Ok(())
    }

    async fn link(
        &self,
        from_files: &ServerFiles,
        to_files: &ServerFilesToChange,
        item: &Item,
        to: &RemotePath,
        over: bool,
    ) -> Result<(), Stop> {
        let target = from_files.files.read_link(&item.from).await;
        let target = from_files.told(&item.from, Doing::Read, target).await?;
        self.check_target(item).await?;
        if over {
            let removed = to_files.files.remove(to).await;
            to_files.told(to, Doing::Delete, removed).await?;
        }
        let made = to_files.files.make_link(to, &target).await;
        Ok(to_files.told(to, Doing::Make, made).await?)
    }
}

async fn hash(files: &ServerFiles, path: &RemotePath) -> Result<String, Error> {
    let mut content = files.content(path).await?;
    let mut hash = Sha256::new();
    while let Some(bytes) = content.next().await? {
        hash.update(&bytes);
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}
