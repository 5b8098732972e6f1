//! `groups(1)` and `id -Gn`: the names alone, behind the user's and a colon where one was asked for.
//! A name with a space in it cannot be told from two.

use super::{UserIdentity, UserIdentityGroup, UserIdentityList, UserIdentityOf};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

const SCRIPT: &str = r#"user=${1:-$(id -un)}
groups=$(id -Gn -- "$user") || exit
printf '%s : %s\n' "$user" "$groups""#;

pub(super) const VARIANT: Variant<UserIdentityOf, UserIdentityList> = Variant {
    name: "groups",
    needs: Needs::programs(&["id"]),
    source: |args| Source::Command(Command::script(SCRIPT).value_or_empty(args.user.as_ref())),
    reads: &["groups", "id -Gn|-nG"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UserIdentityList>, ParseError> {
    let none = UserIdentityList {
        identities: Vec::new(),
    };
    let is_bare = !raw.typed.is_empty();
    let parsed = raw.read_lines(none, |list, line| {
        let (user, names) = match line.split_once(" : ") {
            Some((user, names)) => (Some(user), names),
            None if is_bare && list.identities.is_empty() => (None, line),
            None => return None,
        };
        let is_name = |name: &str| {
            let allowed = |c: char| c.is_alphanumeric() || "_.-$@\\+".contains(c);
            !name.is_empty() && name.chars().all(allowed)
        };
        let names: Vec<&str> = names.split(' ').collect();
        let are_names = names.iter().chain(&user).all(|name| is_name(name));
        are_names.then_some(())?;
        let mut identity = UserIdentity::of(user);
        identity.groups = names
            .into_iter()
            .map(|name| UserIdentityGroup {
                gid: None,
                name: Some(name.to_owned()),
            })
            .collect();
        list.identities.push(identity);
        Some(())
    });
    if parsed.value.identities.is_empty() {
        let said = raw.error_text().to_lowercase();
        if said.contains("no such user") || said.contains("unknown user") {
            return Err(ParseError::Unavailable(said.trim().to_owned()));
        }
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        let no_rows = || ParseError::shape("these are no names of groups");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}
