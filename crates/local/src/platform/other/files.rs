//! Files where names are text (Windows): what the standard library can do with them.
//!
//! Invariant: what SFTP asks and this system has not is answered as unsupported, and nothing is
//! done in its place.

use std::{
    ffi::OsStr,
    fs::{self, File, FileTimes, Metadata, OpenOptions},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::Path,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use sftp::{Attributes, Extensions, StatVfs, file_type, open as flag};

use super::super::names::refusal;

/// What can be asked beyond the draft.
pub(crate) const EXTENSIONS: Extensions = Extensions {
    posix_rename: true,
    fsync: true,
    stat_vfs: false,
    hard_link: true,
    l_set_stat: false,
    limits: true,
    copy_data: true,
    users_groups_by_id: false,
};

/// A path, or a part of one.
///
/// # Errors
/// It is not UTF-8, or a name in it is none here.
pub(crate) fn path(bytes: &[u8]) -> io::Result<&Path> {
    let text = str::from_utf8(bytes).map_err(|_| ErrorKind::InvalidInput)?;
    match refusal(text) {
        Some(words) => Err(io::Error::new(ErrorKind::InvalidInput, words)),
        None => Ok(Path::new(text)),
    }
}

/// A name or path as SFTP says it; `None`: it is no text.
pub(crate) fn name(name: &OsStr) -> Option<Bytes> {
    Some(Bytes::copy_from_slice(name.to_str()?.as_bytes()))
}

/// Opens, or makes, a file, by flags of [`sftp::open`]; modes there are none.
pub(crate) fn open(path: &Path, flags: u32, _mode: Option<u32>) -> io::Result<File> {
    let has = |flag| flags & flag != 0;
    OpenOptions::new()
        .read(has(flag::READ) || !has(flag::WRITE))
        .write(has(flag::WRITE) && !has(flag::APPEND))
        .append(has(flag::WRITE) && has(flag::APPEND))
        .create(has(flag::CREATE))
        .create_new(has(flag::CREATE) && has(flag::EXCLUSIVE))
        .truncate(has(flag::TRUNCATE))
        .open(path)
}

/// Reads once at an offset; fewer bytes than asked for is no error, none is the end.
pub(crate) fn read_at(mut file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    file.seek(SeekFrom::Start(offset))?;
    file.read(buffer)
}

/// Writes all of it, at an offset, or to the end of a file that was opened to append.
pub(crate) fn write_at(
    mut file: &File,
    bytes: &[u8],
    offset: u64,
    appends: bool,
) -> io::Result<()> {
    if !appends {
        file.seek(SeekFrom::Start(offset))?;
    }
    file.write_all(bytes)
}

/// Closes a file.
#[expect(
    clippy::unnecessary_wraps,
    reason = "other systems say what went wrong"
)]
pub(crate) fn close(file: File) -> io::Result<()> {
    drop(file);
    Ok(())
}

/// The attributes as SFTP sends them: the type, the size and the times, as far as there are any.
pub(crate) fn attributes(metadata: &Metadata) -> Attributes {
    let seconds = |time: io::Result<SystemTime>| {
        let since = time.ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some(u32::try_from(since.as_secs()).unwrap_or(u32::MAX))
    };
    let kind = if metadata.is_dir() {
        file_type::FOLDER
    } else if metadata.is_symlink() {
        file_type::LINK
    } else {
        file_type::FILE
    };
    let permissions = if metadata.permissions().readonly() {
        0o555
    } else {
        0o777
    };
    let access = seconds(metadata.accessed());
    Attributes {
        size_bytes: Some(metadata.len()),
        owner: None,
        mode: Some(kind | permissions),
        times: access.zip(seconds(metadata.modified())),
    }
}

/// What is said of a file for people; no more than its name here.
pub(crate) fn long_name(name: &[u8], _metadata: &Metadata) -> Bytes {
    Bytes::copy_from_slice(name)
}

/// Changes the size and the times of an open file; owners and modes there are none.
pub(crate) fn change_open(file: &File, wanted: &Attributes) -> io::Result<()> {
    if wanted.owner.is_some() || wanted.mode.is_some() {
        return Err(ErrorKind::Unsupported.into());
    }
    if let Some(bytes) = wanted.size_bytes {
        file.set_len(bytes)?;
    }
    if let Some((access, change)) = wanted.times {
        let at = |seconds: u32| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.into());
        let times = FileTimes::new().set_accessed(at(access));
        file.set_times(times.set_modified(at(change)))?;
    }
    Ok(())
}

/// As [`change_open`], of what a link leads to.
pub(crate) fn change(path: &Path, wanted: &Attributes) -> io::Result<()> {
    change_open(&open(path, flag::WRITE, None)?, wanted)
}

/// # Errors
/// Always: a link is not changed here.
pub(crate) fn change_link(_path: &Path, _wanted: &Attributes) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Makes a folder.
pub(crate) fn make_folder(path: &Path, _mode: Option<u32>) -> io::Result<()> {
    fs::create_dir(path)
}

/// # Errors
/// Always: a link needs rights here that a user has not.
pub(crate) fn make_link(_target: &[u8], _path: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Renames, unless something has the new name already. Between the look and the step another
/// program may take it.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == ErrorKind::NotFound => fs::rename(from, to),
        Err(error) => Err(error),
    }
}

/// # Errors
/// Always: there is no such figure here.
pub(crate) fn stat_vfs(_path: &Path) -> io::Result<StatVfs> {
    Err(ErrorKind::Unsupported.into())
}

/// Names of users are not asked for here.
pub(crate) fn user(_id: u32) -> String {
    String::new()
}

/// Names of groups are not asked for here.
pub(crate) fn group(_id: u32) -> String {
    String::new()
}

/// The code of an error that has no kind in the library; here there is none.
pub(crate) fn code(_error: &io::Error) -> Option<u32> {
    None
}

/// What the system says of an error.
pub(crate) fn words(error: &io::Error) -> String {
    error.to_string()
}
