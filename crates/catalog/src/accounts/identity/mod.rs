//! `accounts.identity`: the numbers and groups that a user has.

mod groups;
mod id;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::UserName};

/// Who a user is to the system.
pub struct Identities;

/// The arguments of `accounts.identity`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserIdentityOf {
    /// Of this user; `null`: of the one who asks.
    #[serde(default)]
    pub user: Option<UserName>,
}

/// The answer of `accounts.identity`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserIdentityList {
    /// One for each user asked for.
    pub identities: Vec<UserIdentity>,
}

/// A user's numbers and groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserIdentity {
    /// The name; `null`: the number has none, or not told.
    pub user: Option<String>,
    /// The number; `null`: not told.
    pub uid: Option<u32>,
    /// The number of the first group; `null`: not told.
    pub gid: Option<u32>,
    /// The name of the first group; `null`: the number has none, or not told.
    pub group: Option<String>,
    /// The number whose rights count, where that is another; `null`: it is not.
    pub effective_uid: Option<u32>,
    /// The group whose rights count, where that is another; `null`: it is not.
    pub effective_gid: Option<u32>,
    /// All groups, the first one among them.
    pub groups: Vec<UserIdentityGroup>,
    /// The context of SELinux; `null`: there is none.
    pub context: Option<String>,
}

/// A group that a user is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserIdentityGroup {
    /// Its number; `null`: not told.
    pub gid: Option<u32>,
    /// Its name; `null`: it has none.
    pub name: Option<String>,
}

impl UserIdentity {
    fn of(user: Option<&str>) -> Self {
        Self {
            user: user.map(str::to_owned),
            uid: None,
            gid: None,
            group: None,
            effective_uid: None,
            effective_gid: None,
            groups: Vec::new(),
            context: None,
        }
    }
}

impl Query for Identities {
    const ID: &'static str = "accounts.identity";
    const TITLE: &'static str = "A user's numbers and groups";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = UserIdentityOf;
    type Answer = UserIdentityList;
    const VARIANTS: &'static [Variant<UserIdentityOf, UserIdentityList>] =
        &[id::VARIANT, groups::VARIANT];
}
