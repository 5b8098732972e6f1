//! What files become: size, owner, mode and times, of an open one, by path, or of a link itself.
//!
//! Invariant: all that is asked is tried, whichever fails, in an order in which nothing undoes
//! another: a new size changes the times, and a new owner the mode.

use std::{
    fs::{self, File, FileTimes, Permissions},
    io::{self, ErrorKind},
    os::unix::fs::{PermissionsExt, chown, fchown, lchown},
    path::Path,
    time::{Duration, SystemTime},
};

use nix::{
    fcntl::AT_FDCWD,
    libc::mode_t,
    sys::{
        stat::{FchmodatFlags, Mode, UtimensatFlags, fchmodat, utimensat},
        time::TimeSpec,
    },
};
use sftp::{Attributes, open as flag};

use super::files::{PERMISSIONS, open};

/// Changes what is said of an open file.
pub(crate) fn change_open(file: &File, wanted: &Attributes) -> io::Result<()> {
    first_failure([
        wanted.size_bytes.map(|bytes| file.set_len(bytes)),
        wanted
            .owner
            .map(|(user, group)| fchown(file, Some(user), Some(group))),
        wanted
            .mode
            .map(|mode| file.set_permissions(Permissions::from_mode(mode & PERMISSIONS))),
        wanted.times.map(|(access, change)| {
            let at = |seconds: u32| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.into());
            let times = FileTimes::new().set_accessed(at(access));
            file.set_times(times.set_modified(at(change)))
        }),
    ])
}

/// Changes what is said, of what a link leads to.
pub(crate) fn change(path: &Path, wanted: &Attributes) -> io::Result<()> {
    first_failure([
        wanted
            .size_bytes
            .map(|bytes| open(path, flag::WRITE, None)?.set_len(bytes)),
        wanted
            .owner
            .map(|(user, group)| chown(path, Some(user), Some(group))),
        wanted
            .mode
            .map(|mode| fs::set_permissions(path, Permissions::from_mode(mode & PERMISSIONS))),
        wanted
            .times
            .map(|times| set_times(path, times, UtimensatFlags::FollowSymlink)),
    ])
}

/// Changes what is said, of a link itself. Linux has no mode of a link, and says so.
pub(crate) fn change_link(path: &Path, wanted: &Attributes) -> io::Result<()> {
    first_failure([
        // A link has no size to change, and what it leads to is not meant.
        wanted
            .size_bytes
            .map(|_| Err(ErrorKind::InvalidInput.into())),
        wanted
            .owner
            .map(|(user, group)| lchown(path, Some(user), Some(group))),
        wanted.mode.map(|mode| {
            let mode = Mode::from_bits_truncate((mode & PERMISSIONS) as mode_t);
            Ok(fchmodat(
                AT_FDCWD,
                path,
                mode,
                FchmodatFlags::NoFollowSymlink,
            )?)
        }),
        wanted
            .times
            .map(|times| set_times(path, times, UtimensatFlags::NoFollowSymlink)),
    ])
}

fn first_failure<const N: usize>(done: [Option<io::Result<()>>; N]) -> io::Result<()> {
    done.into_iter().flatten().collect()
}

fn set_times(path: &Path, (access, change): (u32, u32), flags: UtimensatFlags) -> io::Result<()> {
    let time = |seconds: u32| TimeSpec::from_duration(Duration::from_secs(seconds.into()));
    Ok(utimensat(
        AT_FDCWD,
        path,
        &time(access),
        &time(change),
        flags,
    )?)
}
