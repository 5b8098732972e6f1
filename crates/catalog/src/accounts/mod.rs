//! Who has an account on the server, and who is logged in.

mod database;
mod failed_logins;
mod groups;
mod identity;
mod last_lines;
mod logins;
mod password_states;
mod sessions;
mod ssh_keys;
mod sudo_rules;
mod users;

pub use failed_logins::{FailedLogin, FailedLoginList, FailedLogins};
pub use groups::{GroupAccount, GroupAccountList, Groups};
pub use identity::{Identities, UserIdentity, UserIdentityGroup, UserIdentityList, UserIdentityOf};
pub use logins::{LoginEnd, LoginHistory, LoginRecord, LoginRecordKind, Logins};
pub use password_states::{PasswordKind, PasswordState, PasswordStateList, PasswordStates};
pub use sessions::{LoginSession, SessionList, Sessions};
pub use ssh_keys::{SshKey, SshKeyList, SshKeys, SshKeysOf};
pub use sudo_rules::{SudoRule, SudoRuleList, SudoRules, SudoRulesOf};
pub use users::{UserAccount, UserAccountList, Users};
