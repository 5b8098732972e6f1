//! Copies trees, within a server or between two, streamed through without touching a disk here.
//!
//! Invariant: a file appears under its name when it is whole; what was copied before a cut is not
//! copied again; a moved file goes only when it has arrived.

mod names;
mod one;
mod withdraw;

use catalog::arguments::{FileName, RemotePath};
use futures::{StreamExt, stream::FuturesUnordered};
use ssh::{FolderEntry, Metadata};

use super::{
    Transfer, delete,
    work::{Cancelled, Stop, Work, is_lost},
};
use crate::{
    Error, MeasureLine,
    files::{Doing, Problem, ServerFiles, ServerFilesToChange, part::RESUMED_BYTES, walk::Walk},
};

pub(super) use withdraw::withdraw;

/// Small files under way at once; each has a handle on both servers.
const SMALL_AT_ONCE: usize = 64;
/// Large ones: one fills the line, two fill the gaps between files.
const LARGE_AT_ONCE: usize = 2;

/// The two ends of a copy.
struct Ends<'a> {
    work: &'a Work,
    transfer: &'a Transfer,
    is_move: bool,
}

/// A file, link or folder and where it goes.
struct Item {
    from: RemotePath,
    to: RemotePath,
    metadata: Metadata,
    /// Whether something may be at `to`: not in a folder that was just made.
    may_be_taken: bool,
}

/// Where something goes.
enum Place {
    Free(RemotePath),
    /// Over what is there.
    Over(RemotePath),
    /// It is left out.
    None,
    /// It is there already.
    Done,
}

/// Copies, and counts meanwhile how much there is to do.
pub(super) async fn run(work: &Work, transfer: &Transfer, is_move: bool) -> Result<(), Stop> {
    let counting = async {
        if let Ok(files) = work.files_to_read(&transfer.server).await
            && let Ok(mut lines) = files.measure(transfer.paths.clone()).await
        {
            while let Some(line) = lines.recv().await {
                if let MeasureLine::Done { done } = line {
                    let mut shown = work.shown();
                    shown.files_total = Some(done.measured.files + done.measured.folders);
                    shown.bytes_total = Some(done.measured.bytes);
                }
            }
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        result = copy(work, transfer, is_move) => result,
        () = counting => Ok(()),
    }
}

async fn copy(work: &Work, transfer: &Transfer, is_move: bool) -> Result<(), Stop> {
    let ends = Ends {
        work,
        transfer,
        is_move,
    };
    for (index, path) in transfer.paths.iter().enumerate() {
        let names = transfer.to_names.as_deref().unwrap_or_default();
        let Some((_, name)) = path.split() else {
            let error = Error::Invalid("the root itself cannot be copied".to_owned());
            work.fail(path, &error);
            continue;
        };
        let name = names.get(index).cloned().unwrap_or(name);
        match ends.top(path, &name).await {
            Ok(()) => {}
            Err(Stop::Cancelled) => return Err(Stop::Cancelled),
            Err(Stop::Failed(error)) => work.fail(path, &error),
        }
    }
    let mut shown = work.shown();
    shown.files_total = Some(shown.files_done + shown.failure_count + shown.skipped);
    shown.bytes_total = Some(shown.bytes_done);
    Ok(())
}

impl Ends<'_> {
    fn same_server(&self) -> bool {
        self.transfer.server == self.transfer.to_server
    }

    async fn from(&self) -> Result<ServerFiles, Stop> {
        self.work.files_to_read(&self.transfer.server).await
    }

    async fn to(&self) -> Result<ServerFilesToChange, Stop> {
        self.work.files(&self.transfer.to_server).await
    }

    /// One of the paths that were named.
    async fn top(&self, path: &RemotePath, name: &FileName) -> Result<(), Stop> {
        let from = self.from().await?;
        self.work.begin(path);
        let metadata = from.files.lstat(path).await;
        let metadata = from.told(path, Doing::Read, metadata).await?;
        let refuse = |problem| Err(from.refused(path, Doing::Read, problem).into());
        let Ok(to) = self.transfer.to_folder.join(name) else {
            return refuse(Problem::NameTooLong);
        };
        if self.same_server() && metadata.is_folder() && to != *path && path.holds(&to) {
            return refuse(Problem::IntoItself);
        }
        if self.same_server() && to == *path && self.is_move {
            return Ok(());
        }
        let item = Item {
            from: path.clone(),
            to,
            metadata,
            may_be_taken: true,
        };
        if self.is_move && self.same_server() && self.renamed(&item).await? {
            self.work.one_done();
            return Ok(());
        }
        let failures = self.work.not_done();
        if metadata.is_folder() {
            self.tree(item).await?;
        } else {
            self.one(&item).await?;
        }
        let whole = failures == self.work.not_done();
        if self.is_move && whole {
            let done = self.work.shown().files_done;
            delete::tree(self.work, &self.transfer.server, path).await?;
            self.work.shown().files_done = done;
        }
        Ok(())
    }

    /// Whether a move within a server was a mere rename.
    async fn renamed(&self, item: &Item) -> Result<bool, Stop> {
        let files = self.to().await?;
        match files.files.exists(&item.to).await {
            Ok(false) => Ok(files.files.rename(&item.from, &item.to).await.is_ok()),
            _ => Ok(false),
        }
    }

    /// A folder with all that is in it.
    async fn tree(&self, top: Item) -> Result<(), Stop> {
        let (top_from, top_to) = (top.from.clone(), top.to.clone());
        let made = self.folder(&top).await?;
        let mut folders = vec![(top_to.clone(), top.metadata)];
        let mut fresh = std::collections::BTreeMap::from([(top_from.clone(), made)]);
        let mut walk = Walk::new(self.from().await?.files.clone(), vec![top_from.clone()]);
        let mut small = FuturesUnordered::new();
        let mut large = FuturesUnordered::new();
        while let Some((folder, entries)) = self
            .work
            .next_folder(&self.transfer.server, &mut walk)
            .await?
        {
            // What is in a folder that has no place has none either: its path may lead through a link.
            let Some(was_made) = fresh.remove(&folder) else {
                continue;
            };
            let may_be_taken = !was_made;
            for FolderEntry { name, metadata, .. } in entries {
                let item = folder.join(&name).ok().and_then(|from| {
                    let to = moved(&top_from, &top_to, &from)?;
                    Some(Item {
                        from,
                        to,
                        metadata,
                        may_be_taken,
                    })
                });
                let Some(item) = item else {
                    let error =
                        self.from()
                            .await?
                            .refused(&folder, Doing::Read, Problem::NameTooLong);
                    self.work.fail(&folder, &error);
                    continue;
                };
                if metadata.is_folder() {
                    match self.folder(&item).await {
                        Ok(made) => {
                            fresh.insert(item.from, made);
                            folders.push((item.to, metadata));
                        }
                        Err(Stop::Cancelled) => return Err(Stop::Cancelled),
                        Err(Stop::Failed(error)) => self.work.fail(&item.from, &error),
                    }
                } else if metadata.size_bytes.unwrap_or(0) < RESUMED_BYTES {
                    small.push(self.counted(item));
                    while small.len() >= SMALL_AT_ONCE
                        && let Some(done) = small.next().await
                    {
                        done?;
                    }
                } else {
                    large.push(self.counted(item));
                    while large.len() >= LARGE_AT_ONCE
                        && let Some(done) = large.next().await
                    {
                        done?;
                    }
                }
            }
        }
        while let Some(done) = small.next().await {
            done?;
        }
        while let Some(done) = large.next().await {
            done?;
        }
        // The times of folders at the end, innermost first: putting something in changes them.
        for (path, metadata) in folders.into_iter().rev() {
            let files = self.to().await?;
            let kept = Metadata {
                mode: metadata.permissions(),
                times: metadata.times,
                ..Metadata::default()
            };
            if let Err(error) = files.files.set(&path, kept).await {
                let error = files.failed(&path, Doing::Change, error).await;
                self.work.fail(&path, &error);
            }
        }
        Ok(())
    }

    /// Makes a folder where there is none; says whether it did.
    async fn folder(&self, item: &Item) -> Result<bool, Stop> {
        loop {
            let files = self.to().await?;
            // Whatever its mode will be, we have to put something in.
            let mode = item.metadata.permissions().map(|mode| mode | 0o700);
            let error = match files.files.make_folder(&item.to, mode).await {
                Ok(()) => {
                    self.work.one_done();
                    return Ok(true);
                }
                Err(error) => error,
            };
            // Not through a link: one that came with the tree may lead anywhere.
            match files.files.lstat(&item.to).await {
                Ok(there) if there.is_folder() => {
                    self.work.one_done();
                    return Ok(false);
                }
                Ok(_) => {
                    return Err(files
                        .refused(&item.to, Doing::Make, Problem::AlreadyExists)
                        .into());
                }
                Err(_) => {}
            }
            let error = files.failed(&item.to, Doing::Make, error).await;
            if !is_lost(&error) {
                return Err(error.into());
            }
        }
    }

    /// One file or link of a tree; what fails is told to the job.
    async fn counted(&self, item: Item) -> Result<(), Cancelled> {
        match self.one(&item).await {
            Ok(()) => Ok(()),
            Err(Stop::Cancelled) => Err(Cancelled),
            Err(Stop::Failed(error)) => {
                self.work.fail(&item.from, &error);
                Ok(())
            }
        }
    }

    /// One file or link, however often the connection is lost.
    async fn one(&self, item: &Item) -> Result<(), Stop> {
        // A part of this job itself is always gone on with.
        let mut resume = self.transfer.resume;
        loop {
            self.work.turn().await?;
            let (to, over) = match self.free_name(item).await? {
                Place::Free(to) => (to, false),
                Place::Over(to) => (to, true),
                Place::None => {
                    self.work.skip();
                    return Ok(());
                }
                Place::Done => {
                    self.work.add_bytes(item.metadata.size_bytes.unwrap_or(0));
                    self.work.one_done();
                    return Ok(());
                }
            };
            let mut counted = 0;
            match self.attempt(item, &to, (over, resume), &mut counted).await {
                Ok(()) => {
                    self.work.one_done();
                    return Ok(());
                }
                Err(Stop::Failed(error)) if is_lost(&error) => {
                    self.work.take_back(counted);
                    resume = true;
                }
                Err(stop) => {
                    self.work.take_back(counted);
                    return Err(stop);
                }
            }
        }
    }
}

/// A path below one folder as it is below another.
fn moved(from: &RemotePath, to: &RemotePath, path: &RemotePath) -> Option<RemotePath> {
    let below = path.as_bytes().strip_prefix(from.as_bytes())?;
    RemotePath::from_bytes(&[to.as_bytes(), b"/", below].concat()).ok()
}

impl From<Box<Error>> for Stop {
    fn from(error: Box<Error>) -> Self {
        Self::Failed(error)
    }
}
