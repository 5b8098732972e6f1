//! `ProxyJump`: the servers on the way, first to last.

use crate::{trouble::Trouble, values};

/// A server on the way to another, as `ProxyJump` names it: its own settings are found by resolving
/// `host` with `user` and `port` as they were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jump {
    /// The user, where one is given.
    pub user: Option<String>,
    /// A name of the user's files, a host name, or an address without brackets.
    pub host: String,
    /// The port, where one is given; from 1.
    pub port: Option<u16>,
}

impl Jump {
    /// Reads one host on the way, as it is written after `ssh -J`; `None`: it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse(text)?.try_into().ok().map(|[jump]: [Self; 1]| jump)
    }
}

/// What a `ProxyJump` line says; `None`: it cannot be read. An empty list: `none`, no jumps.
pub(crate) fn parse(text: &str) -> Option<Vec<Jump>> {
    if text.eq_ignore_ascii_case("none") {
        return Some(Vec::new());
    }
    let text = text.split('#').next().unwrap_or_default();
    text.trim_end_matches([' ', '\t', '\r', '\n', '\x0b', '\x0c'])
        .split(',')
        .map(jump)
        .collect()
}

/// `ssh://[user@]host[:port]` or `[user@]host[:port]`.
fn jump(text: &str) -> Option<Jump> {
    if let Some(uri) = text.strip_prefix("ssh://") {
        return of_uri(uri);
    }
    let (user, rest) = match text.rsplit_once('@') {
        Some(("", _)) => return None,
        Some((user, rest)) => (Some(user.to_owned()), rest),
        None => (None, text),
    };
    let (host, delimiter, port) = split_host(rest)?;
    if delimiter == Some('/') {
        return None;
    }
    Some(Jump {
        user,
        host: host.to_owned(),
        port: some_port(port)?,
    })
}

fn of_uri(uri: &str) -> Option<Jump> {
    let (user, rest) = match uri.split_once('@') {
        Some((user, rest)) => {
            let user = user.split(';').next().unwrap_or_default();
            if user.is_empty() {
                return None;
            }
            (Some(decoded(user)?), rest)
        }
        None => (None, uri),
    };
    let (host, delimiter, rest) = split_host(rest)?;
    if !is_domain(host) {
        return None;
    }
    let (port, path) = match (delimiter, rest) {
        (Some(':'), Some(rest)) => match rest.split_once('/') {
            Some((port, path)) => (Some(port), path),
            None => (Some(rest), ""),
        },
        (_, rest) => (None, rest.unwrap_or_default()),
    };
    if !path.is_empty() {
        return None;
    }
    Some(Jump {
        user,
        host: host.to_owned(),
        port: some_port(port)?,
    })
}

/// A port from 1, where there is one; `None`: what is there is none.
fn some_port(text: Option<&str>) -> Option<Option<u16>> {
    match text {
        None => Some(None),
        Some(text) => values::port(text).filter(|port| *port > 0).map(Some),
    }
}

/// A host that may have brackets, then what follows its `:` or `/`.
fn split_host(text: &str) -> Option<(&str, Option<char>, Option<&str>)> {
    let (host, rest) = if text.starts_with('[') {
        let end = text.find(']')?;
        text.split_at_checked(end + 1)?
    } else {
        text.split_at(text.find([':', '/']).unwrap_or(text.len()))
    };
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    if host.is_empty() {
        return None;
    }
    let mut characters = rest.chars();
    match characters.next() {
        None => Some((host, None, None)),
        Some(delimiter @ (':' | '/')) => {
            let rest = Some(characters.as_str()).filter(|rest| !rest.is_empty());
            Some((host, Some(delimiter), rest))
        }
        Some(_) => None,
    }
}

/// What ssh takes for a host name in an address of the form `ssh://`.
pub(crate) fn is_domain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !name.contains("..")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                let value = digit()? * 16 + digit()?;
                u8::try_from(value).ok().filter(|value| *value != 0)?
            }
            byte => byte,
        });
    }
    String::from_utf8(out).ok()
}

/// A host and a user as they are asked for must not be able to mean anything else to a shell or an
/// option parser; ssh's own rule.
pub(crate) fn check(host: &str, user: Option<&str>) -> Result<(), Trouble> {
    let wrong_in_host =
        |c: char| "'`\"$\\;&<>|(){},".contains(c) || c.is_ascii_whitespace() || c.is_control();
    if host.starts_with('-') || host.contains(wrong_in_host) {
        return Err(Trouble::asked(
            "the host name has characters that no host name has",
        ));
    }
    let Some(user) = user else { return Ok(()) };
    let wrong_in_user = |c: char| "'`\";&<>|(){}".contains(c) || c.is_control();
    if user.starts_with('-')
        || user.contains(wrong_in_user)
        || user.contains(" -")
        || user.ends_with('\\')
    {
        return Err(Trouble::asked(
            "the user name has characters that no user name has",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let jumps = parse(text)?;
        let shown = jumps.iter().map(|jump| {
            format!(
                "{:?} {} {:?}",
                jump.user.as_deref().unwrap_or("-"),
                jump.host,
                jump.port.unwrap_or(0)
            )
        });
        Some(shown.collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn chains_users_ports_and_brackets_are_read() {
        assert_eq!(
            shown("a,b@c@[::1]:2200 # d").unwrap(),
            r#""-" a 0, "b@c" ::1 2200"#
        );
        assert_eq!(shown("ssh://b%40c;x=y@d:22/").unwrap(), r#""b@c" d 22"#);
        assert_eq!(shown("NONE").unwrap(), "");
        assert_eq!(shown("a:").unwrap(), r#""-" a 0"#);
        for wrong in [
            "",
            "a,",
            ",a",
            "@a",
            "a:0",
            "a:x",
            "[::1",
            "ssh://a/b",
            "ssh://a b",
            "[a]b",
        ] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_that_a_shell_could_mistake_are_refused() {
        assert!(check("web-1.example", Some("a.b c")).is_ok());
        for host in ["-oProxyCommand=x", "a b", "a;b", "$(a)", "a\n"] {
            assert!(check(host, None).is_err(), "{host}");
        }
        for user in ["-l", "a;b", "a -b", "a\\", "`a`"] {
            assert!(check("a", Some(user)).is_err(), "{user}");
        }
    }
}
