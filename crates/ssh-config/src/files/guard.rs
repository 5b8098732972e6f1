//! Who may write a file of settings: what ssh asks of it, as whoever writes it decides where the
//! user's secrets go.

use std::{fs::Metadata, path::PathBuf};

pub(crate) const BAD: &str =
    "bad owner or permissions: it must belong to you, and nobody else may write it (chmod 600)";

/// Whether the file belongs to the user or the administrator and nobody else may write it. A group
/// may, where the user is its only member, as Debian and Ubuntu have it for each user.
#[cfg(unix)]
pub(crate) fn is_secure(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let user = rustix::process::getuid().as_raw();
    let owner = metadata.uid();
    (owner == 0 || owner == user)
        && metadata.mode() & 0o002 == 0
        && (metadata.mode() & 0o020 == 0 || is_only_member(user, owner, metadata.gid()))
}

/// There is no such rule: Windows has lists of who may do what, and a user's folder is the user's.
#[cfg(not(unix))]
pub(crate) fn is_secure(_metadata: &Metadata) -> bool {
    true
}

/// The home folder of a user of this computer, by `/etc/passwd`.
pub(crate) fn home_of(name: &str) -> Option<PathBuf> {
    let row = rows("/etc/passwd")
        .into_iter()
        .find(|row| row.first().is_some_and(|first| first == name))?;
    row.get(5)
        .filter(|home| !home.is_empty())
        .map(PathBuf::from)
}

/// The name of the user of this number, by `/etc/passwd`.
pub(crate) fn user_of(id: &str) -> Option<String> {
    let row = rows("/etc/passwd")
        .into_iter()
        .find(|row| row.get(2).is_some_and(|other| other == id))?;
    row.first().filter(|name| !name.is_empty()).cloned()
}

#[cfg(unix)]
fn is_only_member(user: u32, owner: u32, group: u32) -> bool {
    let number = |row: &[String], at: usize| row.get(at).and_then(|id| id.parse::<u32>().ok());
    let users = rows("/etc/passwd");
    let Some(row) = rows("/etc/group")
        .into_iter()
        .find(|row| number(row, 2) == Some(group))
    else {
        return false;
    };
    let primary: Vec<_> = users
        .iter()
        .filter(|row| number(row, 3) == Some(group))
        .collect();
    let name = users
        .iter()
        .find(|row| number(row, 2) == Some(owner))
        .and_then(|row| row.first());
    let members: Vec<&str> = row
        .get(3)
        .map(|members| members.split(',').filter(|name| !name.is_empty()).collect())
        .unwrap_or_default();
    primary.iter().all(|row| number(row, 2) == Some(user))
        && members.len() <= 1
        && members
            .iter()
            .all(|member| name.is_some_and(|name| name == member))
        && primary.len() + members.len() > 0
}

/// The rows of a file whose fields are separated by colons; empty where it cannot be read.
fn rows(path: &str) -> Vec<Vec<String>> {
    use std::io::Read as _;

    const LONGEST: u64 = 4 * 1024 * 1024;
    let mut text = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut text));
    if read.is_err() {
        return Vec::new();
    }
    String::from_utf8_lossy(&text)
        .lines()
        .map(|line| line.split(':').map(str::to_owned).collect())
        .collect()
}
