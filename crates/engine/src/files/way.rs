//! The way to a folder that somebody wrote down some time ago: whether it is still that person's.
//!
//! Invariant: a link that another user could have put is never followed; what is no link is where it was.

use std::collections::VecDeque;

use catalog::arguments::{FileName, RemotePath};
use futures::future::join_all;
use ssh::{FileError, Metadata};

use super::{
    ServerFiles,
    ground::{is_open, is_ours},
};

/// As many as Linux follows, see path_resolution(7).
const MOST_LINKS: usize = 40;

/// Whether a link leads on the way to a folder, or to what is there of it, that others than the user and
/// root made or could have put there. One request each for the folders of a way without links.
///
/// # Errors
/// As the server says.
pub(super) async fn is_of_others(
    files: &ServerFiles,
    path: &RemotePath,
) -> Result<bool, FileError> {
    let mut folders = vec![path.clone()];
    while let Some((above, _)) = folders.last().and_then(RemotePath::split) {
        folders.push(above);
    }
    for found in join_all(folders.iter().map(|folder| files.files.lstat(folder))).await {
        match found {
            Ok(found) if !found.is_link() => {}
            Err(FileError::NoSuchFile) => {}
            Ok(_) => return step_by_step(files, path).await,
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// The same where there are links: each is followed by itself, as those behind it may be another's.
async fn step_by_step(files: &ServerFiles, path: &RemotePath) -> Result<bool, FileError> {
    let mut at = RemotePath::root();
    let mut folder = files.files.lstat(&at).await?;
    let mut names: VecDeque<Vec<u8>> = parts(path.as_bytes()).collect();
    let mut links = 0;
    while let Some(name) = names.pop_front() {
        if name == b".." {
            at = at.split().map_or_else(RemotePath::root, |(above, _)| above);
            folder = files.files.lstat(&at).await?;
            continue;
        }
        let next = FileName::from_bytes(&name)
            .ok()
            .and_then(|name| at.join(&name).ok());
        // No path of a file, which the server will say too.
        let Some(next) = next else { return Ok(false) };
        let found: Metadata = match files.files.lstat(&next).await {
            Err(FileError::NoSuchFile) => return Ok(false),
            found => found?,
        };
        if !found.is_link() {
            (at, folder) = (next, found);
            continue;
        }
        links += 1;
        let is_ours = found.owner.is_none() || is_ours(&found, files.user);
        if !is_ours || is_open(&folder, &found, files.user) || links > MOST_LINKS {
            return Ok(true);
        }
        let target = files.files.read_link(&next).await?;
        if target.starts_with(b"/") {
            at = RemotePath::root();
            folder = files.files.lstat(&at).await?;
        }
        for name in parts(&target).collect::<Vec<_>>().into_iter().rev() {
            names.push_front(name);
        }
    }
    Ok(false)
}

fn parts(path: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let parts = path.split(|byte| *byte == b'/');
    parts
        .filter(|part| !part.is_empty() && *part != b".")
        .map(<[u8]>::to_vec)
}
