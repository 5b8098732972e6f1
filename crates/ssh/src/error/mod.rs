//! What can fail between here and a server: while connecting, and on a connection that stands.

mod connect;
mod exec;
mod stream;

pub use connect::{ChangedHostKey, ConnectError, KnownHostKey, Phase};
pub use exec::ExecError;
pub use stream::StreamError;

/// Text of a server or a library made fit for a message: one line, no control characters, at most
/// 200 characters.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(200)
        .collect()
}
