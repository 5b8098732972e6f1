//! A file's attributes (section 5): each group of them may be absent.

use bytes::Bytes;

use crate::packet::{Malformed, Writer, take_string, take_u32, take_u64};

const SIZE: u32 = 1;
const OWNER: u32 = 2;
const PERMISSIONS: u32 = 4;
const TIMES: u32 = 8;
const EXTENDED: u32 = 0x8000_0000;

/// What a file is and whose, or what it shall become. `None`: not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Bytes.
    pub size_bytes: Option<u64>,
    /// User and group.
    pub owner: Option<(u32, u32)>,
    /// `st_mode`: the type ([`file_type`]) and the permission bits.
    pub mode: Option<u32>,
    /// Last access and last change of the content, seconds since 1970.
    pub times: Option<(u32, u32)>,
}

/// The type in a mode, as POSIX systems have it.
pub mod file_type {
    /// All bits of the type.
    pub const MASK: u32 = 0o170_000;
    /// A folder.
    pub const FOLDER: u32 = 0o040_000;
    /// A regular file.
    pub const FILE: u32 = 0o100_000;
    /// A symbolic link.
    pub const LINK: u32 = 0o120_000;
    /// A named pipe.
    pub const FIFO: u32 = 0o010_000;
    /// A socket.
    pub const SOCKET: u32 = 0o140_000;
    /// A character device.
    pub const CHARACTER_DEVICE: u32 = 0o020_000;
    /// A block device.
    pub const BLOCK_DEVICE: u32 = 0o060_000;
}

impl Attributes {
    /// The type of the file; `None`: not said.
    #[must_use]
    pub fn file_type(&self) -> Option<u32> {
        self.mode.map(|mode| mode & file_type::MASK)
    }

    /// Whether it is a folder, as far as is said.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.file_type() == Some(file_type::FOLDER)
    }

    /// Whether it is a link, as far as is said.
    #[must_use]
    pub fn is_link(&self) -> bool {
        self.file_type() == Some(file_type::LINK)
    }

    /// The twelve permission bits.
    #[must_use]
    pub fn permissions(&self) -> Option<u32> {
        self.mode.map(|mode| mode & 0o7777)
    }

    pub(crate) fn put(&self, mut out: Writer) -> Writer {
        let flag = |given: bool, flag| if given { flag } else { 0 };
        out = out.u32(
            flag(self.size_bytes.is_some(), SIZE)
                | flag(self.owner.is_some(), OWNER)
                | flag(self.mode.is_some(), PERMISSIONS)
                | flag(self.times.is_some(), TIMES),
        );
        if let Some(size_bytes) = self.size_bytes {
            out = out.u64(size_bytes);
        }
        if let Some((user, group)) = self.owner {
            out = out.u32(user).u32(group);
        }
        if let Some(mode) = self.mode {
            out = out.u32(mode);
        }
        if let Some((access, change)) = self.times {
            out = out.u32(access).u32(change);
        }
        out
    }

    pub(crate) fn take(packet: &mut Bytes) -> Result<Self, Malformed> {
        let flags = take_u32(packet)?;
        let mut attributes = Self::default();
        if flags & SIZE != 0 {
            attributes.size_bytes = Some(take_u64(packet)?);
        }
        if flags & OWNER != 0 {
            attributes.owner = Some((take_u32(packet)?, take_u32(packet)?));
        }
        if flags & PERMISSIONS != 0 {
            attributes.mode = Some(take_u32(packet)?);
        }
        if flags & TIMES != 0 {
            attributes.times = Some((take_u32(packet)?, take_u32(packet)?));
        }
        if flags & EXTENDED != 0 {
            for _ in 0..take_u32(packet)? {
                take_string(packet)?;
                take_string(packet)?;
            }
        }
        Ok(attributes)
    }
}
