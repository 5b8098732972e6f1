//! Where to connect, as whom, by which proof, and how long each step may take.

use std::{path::PathBuf, time::Duration};

/// A host to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The server's name in messages to people.
    pub server: String,
    /// Name or address; letters, digits and `. - _ : %` only, anything else is an unknown name.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// The user to log in as.
    pub user: String,
}

impl Target {
    /// `host:port`, with brackets around an IPv6 address: for messages.
    pub(crate) fn address(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// Whether the host can be a name or an address at all. A `*` or a space would mean something
    /// else in a `known_hosts` file.
    pub(crate) fn has_plausible_host(&self) -> bool {
        let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_:%".contains(c);
        !self.host.is_empty() && self.host.len() <= 255 && self.host.chars().all(allowed)
    }
}

/// How to prove who we are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthMethod {
    /// The agent's keys, then `~/.ssh/id_ed25519`, `id_ecdsa` and `id_rsa`, then a password; at
    /// most five refusals, one below the limit of a default sshd.
    Auto,
    /// The keys of the running agent and nothing else.
    Agent,
    /// A password, asked for at most three times.
    Password,
    /// One private key file; `~/` at its start is the home folder.
    KeyFile(PathBuf),
}

/// How long each step of a connection may take. Time that a person takes to answer is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Name lookup and TCP connect together.
    pub connect: Duration,
    /// Until the host has said which SSH version it speaks.
    pub banner: Duration,
    /// Until keys are agreed.
    pub key_exchange: Duration,
    /// For each answer to a proof; a server delays its no on purpose.
    pub authentication: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            banner: Duration::from_secs(10),
            key_exchange: Duration::from_secs(10),
            authentication: Duration::from_secs(30),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(host: &str) -> Target {
        Target {
            server: "web1".to_owned(),
            host: host.to_owned(),
            port: 22,
            user: "ops".to_owned(),
        }
    }

    #[test]
    fn a_host_that_would_be_a_pattern_is_not_plausible() {
        for good in ["web1", "10.0.0.1", "fe80::1%eth0", "a_b.example"] {
            assert!(target(good).has_plausible_host(), "{good}");
        }
        for bad in ["", "*", "a,b", "a b", "!a", "[a]", "a\nb", "#", "@x"] {
            assert!(!target(bad).has_plausible_host(), "{bad}");
        }
        assert_eq!(target("::1").address(), "[::1]:22");
    }
}
