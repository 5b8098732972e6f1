//! What a server answers, and how both sides begin.

use bytes::Bytes;

use crate::{
    Attributes, Extensions, VERSION,
    packet::{Malformed, Writer, take_string, take_u8, take_u32},
};

mod kind {
    pub(super) const INIT: u8 = 1;
    pub(super) const VERSION: u8 = 2;
    pub(super) const STATUS: u8 = 101;
    pub(super) const HANDLE: u8 = 102;
    pub(super) const DATA: u8 = 103;
    pub(super) const NAME: u8 = 104;
    pub(super) const ATTRS: u8 = 105;
    pub(super) const EXTENDED_REPLY: u8 = 201;
}

/// The codes of a status (section 7).
#[expect(missing_docs, reason = "the names are the draft's")]
pub mod code {
    pub const OK: u32 = 0;
    pub const EOF: u32 = 1;
    pub const NO_SUCH_FILE: u32 = 2;
    pub const PERMISSION_DENIED: u32 = 3;
    pub const FAILURE: u32 = 4;
    pub const BAD_MESSAGE: u32 = 5;
    pub const OP_UNSUPPORTED: u32 = 8;
}

/// One name of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name, or in the answer to `RealPath` and `ReadLink` a path.
    pub name: Bytes,
    /// The same for people to read, as `ls -l` prints it where the server is OpenSSH's.
    pub long_name: Bytes,
    /// Of a link itself.
    pub attributes: Attributes,
}

impl Entry {
    /// How many names the file has, which only the line for people says; `None`: it does not.
    #[must_use]
    pub fn hard_links(&self) -> Option<u32> {
        let line = std::str::from_utf8(self.long_name.get(..80).unwrap_or(&self.long_name)).ok()?;
        let mut words = line.split_ascii_whitespace();
        let mode = words.next()?;
        let is_mode =
            mode.len() >= 10 && mode.bytes().all(|byte| b"-dlcbspwrxStT+.@".contains(&byte));
        words.next().filter(|_| is_mode)?.parse().ok()
    }
}

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// How it went; `code` is one of [`code`].
    Status {
        /// The code.
        code: u32,
        /// For people; may be empty.
        message: Bytes,
    },
    /// What was opened.
    Handle(Bytes),
    /// What was read.
    Data(Bytes),
    /// Names, or one path.
    Name(Vec<Entry>),
    /// A file's attributes.
    Attributes(Attributes),
    /// What an extension says.
    Extended(Bytes),
}

/// The client's first packet.
#[must_use]
pub fn init() -> Bytes {
    Writer::new(kind::INIT, 0).u32(VERSION).finish()
}

/// The server's first packet, in answer to the client's.
///
/// # Errors
/// What the client sent is no beginning, or of an earlier version.
pub fn version(mut init: Bytes, offered: &Extensions) -> Result<Bytes, Malformed> {
    match (take_u8(&mut init)?, take_u32(&mut init)?) {
        (kind::INIT, version) if version >= VERSION => {}
        (kind::INIT, other) => return Err(Malformed::Version(other)),
        (other, _) => return Err(Malformed::Kind(other)),
    }
    let mut out = Writer::new(kind::VERSION, 0).u32(VERSION);
    for (name, version, is_offered) in offered.pairs() {
        if is_offered {
            out = out.string(name).string(version);
        }
    }
    Ok(out.finish())
}

impl Extensions {
    /// Reads the server's first packet: its version, and what it can do besides.
    ///
    /// # Errors
    /// It is no such packet, or the version is not 3.
    pub fn decode(mut packet: Bytes) -> Result<Self, Malformed> {
        match (take_u8(&mut packet)?, take_u32(&mut packet)?) {
            (kind::VERSION, VERSION) => {}
            (kind::VERSION, other) => return Err(Malformed::Version(other)),
            (other, _) => return Err(Malformed::Kind(other)),
        }
        let mut offered = Self::default();
        while !packet.is_empty() {
            let name = take_string(&mut packet)?;
            take_string(&mut packet)?;
            offered.offer(&name);
        }
        Ok(offered)
    }
}

impl Answer {
    /// A status with the draft's meaning and no words.
    #[must_use]
    pub fn status(code: u32) -> Self {
        Self::Status {
            code,
            message: Bytes::new(),
        }
    }

    /// The packet with its length.
    #[must_use]
    pub fn encode(&self, id: u32) -> Bytes {
        let begin = |kind| Writer::new(kind, 0).u32(id);
        match self {
            Self::Status { code, message } => {
                begin(kind::STATUS).u32(*code).string(message).string(b"")
            }
            Self::Handle(handle) => begin(kind::HANDLE).string(handle),
            Self::Data(data) => Writer::new(kind::DATA, data.len()).u32(id).string(data),
            Self::Name(entries) => {
                let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
                let mut out = begin(kind::NAME).u32(count);
                for entry in entries {
                    out = out.string(&entry.name).string(&entry.long_name);
                    out = entry.attributes.put(out);
                }
                out
            }
            Self::Attributes(attributes) => attributes.put(begin(kind::ATTRS)),
            Self::Extended(data) => begin(kind::EXTENDED_REPLY).raw(data),
        }
        .finish()
    }

    /// Reads a packet: the number of the request it answers, and the answer.
    ///
    /// # Errors
    /// It is cut short or of no kind known here.
    pub fn decode(mut packet: Bytes) -> Result<(u32, Self), Malformed> {
        let kind = take_u8(&mut packet)?;
        let id = take_u32(&mut packet)?;
        let answer = match kind {
            kind::STATUS => {
                let code = take_u32(&mut packet)?;
                // Servers of the drafts before the last send no text.
                let message = take_string(&mut packet).unwrap_or_default();
                Self::Status { code, message }
            }
            kind::HANDLE => Self::Handle(take_string(&mut packet)?),
            kind::DATA => Self::Data(take_string(&mut packet)?),
            kind::NAME => {
                let count = take_u32(&mut packet)?;
                // No reservation: the count may lie, and the packet bounds what there is.
                let mut entries = Vec::new();
                for _ in 0..count {
                    let name = take_string(&mut packet)?;
                    let long_name = take_string(&mut packet)?;
                    let attributes = Attributes::take(&mut packet)?;
                    entries.push(Entry {
                        name,
                        long_name,
                        attributes,
                    });
                }
                Self::Name(entries)
            }
            kind::ATTRS => Self::Attributes(Attributes::take(&mut packet)?),
            kind::EXTENDED_REPLY => Self::Extended(packet),
            other => return Err(Malformed::Kind(other)),
        };
        Ok((id, answer))
    }
}
