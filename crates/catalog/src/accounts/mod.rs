//! Who has an account on the server, and who is logged in.

mod sessions;

pub use sessions::{LoginSession, SessionList, Sessions};
