//! The user's `~/.ssh/config` (and the system's), resolved for a host as `ssh -G` resolves it.
//!
//! Invariants: nothing is run, looked up or connected to. What ssh would refuse is refused; what is
//! not acted on is named in [`Settings::unsupported`], never passed over in silence. What is read
//! is bounded, and nothing panics whatever the files hold.

mod address;
mod algorithms;
mod config;
mod criteria;
mod expand;
mod files;
mod forwards;
mod here;
mod jumps;
mod keywords;
mod other_names;
mod pass;
mod patterns;
mod places;
mod resolve;
mod route;
mod settings;
mod special;
mod state;
mod trouble;
mod unacted;
mod values;
mod words;

pub use algorithms::Algorithms;
pub use config::{Alias, Config};
pub use forwards::{End, Forward};
pub use here::Here;
pub use jumps::Jump;
pub use places::{Asked, Outside, Places};
pub use settings::{
    AddressFamily, Agent, ForwardAgent, RequestTty, SessionType, Settings, StrictHostKeyChecking,
    Unsupported,
};
pub use trouble::Trouble;
