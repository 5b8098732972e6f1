//! A file as one line for people, much as `ls -l` prints it: SFTP says only there how many names
//! a file has.
//!
//! Invariant: mode, number of names, owner, group, size, name, in this order; owner and group are
//! numbers, since a name may cost a question to a directory service for every file of a folder.

use std::{fs::Metadata, os::unix::fs::MetadataExt};

use bytes::{BufMut, Bytes, BytesMut};
use sftp::file_type;

/// The line of a file of this name.
pub(crate) fn long_name(name: &[u8], metadata: &Metadata) -> Bytes {
    let mode = letters(metadata.mode());
    let (links, size) = (metadata.nlink(), metadata.len());
    let (user, group) = (metadata.uid(), metadata.gid());
    let mut line = BytesMut::new();
    line.extend_from_slice(format!("{mode} {links:3} {user:<8} {group:<8} {size:8} ").as_bytes());
    line.put_slice(name);
    line.freeze()
}

/// A mode in letters, as `drwxr-xr-x`.
fn letters(mode: u32) -> String {
    let kind = match mode & file_type::MASK {
        file_type::FOLDER => 'd',
        file_type::LINK => 'l',
        file_type::FIFO => 'p',
        file_type::SOCKET => 's',
        file_type::CHARACTER_DEVICE => 'c',
        file_type::BLOCK_DEVICE => 'b',
        _ => '-',
    };
    let mut letters = String::from(kind);
    for (shift, special, letter) in [(6, 0o4000, 's'), (3, 0o2000, 's'), (0, 0o1000, 't')] {
        let has = |bit: u32| (mode >> shift) & bit != 0;
        letters.push(if has(4) { 'r' } else { '-' });
        letters.push(if has(2) { 'w' } else { '-' });
        letters.push(match (mode & special != 0, has(1)) {
            (true, true) => letter,
            (true, false) => letter.to_ascii_uppercase(),
            (false, true) => 'x',
            (false, false) => '-',
        });
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_read_as_ls_prints_them() {
        for (mode, read) in [
            (0o100_644, "-rw-r--r--"),
            (0o041_777, "drwxrwxrwt"),
            (0o104_755, "-rwsr-xr-x"),
            (0o102_640, "-rw-r-S---"),
            (0o120_777, "lrwxrwxrwx"),
            (0o010_000, "p---------"),
        ] {
            assert_eq!(letters(mode), read);
        }
    }
}
