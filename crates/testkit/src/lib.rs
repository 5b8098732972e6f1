//! SSH servers for tests, honest and hostile, and the way to the lab's real ones. Tests only.
//!
//! Invariant: every server listens on 127.0.0.1 and a port the system chose, or in a network of its
//! own, and ends when its value is dropped.

#[cfg(unix)]
pub mod agent;
pub mod client;
pub mod crowd;
#[cfg(target_os = "linux")]
pub mod far;
pub mod hostile;
pub mod lab;
pub mod own_process;
pub mod provider;
pub mod server;
#[cfg(unix)]
pub mod sshd;
pub mod tcp;
mod witness;

pub use witness::{Remembers, anyone};
