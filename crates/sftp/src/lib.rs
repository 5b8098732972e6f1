//! The packets of SFTP, version 3, as clients and servers send them (draft-ietf-secsh-filexfer-02),
//! with the extensions of OpenSSH (its file `PROTOCOL`, section 4).
//!
//! Invariant: pure. Paths, names and handles are bytes, as on the wire. A packet is bounded,
//! whatever length it claims, and nothing is taken from it that it does not hold.

mod answer;
mod attributes;
mod extension;
mod packet;
mod request;

pub use answer::{Answer, Entry, code, init, version};
pub use attributes::{Attributes, file_type};
pub use extension::{Extension, Extensions, Ids, Limits, Names, StatVfs};
pub use packet::{Malformed, PACKET_BYTES, Packets};
pub use request::{Request, open};

/// The only version that OpenSSH speaks.
pub const VERSION: u32 = 3;
