//! Who has an account on the server, and who is logged in.

mod database;
mod groups;
mod sessions;
mod users;

pub use groups::{GroupAccount, GroupAccountList, Groups};
pub use sessions::{LoginSession, SessionList, Sessions};
pub use users::{UserAccount, UserAccountList, Users};
