//! The server that people log in by.

mod server_settings;

pub use server_settings::{ServerSettings, SshServerSettings, SshSetting};
