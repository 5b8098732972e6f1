//! The requests beyond the draft, as OpenSSH's server answers them.
//!
//! Invariant: what is answered here is what `platform::EXTENSIONS` offers; what may take long stops
//! when nobody waits for it any more.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
};

use bytes::{BufMut, BytesMut};
use sftp::{Answer, Extension, Ids, Limits, code};

use super::{
    failure::Failure,
    files::{Files, MAX_READ_BYTES},
    handles::MAX_HANDLES,
};
use crate::platform;

/// Bytes that are copied between two looks whether anybody waits.
const COPY_BYTES: u64 = 16 * 1024 * 1024;

/// The most that is said of users and groups at once: an answer must fit into a packet.
const LONGEST_NAMES_BYTES: usize = 255 * 1024;

impl Files {
    pub(super) fn extended(
        &mut self,
        extension: Extension,
        is_gone: &dyn Fn() -> bool,
    ) -> Result<Answer, Failure> {
        match extension {
            Extension::PosixRename { from, to } => {
                fs::rename(self.path(&from)?, self.path(&to)?)?;
            }
            Extension::Fsync { handle } => self.handles.file(&handle)?.0.sync_all()?,
            Extension::StatVfs { path } => {
                let found = platform::stat_vfs(&self.path(&path)?)?;
                return Ok(Answer::Extended(found.bytes()));
            }
            Extension::HardLink { from, to } => {
                fs::hard_link(self.path(&from)?, self.path(&to)?)?;
            }
            Extension::LSetStat { path, attributes } => {
                platform::change_link(&self.path(&path)?, &attributes)?;
            }
            Extension::Limits => return Ok(Answer::Extended(limits().bytes())),
            Extension::CopyData {
                from,
                from_offset,
                len,
                to,
                to_offset,
            } => {
                // Within one file the copy could run after itself; OpenSSH refuses it too.
                if from == to {
                    return Err(Failure::Said(
                        code::FAILURE,
                        "a file is not copied to itself",
                    ));
                }
                let (from, _) = self.handles.file(&from)?;
                let (to, appends) = self.handles.file(&to)?;
                let len = if len == 0 { u64::MAX } else { len };
                let to_offset = (!appends).then_some(to_offset);
                copy(from, from_offset, len, to, to_offset, is_gone)?;
            }
            Extension::UsersGroupsById(ids) if platform::EXTENSIONS.users_groups_by_id => {
                return names_of(&ids, is_gone);
            }
            Extension::UsersGroupsById(_) | Extension::Other { .. } => {
                return Ok(Answer::status(code::OP_UNSUPPORTED));
            }
        }
        Ok(Answer::status(code::OK))
    }
}

fn limits() -> Limits {
    let wide = |bytes| u64::try_from(bytes).unwrap_or(u64::MAX);
    Limits {
        packet_bytes: wide(sftp::PACKET_BYTES),
        read_bytes: wide(MAX_READ_BYTES),
        write_bytes: wide(MAX_READ_BYTES),
        open_handles: wide(MAX_HANDLES),
    }
}

/// Copies at most `len` bytes, up to the end of the first file; where the system can, without
/// taking them into this process.
fn copy(
    mut from: &File,
    from_offset: u64,
    mut len: u64,
    mut to: &File,
    to_offset: Option<u64>,
    is_gone: &dyn Fn() -> bool,
) -> io::Result<()> {
    // Nothing else here goes by a file's own place.
    from.seek(SeekFrom::Start(from_offset))?;
    if let Some(offset) = to_offset {
        to.seek(SeekFrom::Start(offset))?;
    }
    while len > 0 && !is_gone() {
        let copied = io::copy(&mut from.take(len.min(COPY_BYTES)), &mut to)?;
        if copied == 0 {
            break;
        }
        len -= copied;
    }
    Ok(())
}

fn names_of(ids: &Ids, is_gone: &dyn Fn() -> bool) -> Result<Answer, Failure> {
    let mut data = BytesMut::new();
    for (ids, name_of) in [
        (&ids.users, platform::user as fn(u32) -> String),
        (&ids.groups, platform::group),
    ] {
        // Each is a lookup, maybe in a directory service.
        let names = ids.iter().take_while(|_| !is_gone());
        let mut list = BytesMut::new();
        names.for_each(|id| put(&mut list, name_of(*id).as_bytes()));
        put(&mut data, &list);
    }
    if data.len() >= LONGEST_NAMES_BYTES {
        return Err(Failure::Said(code::FAILURE, "too many names at once"));
    }
    Ok(Answer::Extended(data.freeze()))
}

fn put(out: &mut BytesMut, bytes: &[u8]) {
    out.put_u32(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    out.extend_from_slice(bytes);
}
