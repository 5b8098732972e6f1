//! Files as Linux, macOS and the BSDs have them: opened, described, renamed.
//!
//! Invariant: paths are bytes. Nothing is followed that the caller did not ask to be followed, and
//! neither a pipe nor a terminal holds the caller up.

use std::{
    ffi::OsStr,
    fs::{self, DirBuilder, File, Metadata, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, symlink},
    },
    path::Path,
};

use bytes::Bytes;
use nix::{
    errno::Errno,
    fcntl::OFlag,
    unistd::{Gid, Group, Uid, User},
};
use rustix::fs::{StatVfsMountFlags, statvfs};
use sftp::{Attributes, Extensions, StatVfs, code, open as flag};

/// What can be asked beyond the draft.
pub(crate) const EXTENSIONS: Extensions = Extensions {
    posix_rename: true,
    fsync: true,
    stat_vfs: true,
    hard_link: true,
    l_set_stat: true,
    limits: true,
    copy_data: true,
    users_groups_by_id: true,
};

/// The bits that `chmod` takes.
pub(super) const PERMISSIONS: u32 = 0o7777;

/// A path, or a part of one.
///
/// # Errors
/// None here.
pub(crate) fn path(bytes: &[u8]) -> io::Result<&Path> {
    Ok(Path::new(OsStr::from_bytes(bytes)))
}

/// A name or path as SFTP says it; here every one can be said.
pub(crate) fn name(name: &OsStr) -> Option<Bytes> {
    Some(Bytes::copy_from_slice(name.as_bytes()))
}

/// Opens, or makes, a file, by flags of [`sftp::open`]; the mode is for a new one, and the process's
/// umask is taken from it. Neither a pipe without another end nor a terminal holds the caller up.
pub(crate) fn open(path: &Path, flags: u32, mode: Option<u32>) -> io::Result<File> {
    let has = |flag| flags & flag != 0;
    let mut more = OFlag::O_NONBLOCK | OFlag::O_NOCTTY;
    for (asked, flag) in [
        (flag::APPEND, OFlag::O_APPEND),
        (flag::CREATE, OFlag::O_CREAT),
        (flag::TRUNCATE, OFlag::O_TRUNC),
        (flag::EXCLUSIVE, OFlag::O_EXCL),
    ] {
        more.set(flag, has(asked));
    }
    // The library's own switches refuse combinations that the system takes.
    OpenOptions::new()
        .read(has(flag::READ) || !has(flag::WRITE))
        .write(has(flag::WRITE))
        .custom_flags(more.bits())
        .mode(mode.unwrap_or(0o666) & PERMISSIONS)
        .open(path)
}

/// Reads once at an offset; fewer bytes than asked for is no error, none is the end.
pub(crate) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    file.read_at(buffer, offset)
}

/// Writes all of it, at an offset, or to the end of a file that was opened to append.
pub(crate) fn write_at(
    mut file: &File,
    bytes: &[u8],
    offset: u64,
    appends: bool,
) -> io::Result<()> {
    if appends {
        return file.write_all(bytes);
    }
    file.write_all_at(bytes, offset)
}

/// Closes a file; a remote filesystem says only now what went wrong with a write.
pub(crate) fn close(file: File) -> io::Result<()> {
    match nix::unistd::close(file) {
        // It is closed all the same.
        Err(Errno::EINTR) => Ok(()),
        closed => Ok(closed?),
    }
}

/// The attributes as SFTP sends them; times outside its 32 bits become its first or last.
pub(crate) fn attributes(metadata: &Metadata) -> Attributes {
    let time = |seconds: i64| u32::try_from(seconds.max(0)).unwrap_or(u32::MAX);
    Attributes {
        size_bytes: Some(metadata.len()),
        owner: Some((metadata.uid(), metadata.gid())),
        mode: Some(metadata.mode()),
        times: Some((time(metadata.atime()), time(metadata.mtime()))),
    }
}

/// Makes a folder; the process's umask is taken from the mode.
pub(crate) fn make_folder(path: &Path, mode: Option<u32>) -> io::Result<()> {
    let mode = mode.unwrap_or(0o777) & PERMISSIONS;
    DirBuilder::new().mode(mode).create(path)
}

/// Makes a link that holds these bytes.
pub(crate) fn make_link(target: &[u8], path: &Path) -> io::Result<()> {
    symlink(OsStr::from_bytes(target), path)
}

/// Renames, unless something has the new name already.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::{
            fs::{CWD, RenameFlags, renameat_with},
            io::Errno,
        };
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // The kernel, or the filesystem, cannot do it in one step.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            renamed => return Ok(renamed?),
        }
    }
    rename_in_steps(from, to)
}

/// As OpenSSH does it: a second name for a file fails where the name is taken. What can have no
/// second name, as a folder, is renamed after a look.
fn rename_in_steps(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(from)?.is_file() {
        match fs::hard_link(from, to) {
            Ok(()) => {
                return fs::remove_file(from).inspect_err(|_| {
                    // It keeps the old name, and that is what is told.
                    let _ = fs::remove_file(to);
                });
            }
            // No second names on this filesystem, or none for this user.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::Unsupported | ErrorKind::PermissionDenied
                ) || error.raw_os_error() == Some(Errno::EOPNOTSUPP as i32) => {}
            Err(error) => return Err(error),
        }
    }
    match fs::symlink_metadata(to) {
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == ErrorKind::NotFound => fs::rename(from, to),
        Err(error) => Err(error),
    }
}

/// The filesystem of a path.
pub(crate) fn stat_vfs(path: &Path) -> io::Result<StatVfs> {
    let found = statvfs(path)?;
    Ok(StatVfs {
        fragment_bytes: found.f_frsize,
        blocks: found.f_blocks,
        free_blocks: found.f_bfree,
        available_blocks: found.f_bavail,
        files: found.f_files,
        free_files: found.f_ffree,
        filesystem_id: found.f_fsid,
        read_only: found.f_flag.contains(StatVfsMountFlags::RDONLY),
        name_bytes: found.f_namemax,
    })
}

/// The name of a user; empty: there is none.
pub(crate) fn user(id: u32) -> String {
    let user = User::from_uid(Uid::from_raw(id));
    user.ok()
        .flatten()
        .map(|user| user.name)
        .unwrap_or_default()
}

/// The name of a group; empty: there is none.
pub(crate) fn group(id: u32) -> String {
    let group = Group::from_gid(Gid::from_raw(id));
    group
        .ok()
        .flatten()
        .map(|group| group.name)
        .unwrap_or_default()
}

/// The code of an error that has no kind in the library, or another one.
pub(crate) fn code(error: &io::Error) -> Option<u32> {
    match Errno::from_raw(error.raw_os_error()?) {
        Errno::ELOOP | Errno::EBADF => Some(code::NO_SUCH_FILE),
        Errno::EOPNOTSUPP => Some(code::OP_UNSUPPORTED),
        _ => None,
    }
}

/// What the system says of an error, without its number.
pub(crate) fn words(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(number) => Errno::from_raw(number).desc().to_owned(),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renaming_in_steps_replaces_nothing_either() {
        let folder = std::env::temp_dir().join(format!("local-steps-{}", std::process::id()));
        let at = |name: &str| folder.join(name);
        fs::create_dir_all(at("folder")).unwrap();
        for name in ["one", "two"] {
            fs::write(at(name), name).unwrap();
        }
        symlink("nowhere", at("link")).unwrap();
        for from in ["one", "folder", "link"] {
            for to in ["two", "folder", "link"] {
                let error = rename_in_steps(&at(from), &at(to)).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::AlreadyExists, "{from} to {to}");
            }
            rename_in_steps(&at(from), &at("new")).unwrap();
            rename_in_steps(&at("new"), &at(from)).unwrap();
        }
        assert_eq!(fs::read(at("two")).unwrap(), b"two");
        assert_eq!(fs::read(at("one")).unwrap(), b"one");
        fs::remove_dir_all(&folder).unwrap();
    }
}
