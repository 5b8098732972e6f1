//! One line of a `known_hosts` file (`sshd(8)`, SSH_KNOWN_HOSTS FILE FORMAT): which hosts, what key.
//!
//! Invariant: a line that cannot be read matches nothing. russh's own reader knows no markers, no
//! patterns and no TABs, and would trust a revoked key.

use hmac::{Hmac, KeyInit, Mac};
use russh::keys::{PublicKey, ssh_key::known_hosts::HostPatterns};
use sha1::Sha1;

/// What a line says about its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// It is the host's key.
    Key,
    /// It must never be trusted.
    Revoked,
    /// It signs the host's certificates.
    Authority,
}

/// A line that could be read.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) marker: Marker,
    pub(super) key: PublicKey,
    hosts: HostPatterns,
}

impl Entry {
    /// Reads a line; `None`: empty, a comment, or not understood.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let mut fields = line.split_ascii_whitespace().peekable();
        let marker = match *fields.peek()? {
            "@revoked" => Marker::Revoked,
            "@cert-authority" => Marker::Authority,
            field if field.starts_with(['@', '#']) => return None,
            _ => Marker::Key,
        };
        if marker != Marker::Key {
            fields.next();
        }
        let hosts = fields.next()?.parse().ok()?;
        let (algorithm, encoded) = (fields.next()?, fields.next()?);
        let key = PublicKey::from_openssh(&format!("{algorithm} {encoded}")).ok()?;
        Some(Self { marker, key, hosts })
    }

    /// The names as they stand there; `None`: they are hashed.
    pub(super) fn written_names(&self) -> Option<String> {
        match &self.hosts {
            HostPatterns::HashedName { .. } => None,
            HostPatterns::Patterns(patterns) => Some(patterns.join(",")),
        }
    }

    /// Whether the line is about this host; `name` is `host`, or `[host]:port` where the port is
    /// not 22, in lower case.
    pub(super) fn names(&self, name: &str) -> bool {
        match &self.hosts {
            HostPatterns::HashedName { salt, hash } => {
                let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(salt) else {
                    return false;
                };
                mac.update(name.as_bytes());
                mac.verify_slice(hash).is_ok()
            }
            HostPatterns::Patterns(patterns) => {
                let mut named = false;
                for pattern in patterns {
                    let pattern = pattern.to_ascii_lowercase();
                    match pattern.strip_prefix('!') {
                        Some(not) if matches(not.as_bytes(), name.as_bytes()) => return false,
                        Some(_) => {}
                        None => named |= matches(pattern.as_bytes(), name.as_bytes()),
                    }
                }
                named
            }
        }
    }
}

/// `*` is any number of characters, `?` is one. Linear in the product of the lengths.
pub(super) fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut rest, mut left) = (pattern, text);
    let mut retry: Option<(&[u8], &[u8])> = None;
    loop {
        match (rest.split_first(), left.split_first()) {
            (Some((b'*', after)), _) => {
                retry = Some((after, left));
                rest = after;
            }
            (Some((p, after)), Some((t, tail))) if *p == b'?' || p == t => {
                (rest, left) = (after, tail);
            }
            (None, None) => return true,
            _ => {
                // Let the last star take one character more.
                let Some((after, [_, tail @ ..])) = retry else {
                    return false;
                };
                retry = Some((after, tail));
                (rest, left) = (after, tail);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB9dG4kjRhQTtWTVzd2t27+t0DEHBPW7iOD23TUiYLio";

    fn names(hosts: &str, name: &str) -> bool {
        Entry::parse(&format!("{hosts} {KEY}")).is_some_and(|entry| entry.names(name))
    }

    #[test]
    fn patterns_negation_and_ports() {
        assert!(names("web1,web2", "web2"));
        assert!(names("WEB1", "web1"));
        assert!(names("*.example.net,!bad.example.net", "a.example.net"));
        assert!(!names("*.example.net,!bad.example.net", "bad.example.net"));
        assert!(!names("!bad.example.net", "good.example.net"));
        assert!(names("[10.0.0.*]:2222", "[10.0.0.7]:2222"));
        assert!(!names("10.0.0.7", "[10.0.0.7]:2222"));
        assert!(names("web?", "web1") && !names("web?", "web") && !names("web?", "web12"));
        assert!(names("*a*b", "xaxbxb") && !names("*a*b", "xaxbx"));
    }

    #[test]
    fn tabs_and_comments_are_read_and_nonsense_is_not() {
        let tabs = format!("web1\t{}  me@here", KEY.replace(' ', "\t"));
        assert!(Entry::parse(&tabs).is_some());
        let revoked = format!("@revoked  * {KEY}");
        assert_eq!(Entry::parse(&revoked).unwrap().marker, Marker::Revoked);
        for bad in [
            "",
            "# web1 ssh-ed25519 AAAA",
            "web1",
            "web1 ssh-ed25519 AAAA",
            "@x web1 y z",
        ] {
            assert!(Entry::parse(bad).is_none(), "{bad}");
        }
    }
}
