//! Who has an account on the server, and who is logged in.

mod database;
mod groups;
mod password_states;
mod sessions;
mod users;

pub use groups::{GroupAccount, GroupAccountList, Groups};
pub use password_states::{PasswordKind, PasswordState, PasswordStateList, PasswordStates};
pub use sessions::{LoginSession, SessionList, Sessions};
pub use users::{UserAccount, UserAccountList, Users};
