//! Which packets a server lets in and out, and who was shut out.

mod ufw;

pub use ufw::{Ufw, UfwEnd, UfwRule, UfwStatus};
