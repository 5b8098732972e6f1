//! The extensions of OpenSSH that are used here, each told by its name.

use bytes::Bytes;

use crate::{
    Attributes,
    packet::{Malformed, Writer, take_string, take_u32, take_u64},
};

/// A request beyond the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extension {
    /// `posix-rename@openssh.com`: renames over what is there, in one step.
    PosixRename {
        /// What is renamed.
        from: Bytes,
        /// Its new path.
        to: Bytes,
    },
    /// `fsync@openssh.com`: the file's bytes are on the disk before the answer.
    Fsync {
        /// The open file.
        handle: Bytes,
    },
    /// `statvfs@openssh.com`: the filesystem of a path; answered by [`StatVfs`].
    StatVfs {
        /// The path.
        path: Bytes,
    },
    /// `hardlink@openssh.com`.
    HardLink {
        /// The file.
        from: Bytes,
        /// Its further name.
        to: Bytes,
    },
    /// `lsetstat@openssh.com`: as `setstat`, of a link itself.
    LSetStat {
        /// The path.
        path: Bytes,
        /// What shall change.
        attributes: Attributes,
    },
    /// `limits@openssh.com`: answered by [`Limits`].
    Limits,
    /// `copy-data`: copies inside the server.
    CopyData {
        /// The file that is read.
        from: Bytes,
        /// From this byte on.
        from_offset: u64,
        /// So many bytes; 0: to the end.
        len: u64,
        /// The file that is written.
        to: Bytes,
        /// From this byte on.
        to_offset: u64,
    },
    /// `users-groups-by-id@openssh.com`: answered by [`Names`].
    UsersGroupsById(Ids),
    /// Any other.
    Other {
        /// Its name.
        name: Bytes,
        /// What follows.
        data: Bytes,
    },
}

/// The extensions that a server offers, of those above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is offered or not, independently"
)]
#[expect(missing_docs, reason = "each is a variant of Extension")]
pub struct Extensions {
    pub posix_rename: bool,
    pub fsync: bool,
    pub stat_vfs: bool,
    pub hard_link: bool,
    pub l_set_stat: bool,
    pub limits: bool,
    pub copy_data: bool,
    pub users_groups_by_id: bool,
}

const POSIX_RENAME: &[u8] = b"posix-rename@openssh.com";
const FSYNC: &[u8] = b"fsync@openssh.com";
const STAT_VFS: &[u8] = b"statvfs@openssh.com";
const HARD_LINK: &[u8] = b"hardlink@openssh.com";
const L_SET_STAT: &[u8] = b"lsetstat@openssh.com";
const LIMITS: &[u8] = b"limits@openssh.com";
const COPY_DATA: &[u8] = b"copy-data";
const USERS_GROUPS_BY_ID: &[u8] = b"users-groups-by-id@openssh.com";

impl Extensions {
    /// Name, version and whether it is offered, in one order.
    pub(crate) fn pairs(&self) -> [(&'static [u8], &'static [u8], bool); 8] {
        [
            (POSIX_RENAME, b"1", self.posix_rename),
            (STAT_VFS, b"2", self.stat_vfs),
            (HARD_LINK, b"1", self.hard_link),
            (FSYNC, b"1", self.fsync),
            (L_SET_STAT, b"1", self.l_set_stat),
            (LIMITS, b"1", self.limits),
            (COPY_DATA, b"1", self.copy_data),
            (USERS_GROUPS_BY_ID, b"1", self.users_groups_by_id),
        ]
    }

    pub(crate) fn offer(&mut self, name: &[u8]) {
        let place = match name {
            POSIX_RENAME => &mut self.posix_rename,
            STAT_VFS => &mut self.stat_vfs,
            HARD_LINK => &mut self.hard_link,
            FSYNC => &mut self.fsync,
            L_SET_STAT => &mut self.l_set_stat,
            LIMITS => &mut self.limits,
            COPY_DATA => &mut self.copy_data,
            USERS_GROUPS_BY_ID => &mut self.users_groups_by_id,
            _ => return,
        };
        *place = true;
    }
}

impl Extension {
    pub(crate) fn put(&self, out: Writer) -> Writer {
        match self {
            Self::PosixRename { from, to } => out.string(POSIX_RENAME).string(from).string(to),
            Self::Fsync { handle } => out.string(FSYNC).string(handle),
            Self::StatVfs { path } => out.string(STAT_VFS).string(path),
            Self::HardLink { from, to } => out.string(HARD_LINK).string(from).string(to),
            Self::LSetStat { path, attributes } => {
                attributes.put(out.string(L_SET_STAT).string(path))
            }
            Self::Limits => out.string(LIMITS),
            Self::CopyData {
                from,
                from_offset,
                len,
                to,
                to_offset,
            } => out
                .string(COPY_DATA)
                .string(from)
                .u64(*from_offset)
                .u64(*len)
                .string(to)
                .u64(*to_offset),
            Self::UsersGroupsById(ids) => {
                let list = |ids: &[u32]| -> Vec<u8> {
                    ids.iter().flat_map(|id| id.to_be_bytes()).collect()
                };
                out.string(USERS_GROUPS_BY_ID)
                    .string(&list(&ids.users))
                    .string(&list(&ids.groups))
            }
            Self::Other { name, data } => out.string(name).raw(data),
        }
    }

    pub(crate) fn take(packet: &mut Bytes) -> Result<Self, Malformed> {
        let name = take_string(packet)?;
        Ok(match &name[..] {
            POSIX_RENAME => Self::PosixRename {
                from: take_string(packet)?,
                to: take_string(packet)?,
            },
            FSYNC => Self::Fsync {
                handle: take_string(packet)?,
            },
            STAT_VFS => Self::StatVfs {
                path: take_string(packet)?,
            },
            HARD_LINK => Self::HardLink {
                from: take_string(packet)?,
                to: take_string(packet)?,
            },
            L_SET_STAT => Self::LSetStat {
                path: take_string(packet)?,
                attributes: Attributes::take(packet)?,
            },
            LIMITS => Self::Limits,
            COPY_DATA => Self::CopyData {
                from: take_string(packet)?,
                from_offset: take_u64(packet)?,
                len: take_u64(packet)?,
                to: take_string(packet)?,
                to_offset: take_u64(packet)?,
            },
            USERS_GROUPS_BY_ID => {
                let list = |mut packed: Bytes| {
                    let mut ids = Vec::new();
                    while !packed.is_empty() {
                        ids.push(take_u32(&mut packed)?);
                    }
                    Ok(ids)
                };
                Self::UsersGroupsById(Ids {
                    users: list(take_string(packet)?)?,
                    groups: list(take_string(packet)?)?,
                })
            }
            _ => Self::Other {
                name,
                data: std::mem::take(packet),
            },
        })
    }
}

/// Users and groups whose names are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Ids {
    pub users: Vec<u32>,
    pub groups: Vec<u32>,
}

/// Names in the order of the [`Ids`]; an empty one: the server knows none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Names {
    pub users: Vec<Bytes>,
    pub groups: Vec<Bytes>,
}

impl Names {
    /// Reads what answers [`Extension::UsersGroupsById`].
    ///
    /// # Errors
    /// It is cut short.
    pub fn take(mut data: Bytes) -> Result<Self, Malformed> {
        let list = |mut packed: Bytes| {
            let mut names = Vec::new();
            while !packed.is_empty() {
                names.push(take_string(&mut packed)?);
            }
            Ok(names)
        };
        Ok(Self {
            users: list(take_string(&mut data)?)?,
            groups: list(take_string(&mut data)?)?,
        })
    }
}

/// What a server takes at most; 0: it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Limits {
    pub packet_bytes: u64,
    pub read_bytes: u64,
    pub write_bytes: u64,
    pub open_handles: u64,
}

impl Limits {
    /// Reads what answers [`Extension::Limits`].
    ///
    /// # Errors
    /// It is cut short.
    pub fn take(mut data: Bytes) -> Result<Self, Malformed> {
        Ok(Self {
            packet_bytes: take_u64(&mut data)?,
            read_bytes: take_u64(&mut data)?,
            write_bytes: take_u64(&mut data)?,
            open_handles: take_u64(&mut data)?,
        })
    }

    /// As a server sends it.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        let all = [
            self.packet_bytes,
            self.read_bytes,
            self.write_bytes,
            self.open_handles,
        ];
        all.into_iter().flat_map(u64::to_be_bytes).collect()
    }
}

/// A filesystem, as `statvfs` has it (POSIX `<sys/statvfs.h>`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatVfs {
    /// `f_frsize`: the unit of the three figures of blocks, in bytes.
    pub fragment_bytes: u64,
    /// All blocks.
    pub blocks: u64,
    /// Free ones.
    pub free_blocks: u64,
    /// Those of them that anybody may use.
    pub available_blocks: u64,
    /// All inodes.
    pub files: u64,
    /// Free ones.
    pub free_files: u64,
    /// `f_fsid`: tells filesystems apart.
    pub filesystem_id: u64,
    /// Whether nothing can be written.
    pub read_only: bool,
    /// The longest name, in bytes.
    pub name_bytes: u64,
}

impl StatVfs {
    const READ_ONLY: u64 = 1;

    /// Reads what answers [`Extension::StatVfs`].
    ///
    /// # Errors
    /// It is cut short.
    pub fn take(mut data: Bytes) -> Result<Self, Malformed> {
        let mut next = || take_u64(&mut data);
        let _block_bytes = next()?;
        let mut found = Self {
            fragment_bytes: next()?,
            blocks: next()?,
            free_blocks: next()?,
            available_blocks: next()?,
            files: next()?,
            free_files: next()?,
            ..Self::default()
        };
        let _available_files = next()?;
        found.filesystem_id = next()?;
        found.read_only = next()? & Self::READ_ONLY != 0;
        found.name_bytes = next()?;
        Ok(found)
    }

    /// As a server sends it.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        let all = [
            self.fragment_bytes,
            self.fragment_bytes,
            self.blocks,
            self.free_blocks,
            self.available_blocks,
            self.files,
            self.free_files,
            self.free_files,
            self.filesystem_id,
            u64::from(self.read_only) * Self::READ_ONLY,
            self.name_bytes,
        ];
        all.into_iter().flat_map(u64::to_be_bytes).collect()
    }
}
