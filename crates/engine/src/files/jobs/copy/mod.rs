//! Copies trees, within a server or between two, streamed through without touching a disk here.
//!
//! Invariant: a file appears under its name when it is whole; what was copied before a cut is not
//! copied again; a moved file goes only when it has arrived. Nothing is read or written through a folder
//! that others exchanged for another since it was found.

mod names;
mod one;
mod target;
mod withdraw;

use std::{collections::BTreeMap, sync::Arc};

use catalog::arguments::{FileName, RemotePath};
use futures::{StreamExt, stream::FuturesUnordered};
use ssh::{FolderEntry, Metadata};

use self::names::Twins;
use super::{
    Transfer, delete,
    work::{Cancelled, Stop, Work, is_lost},
};
use crate::{
    Error, MeasureLine,
    files::{
        Doing, Problem, ServerFiles, ServerFilesToChange,
        ground::{Ground, Tops},
        part::RESUMED_BYTES,
        walk::Walk,
    },
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
    /// The folders that these lie in.
    found_in: Arc<Ground>,
    goes_into: Arc<Ground>,
    metadata: Metadata,
    /// Whether something may be at `to`: not in a folder that was just made, unless another thing of the
    /// tree may have its name there.
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
    let mut tops = Tops::default();
    let goes_into = match work.ground(&transfer.to_server, &transfer.to_folder).await {
        Err(Stop::Failed(error)) => {
            transfer
                .paths
                .iter()
                .for_each(|path| work.fail(path, &error));
            return Ok(());
        }
        ground => Arc::new(ground?),
    };
    for (index, path) in transfer.paths.iter().enumerate() {
        let names = transfer.to_names.as_deref().unwrap_or_default();
        let Some((_, name)) = path.split() else {
            let error = Error::Invalid("the root itself cannot be copied".to_owned());
            work.fail(path, &error);
            continue;
        };
        let name = names.get(index).cloned().unwrap_or(name);
        match ends.top(path, &name, (&mut tops, &goes_into)).await {
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

    /// Whose a thing is, where that is the same at the place it is copied to: another server may claim
    /// anything, and its numbers are of other users.
    fn owner(&self, metadata: &Metadata) -> Option<(u32, u32)> {
        metadata.owner.filter(|_| self.same_server())
    }

    async fn from(&self) -> Result<ServerFiles, Stop> {
        self.work.files_to_read(&self.transfer.server).await
    }

    async fn to(&self) -> Result<ServerFilesToChange, Stop> {
        self.work.files(&self.transfer.to_server).await
    }

    /// One of the paths that were named.
    async fn top(
        &self,
        path: &RemotePath,
        name: &FileName,
        (tops, goes_into): (&mut Tops, &Arc<Ground>),
    ) -> Result<(), Stop> {
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
        let found_in = self.work.around(&self.transfer.server, path, tops).await?;
        let item = Item {
            from: path.clone(),
            to,
            found_in: Arc::new(found_in),
            goes_into: Arc::clone(goes_into),
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
            delete::tree(self.work, &self.transfer.server, path, tops).await?;
            self.work.shown().files_done = done;
        }
        Ok(())
    }

    /// Whether a move within a server was a mere rename.
    async fn renamed(&self, item: &Item) -> Result<bool, Stop> {
        let files = self.to().await?;
        if !matches!(files.files.exists(&item.to).await, Ok(false)) {
            return Ok(false);
        }
        let server = &self.transfer.server;
        self.work
            .check(server, &item.found_in, Doing::Rename)
            .await?;
        self.check_target(item).await?;
        Ok(files.files.rename(&item.from, &item.to).await.is_ok())
    }

    /// A folder with all that is in it.
    async fn tree(&self, top: Item) -> Result<(), Stop> {
        let (top_from, top_to) = (top.from.clone(), top.to.clone());
        let ground = top_from
            .split()
            .and_then(|(_, name)| top.found_in.inside(&name, &top.metadata));
        let made = self.folder(&top).await?;
        let mut fresh =
            BTreeMap::from([(top_from.clone(), (Arc::clone(&made.ground), made.is_new))]);
        let mut folders = vec![made];
        let grounds = ground.into_iter().collect();
        let mut walk = Walk::new(self.from().await?.files.clone(), grounds);
        let mut small = FuturesUnordered::new();
        let mut large = FuturesUnordered::new();
        while let Some((folder, entries)) = self
            .work
            .next_folder(&self.transfer.server, &mut walk)
            .await?
        {
            // What is in a folder that has no place has none either: its path may lead through a link.
            let Some((goes_into, is_new)) = fresh.remove(&folder.path) else {
                continue;
            };
            let folder = Arc::new(folder);
            let twins = Twins::of(&entries);
            for FolderEntry { name, metadata, .. } in entries {
                let item = folder.path.join(&name).ok().and_then(|from| {
                    let to = moved(&top_from, &top_to, &from)?;
                    Some(Item {
                        from,
                        to,
                        found_in: Arc::clone(&folder),
                        goes_into: Arc::clone(&goes_into),
                        metadata,
                        may_be_taken: !is_new || twins.has(&name),
                    })
                });
                let Some(item) = item else {
                    let from = self.from().await?;
                    let error = from.refused(&folder.path, Doing::Read, Problem::NameTooLong);
                    self.work.fail(&folder.path, &error);
                    continue;
                };
                if metadata.is_folder() {
                    match self.folder(&item).await {
                        Ok(made) => {
                            fresh.insert(item.from, (Arc::clone(&made.ground), made.is_new));
                            folders.push(made);
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
        for made in folders.iter().rev() {
            self.finish_folder(made).await?;
        }
        Ok(())
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
        let mut was_taken = false;
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
                // Its name was free and is not any more: now what was chosen for that is done.
                Err(Stop::Failed(error)) if !was_taken && is_taken(&error) && item.may_be_taken => {
                    self.work.take_back(counted);
                    was_taken = true;
                }
                Err(stop) => {
                    self.work.take_back(counted);
                    return Err(stop);
                }
            }
        }
    }
}

fn is_taken(error: &Error) -> bool {
    matches!(
        error,
        Error::File {
            problem: Problem::AlreadyExists,
            ..
        }
    )
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
