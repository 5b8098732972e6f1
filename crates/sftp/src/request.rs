//! What a client asks for.

use bytes::Bytes;

use crate::{
    Attributes, Extension,
    packet::{Malformed, Writer, length_of, take_string, take_u8, take_u32, take_u64},
};

mod kind {
    pub(super) const OPEN: u8 = 3;
    pub(super) const CLOSE: u8 = 4;
    pub(super) const READ: u8 = 5;
    pub(super) const WRITE: u8 = 6;
    pub(super) const LSTAT: u8 = 7;
    pub(super) const FSTAT: u8 = 8;
    pub(super) const SETSTAT: u8 = 9;
    pub(super) const FSETSTAT: u8 = 10;
    pub(super) const OPENDIR: u8 = 11;
    pub(super) const READDIR: u8 = 12;
    pub(super) const REMOVE: u8 = 13;
    pub(super) const MKDIR: u8 = 14;
    pub(super) const RMDIR: u8 = 15;
    pub(super) const REALPATH: u8 = 16;
    pub(super) const STAT: u8 = 17;
    pub(super) const RENAME: u8 = 18;
    pub(super) const READLINK: u8 = 19;
    pub(super) const SYMLINK: u8 = 20;
    pub(super) const EXTENDED: u8 = 200;
}

/// How a file is opened (section 6.3).
pub mod open {
    /// To read.
    pub const READ: u32 = 1;
    /// To write.
    pub const WRITE: u32 = 2;
    /// Every write goes to the end.
    pub const APPEND: u32 = 4;
    /// It is made where there is none.
    pub const CREATE: u32 = 8;
    /// What it holds goes.
    pub const TRUNCATE: u32 = 16;
    /// With `CREATE`: there must be none.
    pub const EXCLUSIVE: u32 = 32;
}

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the draft's, section 6")]
pub enum Request {
    /// `flags` are of [`open`].
    Open {
        path: Bytes,
        flags: u32,
        attributes: Attributes,
    },
    /// Closes a file or folder.
    Close { handle: Bytes },
    /// Reads at most `len` bytes from `offset` on.
    Read {
        handle: Bytes,
        offset: u64,
        len: u32,
    },
    /// Writes all of it, from `offset` on.
    Write {
        handle: Bytes,
        offset: u64,
        data: Bytes,
    },
    /// Of a link itself.
    LStat { path: Bytes },
    /// Of what a link leads to.
    Stat { path: Bytes },
    /// Of an open file.
    FStat { handle: Bytes },
    /// Changes what is said, of what a link leads to.
    SetStat { path: Bytes, attributes: Attributes },
    /// Changes what is said, of an open file.
    FSetStat {
        handle: Bytes,
        attributes: Attributes,
    },
    /// Opens a folder to list it.
    OpenDir { path: Bytes },
    /// The next names.
    ReadDir { handle: Bytes },
    /// Deletes what is no folder.
    Remove { path: Bytes },
    /// Makes a folder.
    MkDir { path: Bytes, attributes: Attributes },
    /// Deletes an empty folder.
    RmDir { path: Bytes },
    /// The path without links and dots.
    RealPath { path: Bytes },
    /// Fails where `to` is there.
    Rename { from: Bytes, to: Bytes },
    /// What a link holds.
    ReadLink { path: Bytes },
    /// Makes a link. On the wire the target comes first, as OpenSSH has it (PROTOCOL, 4.1).
    SymLink { target: Bytes, path: Bytes },
    /// Beyond the draft.
    Extended(Extension),
}

impl Request {
    /// The packet with its length.
    #[must_use]
    pub fn encode(&self, id: u32) -> Bytes {
        match self.encode_apart(id) {
            (head, data) if data.is_empty() => head,
            (head, data) => [head, data].concat().into(),
        }
    }

    /// The packet with its length, in two pieces that go one behind the other: the second is what a
    /// write writes, which is not copied, and empty with all else.
    #[must_use]
    pub fn encode_apart(&self, id: u32) -> (Bytes, Bytes) {
        let data = match self {
            Self::Write { data, .. } => data.clone(),
            _ => Bytes::new(),
        };
        (self.head(id).finish_before(data.len()), data)
    }

    /// All but what a write writes.
    fn head(&self, id: u32) -> Writer {
        let begin = |kind| Writer::new(kind, 0).u32(id);
        match self {
            Self::Open {
                path,
                flags,
                attributes,
            } => attributes.put(begin(kind::OPEN).string(path).u32(*flags)),
            Self::Close { handle } => begin(kind::CLOSE).string(handle),
            Self::Read {
                handle,
                offset,
                len,
            } => begin(kind::READ).string(handle).u64(*offset).u32(*len),
            Self::Write {
                handle,
                offset,
                data,
            } => begin(kind::WRITE)
                .string(handle)
                .u64(*offset)
                .u32(length_of(data)),
            Self::LStat { path } => begin(kind::LSTAT).string(path),
            Self::Stat { path } => begin(kind::STAT).string(path),
            Self::FStat { handle } => begin(kind::FSTAT).string(handle),
            Self::SetStat { path, attributes } => attributes.put(begin(kind::SETSTAT).string(path)),
            Self::FSetStat { handle, attributes } => {
                attributes.put(begin(kind::FSETSTAT).string(handle))
            }
            Self::OpenDir { path } => begin(kind::OPENDIR).string(path),
            Self::ReadDir { handle } => begin(kind::READDIR).string(handle),
            Self::Remove { path } => begin(kind::REMOVE).string(path),
            Self::MkDir { path, attributes } => attributes.put(begin(kind::MKDIR).string(path)),
            Self::RmDir { path } => begin(kind::RMDIR).string(path),
            Self::RealPath { path } => begin(kind::REALPATH).string(path),
            Self::Rename { from, to } => begin(kind::RENAME).string(from).string(to),
            Self::ReadLink { path } => begin(kind::READLINK).string(path),
            Self::SymLink { target, path } => begin(kind::SYMLINK).string(target).string(path),
            Self::Extended(extension) => extension.put(begin(kind::EXTENDED)),
        }
    }

    /// Reads a packet: the number of the request, and the request.
    ///
    /// # Errors
    /// It is cut short or of no kind known here.
    pub fn decode(mut packet: Bytes) -> Result<(u32, Self), Malformed> {
        let p = &mut packet;
        let kind = take_u8(p)?;
        let id = take_u32(p)?;
        let request = match kind {
            kind::OPEN => Self::Open {
                path: take_string(p)?,
                flags: take_u32(p)?,
                attributes: Attributes::take(p)?,
            },
            kind::CLOSE => Self::Close {
                handle: take_string(p)?,
            },
            kind::READ => Self::Read {
                handle: take_string(p)?,
                offset: take_u64(p)?,
                len: take_u32(p)?,
            },
            kind::WRITE => Self::Write {
                handle: take_string(p)?,
                offset: take_u64(p)?,
                data: take_string(p)?,
            },
            kind::LSTAT => Self::LStat {
                path: take_string(p)?,
            },
            kind::STAT => Self::Stat {
                path: take_string(p)?,
            },
            kind::FSTAT => Self::FStat {
                handle: take_string(p)?,
            },
            kind::SETSTAT => Self::SetStat {
                path: take_string(p)?,
                attributes: Attributes::take(p)?,
            },
            kind::FSETSTAT => Self::FSetStat {
                handle: take_string(p)?,
                attributes: Attributes::take(p)?,
            },
            kind::OPENDIR => Self::OpenDir {
                path: take_string(p)?,
            },
            kind::READDIR => Self::ReadDir {
                handle: take_string(p)?,
            },
            kind::REMOVE => Self::Remove {
                path: take_string(p)?,
            },
            kind::MKDIR => Self::MkDir {
                path: take_string(p)?,
                attributes: Attributes::take(p)?,
            },
            kind::RMDIR => Self::RmDir {
                path: take_string(p)?,
            },
            kind::REALPATH => Self::RealPath {
                path: take_string(p)?,
            },
            kind::RENAME => Self::Rename {
                from: take_string(p)?,
                to: take_string(p)?,
            },
            kind::READLINK => Self::ReadLink {
                path: take_string(p)?,
            },
            kind::SYMLINK => Self::SymLink {
                target: take_string(p)?,
                path: take_string(p)?,
            },
            kind::EXTENDED => Self::Extended(Extension::take(p)?),
            other => return Err(Malformed::Kind(other)),
        };
        Ok((id, request))
    }
}
