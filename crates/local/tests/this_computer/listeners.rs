//! What this process listens on, asked of the kernel.

use std::{collections::BTreeSet, fs};

/// The inodes of this process's sockets that are in the kernel's list of listening ones.
pub(crate) fn of_this_process() -> BTreeSet<String> {
    let mut listening = BTreeSet::new();
    for list in ["tcp", "tcp6"] {
        let list = fs::read_to_string(format!("/proc/self/net/{list}")).unwrap_or_default();
        for line in list.lines().skip(1) {
            let mut fields = line.split_whitespace().skip(3);
            if let (Some("0A"), Some(inode)) = (fields.next(), fields.nth(5)) {
                listening.insert(format!("socket:[{inode}]"));
            }
        }
    }
    let ours = fs::read_dir("/proc/self/fd").into_iter().flatten();
    ours.filter_map(|fd| fs::read_link(fd.ok()?.path()).ok())
        .map(|target| target.to_string_lossy().into_owned())
        .filter(|target| listening.contains(target))
        .collect()
}
