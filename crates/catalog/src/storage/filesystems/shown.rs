//! Which filesystems are shown: one rule, whatever tool lists them.
//!
//! The root is always shown. Left out are the kernel's own filesystems, read-only images, all that
//! is mounted in the system's runtime folders (but for removable media), and the layers that
//! container engines mount for themselves. Other memory disks are shown. Of several mounts of one
//! device or share one is shown, the one with the shortest path.

use std::collections::BTreeMap;

use super::Filesystem;

const KERNELS_OWN: &[&str] = &[
    "autofs",
    "binfmt_misc",
    "bpf",
    "cgroup",
    "cgroup2",
    "configfs",
    "debugfs",
    "devpts",
    "devtmpfs",
    "efivarfs",
    "fuse.gvfsd-fuse",
    "fuse.lxcfs",
    "fuse.portal",
    "fuse.snapfuse",
    "fusectl",
    "hugetlbfs",
    "mqueue",
    "nsfs",
    "proc",
    "pstore",
    "ramfs",
    "rpc_pipefs",
    "securityfs",
    "selinuxfs",
    "squashfs",
    "sysfs",
    "tracefs",
];

const RUNTIME_FOLDERS: &[&str] = &["/dev", "/proc", "/run", "/sys", "/var/run"];

const REMOVABLE_MEDIA: &str = "/run/media";

const CONTAINER_FOLDERS: &[&str] = &[
    "/var/lib/containerd",
    "/var/lib/containers",
    "/var/lib/docker",
    "/var/lib/kubelet",
    "/var/snap",
];

/// Picks the filesystems to show, in the order they were listed. One that stands alone was asked
/// for by a path and is shown whatever it is.
pub(super) fn pick(listed: Vec<Filesystem>) -> Vec<Filesystem> {
    if listed.len() == 1 {
        return listed;
    }
    let mut kept: BTreeMap<String, (usize, Filesystem)> = BTreeMap::new();
    for (place, filesystem) in listed.into_iter().enumerate() {
        if !is_shown(&filesystem) {
            continue;
        }
        let key = identity(&filesystem);
        let nearer = kept
            .get(&key)
            .is_none_or(|(_, other)| filesystem.mount_point.len() <= other.mount_point.len());
        if nearer {
            kept.insert(key, (place, filesystem));
        }
    }
    let mut shown: Vec<_> = kept.into_values().collect();
    shown.sort_by_key(|(place, _)| *place);
    shown
        .into_iter()
        .map(|(_, filesystem)| filesystem)
        .collect()
}

fn is_shown(filesystem: &Filesystem) -> bool {
    let mounted_in = |folders: &[&str]| {
        folders
            .iter()
            .any(|folder| is_below(&filesystem.mount_point, folder))
    };
    let kind = filesystem.r#type.as_deref().unwrap_or_default();
    // A tool that may not look at a layer does not know its type either.
    let layer = matches!(kind, "overlay" | "tmpfs" | "") && mounted_in(CONTAINER_FOLDERS);
    let runtime = mounted_in(RUNTIME_FOLDERS) && !mounted_in(&[REMOVABLE_MEDIA]);
    filesystem.mount_point == "/" || !(KERNELS_OWN.contains(&kind) || layer || runtime)
}

/// Whether the path is the folder or lies below it.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What makes two mounts the same: the device or share, or else the place (of two mounts in one
/// place only the later can be seen).
fn identity(filesystem: &Filesystem) -> String {
    if filesystem.source.contains('/') {
        format!("source {}", filesystem.source)
    } else {
        format!("place {}", filesystem.mount_point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::filesystems::Sizes;

    fn shown(listed: &[(&str, &str, &str)]) -> Vec<String> {
        let filesystem = |(source, kind, place): &(&str, &str, &str)| {
            let kind = Some((*kind).to_owned());
            let place = (*place).to_owned();
            Filesystem::new((*source).to_owned(), kind, place, Sizes::default())
        };
        let picked = pick(listed.iter().map(filesystem).collect());
        picked
            .into_iter()
            .map(|picked| picked.mount_point)
            .collect()
    }

    #[test]
    fn real_ones_are_shown_and_the_systems_own_are_not() {
        let listed = [
            ("sysfs", "sysfs", "/sys"),
            ("udev", "devtmpfs", "/dev"),
            ("tmpfs", "tmpfs", "/run"),
            ("/dev/sda1", "ext4", "/"),
            ("tmpfs", "tmpfs", "/run/user/1000"),
            ("/dev/sdb1", "vfat", "/run/media/ann/STICK"),
            ("tmpfs", "tmpfs", "/tmp"),
            ("tmpfs", "tmpfs", "/runs"),
            ("/dev/loop1", "squashfs", "/snap/core/1"),
            ("overlay", "overlay", "/var/lib/docker/overlay2/ab/merged"),
            ("/dev/sdc1", "ext4", "/var/lib/docker"),
            ("nas:/export", "nfs4", "/srv/nas"),
        ];
        let expected = [
            "/",
            "/run/media/ann/STICK",
            "/tmp",
            "/runs",
            "/var/lib/docker",
            "/srv/nas",
        ];
        assert_eq!(shown(&listed), expected);
    }

    #[test]
    fn a_device_is_shown_once_and_a_place_once() {
        let listed = [
            ("/dev/sda1", "btrfs", "/home"),
            ("/dev/sda1", "btrfs", "/"),
            ("/dev/sda1", "btrfs", "/var"),
            ("one", "tmpfs", "/mnt"),
            ("two", "tmpfs", "/mnt"),
        ];
        assert_eq!(shown(&listed), ["/", "/mnt"]);
    }

    #[test]
    fn the_root_of_a_container_is_shown_and_so_is_the_only_one() {
        let listed = [("overlay", "overlay", "/"), ("proc", "proc", "/proc")];
        assert_eq!(shown(&listed), ["/"]);
        assert_eq!(shown(&[("tmpfs", "tmpfs", "/run")]), ["/run"]);
    }
}
