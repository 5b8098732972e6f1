//! Which packets a server lets in and out, and who was shut out.

mod fail2ban;
mod firewalld;
mod iptables;
mod nft;
mod ufw;

pub use fail2ban::{Fail2ban, Fail2banJail, Fail2banStatus};
pub use firewalld::{Firewalld, FirewalldZone, FirewalldZones};
pub use iptables::{Iptables, IptablesChain, IptablesRule, IptablesRules};
pub use nft::{Nft, NftChain, NftObject, NftRule, NftRuleset, NftSet, NftTable};
pub use ufw::{Ufw, UfwEnd, UfwRule, UfwStatus};
