//! Deletes for good: what is in folders first, then the folders.
//!
//! Invariant: nothing is deleted in a folder that others exchanged for another since it was listed.

use catalog::arguments::RemotePath;
use futures::{StreamExt, stream};
use ssh::FileError;

use super::work::{Cancelled, Stop, Work, is_lost};
use crate::{
    Error,
    files::{
        Doing, ServerFilesToChange,
        ground::{Ground, Tops},
        walk::Walk,
    },
};

/// Deletions under way at once.
const SIDE_BY_SIDE: usize = 64;

pub(super) async fn run(work: &Work, server: &str, paths: &[RemotePath]) -> Result<(), Stop> {
    let mut tops = Tops::default();
    for path in paths {
        tree(work, server, path, &mut tops).await?;
    }
    Ok(())
}

/// Deletes one path with all that is below it. What fails is told to the job.
pub(super) async fn tree(
    work: &Work,
    server: &str,
    path: &RemotePath,
    tops: &mut Tops,
) -> Result<(), Stop> {
    let around = match work.around(server, path, tops).await {
        Err(Stop::Failed(error)) => {
            work.fail(path, &error);
            return Ok(());
        }
        around => around?,
    };
    let files = work.files(server).await?;
    work.begin(path);
    let metadata = match files.files.lstat(path).await {
        Ok(metadata) => metadata,
        Err(error) => {
            let error = files.failed(path, Doing::Delete, error).await;
            work.fail(path, &error);
            return Ok(());
        }
    };
    let top = path.split().map_or_else(
        || Some(around.clone()),
        |(_, name)| around.inside(&name, &metadata),
    );
    let Some(top) = top.filter(|_| metadata.is_folder()) else {
        return each(work, server, &around, vec![path.clone()]).await;
    };
    let mut walk = Walk::new(files.files.clone(), vec![top]);
    let mut folders: Vec<Ground> = Vec::new();
    while let Some((folder, entries)) = work.next_folder(server, &mut walk).await? {
        let inside = entries
            .into_iter()
            .filter(|entry| !entry.metadata.is_folder())
            .filter_map(|entry| folder.path.join(&entry.name).ok());
        each(work, server, &folder, inside.collect()).await?;
        folders.push(folder);
    }
    // A folder was found before those in it. Those of one depth do not hold each other.
    let depth = |folder: &Ground| {
        let bytes = folder.path.as_bytes().iter();
        bytes.filter(|byte| **byte == b'/').count()
    };
    folders.sort_by_key(|folder| std::cmp::Reverse(depth(folder)));
    for level in folders.chunk_by(|one, other| depth(one) == depth(other)) {
        let mut results = stream::iter(level.to_vec())
            .map(|folder| async move { remove(work, server, &folder.path, Some(&folder)).await })
            .buffer_unordered(SIDE_BY_SIDE);
        while let Some(result) = results.next().await {
            result?;
        }
    }
    Ok(())
}

/// Deletes what lies in a folder and is none, as long as it is the folder that was listed.
async fn each(
    work: &Work,
    server: &str,
    folder: &Ground,
    paths: Vec<RemotePath>,
) -> Result<(), Stop> {
    let at_once = match folder.is_exchangeable() {
        true => SIDE_BY_SIDE,
        false => paths.len().max(1),
    };
    for some in paths.chunks(at_once) {
        match work.check(server, folder, Doing::Delete).await {
            Err(Stop::Failed(error)) => {
                work.fail(&folder.path, &error);
                return Ok(());
            }
            checked => checked?,
        }
        let mut results = stream::iter(some.to_vec())
            .map(|path| async move { remove(work, server, &path, None).await })
            .buffer_unordered(SIDE_BY_SIDE);
        while let Some(result) = results.next().await {
            result?;
        }
    }
    Ok(())
}

/// `folder`: it is this one; `None`: it is none.
async fn remove(
    work: &Work,
    server: &str,
    path: &RemotePath,
    folder: Option<&Ground>,
) -> Result<(), Cancelled> {
    let result: Result<(), Stop> = async {
        loop {
            if let Some(folder) = folder {
                work.check(server, folder, Doing::Delete).await?;
            }
            let files = work.files(server).await?;
            match remove_one(&files, path, folder.is_some()).await {
                Err(error) if is_lost(&error) => {}
                result => return Ok(result?),
            }
        }
    }
    .await;
    match result {
        Ok(()) => work.one_done(),
        Err(Stop::Cancelled) => return Err(Cancelled),
        Err(Stop::Failed(error)) => work.fail(path, &error),
    }
    Ok(())
}

async fn remove_one(
    files: &ServerFilesToChange,
    path: &RemotePath,
    folder: bool,
) -> Result<(), Error> {
    let result = if folder {
        files.files.remove_folder(path).await
    } else {
        files.files.remove(path).await
    };
    match result {
        // Somebody else was quicker, or it went before the connection did.
        Ok(()) | Err(FileError::NoSuchFile) => Ok(()),
        Err(error) => Err(files.failed(path, Doing::Delete, error).await),
    }
}
