//! Which packets a server lets in and out, and who was shut out.

mod iptables;
mod ufw;

pub use iptables::{Iptables, IptablesChain, IptablesRule, IptablesRules};
pub use ufw::{Ufw, UfwEnd, UfwRule, UfwStatus};
