//! `accounts.groups`: the groups there are, and who is in them.

mod getent;
mod group;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::database;
use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::NoArgs};

/// Groups of accounts.
pub struct Groups;

/// The answer of `accounts.groups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupAccountList {
    /// The groups in the order of the database; empty: none of those asked for exists.
    pub groups: Vec<GroupAccount>,
}

/// A group: a line of `group(5)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupAccount {
    /// Its name.
    pub name: String,
    /// Its number.
    pub gid: u32,
    /// The accounts that are in it besides those whose first group it is; empty: no others.
    pub members: Vec<String>,
}

impl Query for Groups {
    const ID: &'static str = "accounts.groups";
    const TITLE: &'static str = "Groups and who is in them";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = GroupAccountList;
    const VARIANTS: &'static [Variant<NoArgs, GroupAccountList>] =
        &[getent::VARIANT, group::VARIANT];
}

/// Reads the lines of `group(5)`.
fn read(raw: RawOutput<'_>) -> Result<Parsed<GroupAccountList>, ParseError> {
    let none = GroupAccountList { groups: Vec::new() };
    let parsed = database::read_lines(raw, none, |list, line| {
        list.groups.push(group(line)?);
        Some(())
    });
    let is_empty = parsed.value.groups.is_empty();
    database::expect_rows(raw, parsed, is_empty)
}

/// Reads `name:password:gid:members`.
fn group(line: &str) -> Option<GroupAccount> {
    let mut fields = line.split(':');
    let name = database::name(fields.next()?)?;
    let _password = fields.next()?;
    let (gid, members) = (fields.next()?, fields.next()?);
    if fields.next().is_some() {
        return None;
    }
    Some(GroupAccount {
        name: name.to_owned(),
        gid: database::number(gid)?,
        members: database::names(members),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_group_is_none() {
        for line in ["+:::", "wheel:x:10", "wheel:x:ten:", "wheel:x:10:a:b", "x"] {
            assert_eq!(group(line), None, "{line}");
        }
    }
}
