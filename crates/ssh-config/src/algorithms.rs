//! Lists of algorithms: `Ciphers`, `MACs`, `KexAlgorithms` and those of keys and signatures, with
//! their prefixes `+`, `-` and `^`.

use crate::patterns::{Verdict, fits_list};

/// A list of algorithms as the user wrote it. Names may be patterns with `*` and `?` where the list
/// is one of keys, and behind `-`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Algorithms {
    /// Nothing was said.
    #[default]
    Default,
    /// These, in this order.
    Only(Vec<String>),
    /// `+`: the default ones, then these.
    Added(Vec<String>),
    /// `-`: the default ones without these.
    Removed(Vec<String>),
    /// `^`: these, then the default ones.
    First(Vec<String>),
}

impl Algorithms {
    /// The names, best first, out of `known`: with patterns replaced by what fits them, nothing
    /// twice, and nothing that is not known. Empty: none is left, and nothing may be agreed.
    #[must_use]
    pub fn resolve(&self, defaults: &[&str], known: &[&str]) -> Vec<String> {
        let defaults = || defaults.iter().map(|name| (*name).to_owned());
        let wanted: Vec<String> = match self {
            Self::Default => return defaults().collect(),
            Self::Removed(names) => {
                let removed = names.join(",");
                return defaults()
                    .filter(|name| fits_list(name, &removed) != Verdict::Yes)
                    .collect();
            }
            Self::Only(names) => names.clone(),
            Self::Added(names) => defaults().chain(names.iter().cloned()).collect(),
            Self::First(names) => names.iter().cloned().chain(defaults()).collect(),
        };
        let mut resolved: Vec<String> = Vec::new();
        for pattern in wanted {
            for name in known {
                let fits = fits_list(name, &pattern) == Verdict::Yes;
                if fits && !resolved.iter().any(|other| other == name) {
                    resolved.push((*name).to_owned());
                }
            }
        }
        resolved
    }

    /// Reads a value that was checked.
    pub(crate) fn of(text: &str) -> Self {
        let names = |text: &str| {
            text.split(',')
                .take_while(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        };
        if let Some(text) = text.strip_prefix('+') {
            Self::Added(names(text))
        } else if let Some(text) = text.strip_prefix('-') {
            Self::Removed(names(text))
        } else if let Some(text) = text.strip_prefix('^') {
            Self::First(names(text))
        } else {
            Self::Only(names(text))
        }
    }
}

/// Which list a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Cipher,
    Exchange,
    Key,
    Mac,
}

/// Whether ssh would take this as a list: a name that no ssh knows is refused there, as it is most
/// often misspelt.
pub(crate) fn is_valid(text: &str, kind: Kind) -> bool {
    if text.starts_with('-') {
        return true;
    }
    let names = text.strip_prefix(['+', '^']).unwrap_or(text);
    let known = |name: &str| match kind {
        Kind::Key => KEYS.iter().any(|key| fits_list(key, name) != Verdict::No),
        Kind::Cipher => CIPHERS.contains(&name),
        Kind::Exchange => EXCHANGES.contains(&name),
        Kind::Mac => MACS.contains(&name),
    };
    // Like ssh, nothing is looked at behind an empty name.
    !names.is_empty()
        && names
            .split(',')
            .take_while(|name| !name.is_empty())
            .all(known)
}

/// Ciphers of all OpenSSH of these years.
const CIPHERS: &[&str] = &[
    "3des-cbc",
    "aes128-cbc",
    "aes192-cbc",
    "aes256-cbc",
    "aes128-ctr",
    "aes192-ctr",
    "aes256-ctr",
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
];

/// Key exchanges of all OpenSSH of these years.
const EXCHANGES: &[&str] = &[
    "diffie-hellman-group1-sha1",
    "diffie-hellman-group14-sha1",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group-exchange-sha1",
    "diffie-hellman-group-exchange-sha256",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "sntrup761x25519-sha512",
    "sntrup761x25519-sha512@openssh.com",
    "mlkem768x25519-sha256",
];

/// MACs of all OpenSSH of these years.
const MACS: &[&str] = &[
    "hmac-sha1",
    "hmac-sha1-96",
    "hmac-sha2-256",
    "hmac-sha2-512",
    "hmac-md5",
    "hmac-md5-96",
    "umac-64@openssh.com",
    "umac-128@openssh.com",
    "hmac-sha1-etm@openssh.com",
    "hmac-sha1-96-etm@openssh.com",
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha2-512-etm@openssh.com",
    "hmac-md5-etm@openssh.com",
    "hmac-md5-96-etm@openssh.com",
    "umac-64-etm@openssh.com",
    "umac-128-etm@openssh.com",
];

/// Key and signature types of all OpenSSH of these years.
const KEYS: &[&str] = &[
    "ssh-ed25519",
    "ssh-ed25519-cert-v01@openssh.com",
    "sk-ssh-ed25519@openssh.com",
    "sk-ssh-ed25519-cert-v01@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp384-cert-v01@openssh.com",
    "ecdsa-sha2-nistp521",
    "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "webauthn-sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-dss",
    "ssh-dss-cert-v01@openssh.com",
    "ssh-rsa",
    "ssh-rsa-cert-v01@openssh.com",
    "rsa-sha2-256",
    "rsa-sha2-256-cert-v01@openssh.com",
    "rsa-sha2-512",
    "rsa-sha2-512-cert-v01@openssh.com",
    "ssh-xmss@openssh.com",
    "ssh-xmss-cert-v01@openssh.com",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_change_the_default_list() {
        let defaults = ["b", "c", "d"];
        let known = ["a1", "a2", "b", "c", "d"];
        let resolve = |text| Algorithms::of(text).resolve(&defaults, &known).join(" ");
        assert_eq!(resolve("+a*,c"), "b c d a1 a2");
        assert_eq!(resolve("^d,a1"), "d a1 b c");
        assert_eq!(resolve("-c,x*"), "b d");
        assert_eq!(resolve("d,unknown,b"), "d b");
        assert_eq!(resolve("-*"), "");
        assert_eq!(
            Algorithms::Default.resolve(&defaults, &known).join(" "),
            "b c d"
        );
    }

    #[test]
    fn a_name_that_no_ssh_knows_is_refused() {
        assert!(is_valid("aes128-ctr,aes256-ctr", Kind::Cipher));
        assert!(is_valid("+ssh-*", Kind::Key));
        assert!(is_valid("-anything", Kind::Mac));
        assert!(!is_valid("aes512-ctr", Kind::Cipher));
        assert!(!is_valid("aes*", Kind::Cipher));
        assert!(!is_valid("+", Kind::Exchange));
    }
}
