//! Takes back the parts that a copy left when the program ended, once nobody goes on with it.

use catalog::arguments::RemotePath;
use futures::{StreamExt, stream};
use ssh::{Files, Metadata};

use super::{SMALL_AT_ONCE, Transfer, moved};
use crate::files::{jobs::work::Work, part, walk::Walk};

/// Removes, as far as both servers can be asked now, the parts of the files that were to be copied:
/// each has a name that says of which file it is, so no other is touched.
pub(in super::super) async fn withdraw(work: &Work, transfer: &Transfer) {
    let (Some(from), Some(to)) = (
        work.files_to_read_now(&transfer.server).await,
        work.files_now(&transfer.to_server).await,
    ) else {
        return;
    };
    let names = transfer.to_names.as_deref().unwrap_or_default();
    for (index, path) in transfer.paths.iter().enumerate() {
        let name = names.get(index).cloned();
        let Some(top) = name.or_else(|| Some(path.split()?.1)) else {
            continue;
        };
        let (Ok(metadata), Ok(goes_to)) =
            (from.files.lstat(path).await, transfer.to_folder.join(&top))
        else {
            continue;
        };
        if !metadata.is_folder() {
            remove(&to.files, &goes_to, &metadata).await;
            continue;
        }
        let mut walk = Walk::of_names(from.files.clone(), vec![path.clone()]);
        while let Some((folder, entries)) = walk.next().await {
            let files = entries.into_iter().flatten().filter_map(|entry| {
                let goes_to = moved(path, &goes_to, &folder.path.join(&entry.name).ok()?)?;
                (!entry.metadata.is_folder()).then_some((goes_to, entry.metadata))
            });
            stream::iter(files)
                .for_each_concurrent(SMALL_AT_ONCE, |(goes_to, metadata)| {
                    let files = to.files.clone();
                    async move { remove(&files, &goes_to, &metadata).await }
                })
                .await;
        }
    }
}

async fn remove(files: &Files, target: &RemotePath, metadata: &Metadata) {
    let modified_at = metadata.times.map(|(_, modified)| modified);
    let size_bytes = metadata.size_bytes.unwrap_or(0);
    if let Some(part) = part::place(target, size_bytes, modified_at) {
        // Most were never there.
        let _ = files.remove(&part).await;
    }
}
