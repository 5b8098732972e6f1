//! The server that people log in by.

mod host_keys;
mod server_settings;

pub use host_keys::{HostKeys, SshHostKey, SshHostKeys};
pub use server_settings::{ServerSettings, SshServerSettings, SshSetting};
