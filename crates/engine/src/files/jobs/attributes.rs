//! Changes mode, owner or time, of paths or of all that is below them too.
//!
//! Invariant: nothing is changed of what a link leads to that others put in a thing's place.

use std::sync::Arc;

use catalog::arguments::RemotePath;
use futures::{StreamExt as _, stream::FuturesUnordered};
use ssh::Metadata;

use super::{
    AttributeChange,
    work::{Stop, Work, is_lost},
};
use crate::files::{
    Doing,
    ground::{Ground, Tops},
    walk::Walk,
};

/// Things under way at once: each takes up to four requests, one after the other.
const AT_ONCE: usize = 64;

pub(super) async fn run(work: &Work, change: &AttributeChange) -> Result<(), Stop> {
    let server = &change.server;
    let mut tops = Tops::default();
    for path in &change.paths {
        let around = match work.around(server, path, &mut tops).await {
            Err(Stop::Failed(error)) => {
                work.fail(path, &error);
                continue;
            }
            around => around?,
        };
        let files = work.files(server).await?;
        work.begin(path);
        let metadata = match files.files.lstat(path).await {
            Ok(metadata) => metadata,
            Err(error) => {
                let error = files.failed(path, Doing::Change, error).await;
                work.fail(path, &error);
                continue;
            }
        };
        let top = path.split().map_or_else(
            || Some(around.clone()),
            |(_, name)| around.inside(&name, &metadata),
        );
        if let Some(top) = top.filter(|_| change.recursive && metadata.is_folder()) {
            below(work, change, top).await?;
        }
        // Last: a folder's new mode may keep its content from being reached.
        one(work, change, (&around, path), &metadata).await?;
    }
    Ok(())
}

async fn below(work: &Work, change: &AttributeChange, top: Ground) -> Result<(), Stop> {
    let server = &change.server;
    let files = work.files(server).await?;
    let mut walk = Walk::new(files.files.clone(), vec![top]);
    let mut folders = Vec::new();
    let mut changing = FuturesUnordered::new();
    while let Some((folder, entries)) = work.next_folder(server, &mut walk).await? {
        let folder = Arc::new(folder);
        for entry in entries {
            let Ok(path) = folder.path.join(&entry.name) else {
                continue;
            };
            let folder = Arc::clone(&folder);
            if entry.metadata.is_folder() {
                folders.push((folder, path, entry.metadata));
                continue;
            }
            changing
                .push(async move { one(work, change, (&folder, &path), &entry.metadata).await });
            while changing.len() >= AT_ONCE
                && let Some(changed) = changing.next().await
            {
                changed?;
            }
        }
    }
    while let Some(changed) = changing.next().await {
        changed?;
    }
    for (folder, path, metadata) in folders.into_iter().rev() {
        one(work, change, (&folder, &path), &metadata).await?;
    }
    Ok(())
}

/// Of one thing in a folder.
async fn one(
    work: &Work,
    change: &AttributeChange,
    (folder, path): (&Ground, &RemotePath),
    metadata: &Metadata,
) -> Result<(), Stop> {
    // A link has no mode of its own, and what it leads to was not meant.
    let is_link = metadata.is_link();
    let mode = match (metadata.is_folder(), is_link) {
        (true, _) => change.folder_mode,
        (false, false) => change.file_mode,
        (false, true) => None,
    };
    let owner = (change.uid.is_some() || change.gid.is_some()).then(|| {
        let (user, group) = metadata.owner.unwrap_or_default();
        (change.uid.unwrap_or(user), change.gid.unwrap_or(group))
    });
    let times = change.modified_at.map(|modified| {
        let accessed = metadata.times.map_or(modified, |(accessed, _)| accessed);
        (accessed, modified)
    });
    // The owner first: a change of it takes away the set-user-ID bit.
    let steps = [
        Metadata {
            owner,
            ..Metadata::default()
        },
        Metadata {
            mode: mode.map(|mode| mode & 0o7777),
            times,
            ..Metadata::default()
        },
    ];
    for step in steps {
        if step == Metadata::default() {
            continue;
        }
        loop {
            let files = work.files(&change.server).await?;
            let result = folder.set(&files.files, path, metadata, step).await;
            let Err(problem) = result else { break };
            let error = files.failed_by(path, Doing::Change, problem).await;
            if is_lost(&error) {
                continue;
            }
            work.fail(path, &error);
            return Ok(());
        }
    }
    work.one_done();
    Ok(())
}
