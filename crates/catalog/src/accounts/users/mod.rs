//! `accounts.users`: the accounts there are, of people and of services.

mod getent;
mod passwd;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::database;
use crate::{Capability, ParseError, Parsed, Query, RawOutput, Variant, arguments::NoArgs};

/// Accounts on the server.
pub struct Users;

/// The answer of `accounts.users`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserAccountList {
    /// The accounts in the order of the database; empty: none of those asked for exists.
    pub users: Vec<UserAccount>,
}

/// An account: a line of `passwd(5)`. Its password is not among what is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserAccount {
    /// The name it logs in by.
    pub name: String,
    /// Its number; 0 is root, whatever the name.
    pub uid: u32,
    /// The number of its first group.
    pub gid: u32,
    /// The person's or service's name, the first part of the comment; `null`: none given.
    pub full_name: Option<String>,
    /// The whole comment field (GECOS): name, room and telephone numbers between commas; `null`:
    /// empty.
    pub comment: Option<String>,
    /// Its home folder, which need not exist; `null`: empty.
    pub home: Option<String>,
    /// The program a login starts; `null`: empty, which means `/bin/sh`.
    pub shell: Option<String>,
    /// Whether that program gives a session: `false` for `nologin`, `false` and those that do one
    /// thing and end (`sync`, `shutdown`, `halt`, `poweroff`, `reboot`). It does not say whether a
    /// password or a key is set.
    pub has_login_shell: bool,
}

impl Query for Users {
    const ID: &'static str = "accounts.users";
    const TITLE: &'static str = "Accounts of people and services";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = UserAccountList;
    const VARIANTS: &'static [Variant<NoArgs, UserAccountList>] =
        &[getent::VARIANT, passwd::VARIANT];
}

/// Reads the lines of `passwd(5)`.
fn read(raw: RawOutput<'_>) -> Result<Parsed<UserAccountList>, ParseError> {
    let none = UserAccountList { users: Vec::new() };
    let parsed = database::read_lines(raw, none, |list, line| {
        list.users.push(user(line)?);
        Some(())
    });
    let is_empty = parsed.value.users.is_empty();
    database::expect_rows(raw, parsed, is_empty)
}

/// Reads `name:password:uid:gid:comment:home:shell`.
fn user(line: &str) -> Option<UserAccount> {
    let mut fields = line.split(':');
    let name = database::name(fields.next()?)?;
    let _password = fields.next()?;
    let (uid, gid) = (fields.next()?, fields.next()?);
    let (comment, home, shell) = (fields.next()?, fields.next()?, fields.next()?);
    if fields.next().is_some() {
        return None;
    }
    let full_name = comment.split(',').next().unwrap_or_default();
    Some(UserAccount {
        name: name.to_owned(),
        uid: database::number(uid)?,
        gid: database::number(gid)?,
        full_name: database::not_empty(full_name),
        comment: database::not_empty(comment),
        home: database::not_empty(home),
        shell: database::not_empty(shell),
        has_login_shell: is_login_shell(shell.trim()),
    })
}

fn is_login_shell(shell: &str) -> bool {
    const NONE: &[&str] = &[
        "nologin", "false", "true", "null", "sync", "shutdown", "halt", "poweroff", "reboot",
    ];
    let program = shell.rsplit('/').next().unwrap_or(shell);
    !NONE.contains(&program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_account_is_none() {
        for line in [
            "+::::::",
            "+@admins::::::",
            "-mallory::::::",
            "ann:x:1000:1000:Ann:/home/ann",
            "ann:x:1000:1000:Ann:/home/ann:/bin/sh:more",
            "ann:x:-1:1000:Ann:/home/ann:/bin/sh",
            ":x:1000:1000:Ann:/home/ann:/bin/sh",
        ] {
            assert_eq!(user(line), None, "{line}");
        }
    }

    #[test]
    fn empty_fields_are_none() {
        let user = user("ann::1000:1000:,Room 7::").unwrap();
        assert_eq!((user.full_name, user.home, user.shell), (None, None, None));
        assert_eq!(user.comment.as_deref(), Some(",Room 7"));
        assert!(user.has_login_shell);
    }
}
