//! Changes mode, owner or time, of paths or of all that is below them too.

use catalog::arguments::RemotePath;
use ssh::Metadata;

use super::{
    NewFileJob,
    work::{Stop, Work, is_lost},
};
use crate::files::{Doing, walk::Walk};

pub(super) async fn run(work: &Work, server: &str, new: &NewFileJob) -> Result<(), Stop> {
    let NewFileJob::Attributes {
        paths,
        recursive,
        file_mode,
        folder_mode,
        uid,
        gid,
        modified_at,
        ..
    } = new
    else {
        return Ok(());
    };
    let change = Change {
        file_mode: *file_mode,
        folder_mode: *folder_mode,
        uid: *uid,
        gid: *gid,
        modified_at: *modified_at,
    };
    for path in paths {
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
        if *recursive && metadata.is_folder() {
            below(work, server, path, &change).await?;
        }
        // Last: a folder's new mode may keep its content from being reached.
        one(work, server, path, &metadata, &change).await?;
    }
    Ok(())
}

struct Change {
    file_mode: Option<u32>,
    folder_mode: Option<u32>,
    uid: Option<u32>,
    gid: Option<u32>,
    modified_at: Option<u32>,
}

async fn below(work: &Work, server: &str, top: &RemotePath, change: &Change) -> Result<(), Stop> {
    let files = work.files(server).await?;
    let mut walk = Walk::new(files.files.clone(), vec![top.clone()]);
    let mut folders = Vec::new();
    while let Some((folder, entries)) = work.next_folder(server, &mut walk).await? {
        for entry in entries {
            let Ok(path) = folder.join(&entry.name) else {
                continue;
            };
            if entry.metadata.is_folder() {
                folders.push((path, entry.metadata));
            } else {
                one(work, server, &path, &entry.metadata, change).await?;
            }
        }
    }
    for (path, metadata) in folders.into_iter().rev() {
        one(work, server, &path, &metadata, change).await?;
    }
    Ok(())
}

async fn one(
    work: &Work,
    server: &str,
    path: &RemotePath,
    metadata: &Metadata,
    change: &Change,
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
            let files = work.files(server).await?;
            let result = if is_link {
                files.files.set_link(path, step).await
            } else {
                files.files.set(path, step).await
            };
            let Err(error) = result else { break };
            let error = files.failed(path, Doing::Change, error).await;
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
