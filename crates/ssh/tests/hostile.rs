//! Servers that do what none may: whatever they do, it ends in time with words that say what was
//! wrong, and takes no more memory than 64 MiB. Each client runs in a process of its own, since only
//! so can the most memory that it took be told.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "hostile/client.rs"]
mod client;
#[path = "hostile/commands.rs"]
mod commands;
#[path = "hostile/early.rs"]
mod early;
#[path = "hostile/files.rs"]
mod files;
#[path = "hostile/floods.rs"]
mod floods;
mod support;
