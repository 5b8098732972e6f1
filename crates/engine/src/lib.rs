//! One session per server, and the one way to ask it anything.
//!
//! Invariant: every question passes the gate before a channel opens; a server has one connection
//! however many windows look at it; nothing but parsed bytes from the server becomes a value.

mod activity;
mod administrator;
mod answer;
mod cache;
mod confirm;
mod diagnosis;
mod engine;
mod error;
mod feeds;
mod fetch;
mod files;
mod fixture;
mod forwards;
mod gate;
mod journal;
mod keys;
mod lines;
mod live;
mod models;
mod reading;
mod server;
mod servers;
mod session;
mod sleeps;
mod ssh_settings;
mod terminals;
mod way;

pub use activity::{Counted, Receipt, as_script};
pub use administrator::{
    AdministratorAnswer, AdministratorState, AdministratorSwitch, PasswordWay,
};
pub use catalog::elevation::Elevation;
pub use diagnosis::{DiagnosisLine, Step, StepName, StepStatus};
pub use engine::{Ask, Engine, LocalServer, Options};
pub use error::{Error, ErrorBody};
pub use feeds::FeedLine;
pub use files::{
    ArchiveFormat, AttributeChange, Conflict, ConflictQuestion, Content, Doing, Entry, FileJob,
    FileVersion, Found, FoundLine, Info, JobAction, JobFailure, JobState, Kind, Link, ListLine,
    MeasureDone, MeasureLine, Measured, Named, NewFileJob, Priority, Problem, SaveOptions, Saved,
    Search, SearchLine, SearchText, Searched, ServerFiles, ServerFilesToChange, Space, Text,
    Transfer, Trash, Trashed, Unread, UploadResult, Uploaded,
};
pub use fixture::{Fixture, FixtureFile};
pub use forwards::{ForwardFailure, ForwardInfo, ForwardTarget, NewForward};
pub use gate::asked_by;
pub use keychain::Keychain;
pub use keys::{KeyInfo, KeyInstalled, KeyToInstall, KeyType, Keys, NewKey};
pub use live::{LiveValue, Subscription};
pub use models::{
    ByModel, KeyPlace, ModelCost, ModelCosts, ModelName, ModelStatus, ModelTest, Models,
};
pub use reading::{Origin, Outcome, RawText, Reading, Via};
pub use server::{
    Answer, ConnectionDetails, ConnectionState, Keeping, NewServer, Prompt, Question, Server,
    ServerChange,
};
pub use servers::{
    Export, ExportFormat, Import, ImportEntry, ImportFormat, ImportMistake, NewImport,
    Reachability, Reachable,
};
pub use ssh::KnownHosts;
pub use ssh_settings::{Shell, SshSettings};
pub use store::{Asker, Deed, JournalEntry, JournalFilter, Verified};
pub use terminals::{
    Frame, NewTerminal, RecordingInfo, TerminalInfo, TerminalProcess, TerminalState, TerminalView,
};
