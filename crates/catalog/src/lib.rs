//! Every question HeadlessOS can ask a server, as plain data and pure functions.
//!
//! Invariant: no IO, no async, no clock, no process. A remote command can be built only in this
//! crate, from `&'static str` words and validated argument types; nothing here takes a command
//! line as text. What a server prints is hostile: parsers never panic and never index.

pub mod accounts;
pub mod administrator;
pub mod arguments;
mod capability;
mod clean_json;
mod command;
pub mod content;
mod contract;
pub mod cron;
pub mod docker;
pub mod elevation;
mod facts;
mod feeds;
pub mod files;
pub mod firewall;
pub mod logs;
pub mod mail;
mod mode;
pub mod network;
pub mod packages;
mod percent;
pub mod process;
pub mod processes;
mod properties;
pub mod redact;
mod registry;
mod schemas;
pub mod services;
pub mod ssh;
pub mod storage;
pub mod system;
pub mod terminals;
pub mod text;
mod time;
pub mod typed;
mod units;
pub mod web;
mod xml;

pub use capability::Capability;
pub use command::{Command, EXEC_LINE, Marker};
pub use contract::{
    Feed, FeedVariant, FileContent, FixedPath, Heard, Needs, ParseError, Parsed, Query, Rate,
    RawOutput, Source, Unread, Variant,
};
pub use facts::{Init, ServerFacts};
pub use feeds::{AnyFeed, FEEDS, LONGEST_LINE, LineCutter, find_feed};
pub use mode::Mode;
pub use registry::{AnyQuery, BadArguments, Prepared, QUERIES, find};
pub use schemas::{answer_schema, args_schema, record_schema};
