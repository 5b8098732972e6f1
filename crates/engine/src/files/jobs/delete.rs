//! Deletes for good: what is in folders first, then the folders.

use catalog::arguments::RemotePath;
use futures::{StreamExt, stream};
use ssh::FileError;

use super::work::{Cancelled, Stop, Work, is_lost};
use crate::{
    Error,
    files::{Doing, ServerFilesToChange, walk::Walk},
};

/// Deletions under way at once.
const SIDE_BY_SIDE: usize = 64;

pub(super) async fn run(work: &Work, server: &str, paths: &[RemotePath]) -> Result<(), Stop> {
    for path in paths {
        tree(work, server, path).await?;
    }
    Ok(())
}

/// Deletes one path with all that is below it. What fails is told to the job.
pub(super) async fn tree(work: &Work, server: &str, path: &RemotePath) -> Result<(), Stop> {
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
    if !metadata.is_folder() {
        return Ok(remove(work, server, path, false).await?);
    }
    let mut walk = Walk::new(files.files.clone(), vec![path.clone()]);
    let mut folders = Vec::new();
    while let Some((folder, entries)) = work.next_folder(server, &mut walk).await? {
        let inside = entries
            .into_iter()
            .filter(|entry| !entry.metadata.is_folder())
            .filter_map(|entry| folder.join(&entry.name).ok());
        each(work, server, inside.collect(), false).await?;
        folders.push(folder);
    }
    // A folder was found before those in it. Those of one depth do not hold each other.
    folders.sort_by_key(|folder| {
        std::cmp::Reverse(
            folder
                .as_bytes()
                .iter()
                .filter(|byte| **byte == b'/')
                .count(),
        )
    });
    let depth = |folder: &RemotePath| {
        folder
            .as_bytes()
            .iter()
            .filter(|byte| **byte == b'/')
            .count()
    };
    for level in folders.chunk_by(|one, other| depth(one) == depth(other)) {
        each(work, server, level.to_vec(), true).await?;
    }
    Ok(())
}

async fn each(
    work: &Work,
    server: &str,
    paths: Vec<RemotePath>,
    folders: bool,
) -> Result<(), Stop> {
    let mut results = stream::iter(paths)
        .map(|path| async move { remove(work, server, &path, folders).await })
        .buffer_unordered(SIDE_BY_SIDE);
    while let Some(result) = results.next().await {
        result?;
    }
    Ok(())
}

async fn remove(
    work: &Work,
    server: &str,
    path: &RemotePath,
    folder: bool,
) -> Result<(), Cancelled> {
    let result: Result<(), Stop> = async {
        loop {
            let files = work.files(server).await?;
            match remove_one(&files, path, folder).await {
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
