//! `id(1)` of GNU and of busybox: `uid=0(root) gid=0(root) groups=0(root)`, the last name in the
//! user's language; busybox leaves it out where there is one group alone.

use super::{UserIdentity, UserIdentityGroup, UserIdentityList, UserIdentityOf};
use crate::{
    Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, accounts::database::number,
};

pub(super) const VARIANT: Variant<UserIdentityOf, UserIdentityList> = Variant {
    name: "id",
    needs: Needs::programs(&["id"]),
    source: |args| {
        let command = Command::new("id");
        Source::Command(match &args.user {
            Some(user) => command.operand(user),
            None => command,
        })
    },
    reads: &["id"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<UserIdentityList>, ParseError> {
    let none = UserIdentityList {
        identities: Vec::new(),
    };
    let parsed = raw.read_lines(none, |list, line| {
        list.identities.push(identity(line)?);
        Some(())
    });
    // Of several users one may not exist.
    if parsed.value.identities.is_empty() {
        let said = raw.error_text().to_lowercase();
        if said.contains("no such user") || said.contains("unknown user") {
            return Err(ParseError::Unavailable(said.trim().to_owned()));
        }
        raw.expect_exit(&[0])?;
        raw.expect_output()?;
        let no_rows = || ParseError::shape("id printed no line with uid= and gid=");
        return Err(raw.complaint().unwrap_or_else(no_rows));
    }
    Ok(parsed)
}

fn identity(line: &str) -> Option<UserIdentity> {
    let mut identity = UserIdentity::of(None);
    let mut rest = line;
    let mut place = 0;
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        if key == "context" {
            identity.context = Some(after.to_owned()).filter(|context| !context.contains(' '));
            identity.context.as_ref()?;
            break;
        }
        let (members, after) = members(after)?;
        match (place, key, members.as_slice()) {
            (0, "uid", [user]) => (identity.uid, identity.user) = (user.gid, user.name.clone()),
            (1, "gid", [group]) => (identity.gid, identity.group) = (group.gid, group.name.clone()),
            (2.., "euid", [user]) => identity.effective_uid = user.gid,
            (2.., "egid", [group]) => identity.effective_gid = group.gid,
            (2.., _, _) if identity.groups.is_empty() => identity.groups = members,
            _ => return None,
        }
        rest = after;
        place += 1;
    }
    if place < 2 {
        return None;
    }
    if identity.groups.is_empty() {
        identity.groups.push(UserIdentityGroup {
            gid: identity.gid,
            name: identity.group.clone(),
        });
    }
    Some(identity)
}

/// Reads `0(root),27(domain users)` up to the next key; gives what is behind the space before that.
fn members(text: &str) -> Option<(Vec<UserIdentityGroup>, &str)> {
    let mut members = Vec::new();
    let mut rest = text;
    loop {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (digits, after) = rest.split_at_checked(end)?;
        let gid = Some(number(digits)?);
        // A name may hold brackets and spaces; it ends where a comma, a space or the line's end
        // comes behind its bracket.
        let (name, after) = match after.strip_prefix('(') {
            Some(named) => {
                let ends = named.match_indices(')').find(|(at, _)| {
                    let behind = named.get(at.saturating_add(1)..).unwrap_or_default();
                    behind.is_empty() || behind.starts_with([',', ' '])
                });
                let (name, after) = named.split_at_checked(ends?.0)?;
                (Some(name.to_owned()), after.strip_prefix(')')?)
            }
            None => (None, after),
        };
        members.push(UserIdentityGroup { gid, name });
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Some((members, after)),
            None => return Some((members, after.strip_prefix(' ')?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_spaces_and_a_context_are_read() {
        let line = "uid=1(ann smith) gid=513(domain users) euid=0(root) groups=513(domain users),4(a (b)),77 context=unconfined_u:unconfined_r:unconfined_t:s0-s0:c0.c1023";
        let read = identity(line).unwrap();
        assert_eq!(read.user.as_deref(), Some("ann smith"));
        assert_eq!(read.effective_uid, Some(0));
        let names: Vec<_> = read
            .groups
            .iter()
            .map(|group| group.name.as_deref())
            .collect();
        assert_eq!(names, [Some("domain users"), Some("a (b)"), None]);
        assert!(read.context.unwrap().ends_with("c0.c1023"));
        for line in [
            "uid=0(root)",
            "0",
            "root",
            "gid=0(root) uid=0(root)",
            "uid=x gid=0",
        ] {
            assert_eq!(identity(line), None, "{line}");
        }
    }
}
