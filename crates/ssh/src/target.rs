//! Where to connect, as whom, by which proof, and how long each step may take.

use std::{path::PathBuf, time::Duration};

use crate::KnownHosts;

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

/// How to prove who we are. Where a server wants another proof on top of it, all others are tried;
/// where it does not take this kind of proof, a person may be asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AuthMethod {
    /// All there is, in OpenSSH's order: the agent's keys, `~/.ssh/id_rsa`, `id_ecdsa` and
    /// `id_ed25519`, the server's questions, a password; at most five refusals, one below the limit
    /// of a default sshd.
    Auto,
    /// The keys of the running agent.
    Agent,
    /// A password, asked for at most three times.
    Password,
    /// One private key file; `~/` at its start is the home folder. Where the agent has the same key,
    /// it signs, and no passphrase is needed.
    KeyFile(PathBuf),
}

/// What may be offered to prove who we are, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proofs {
    /// What the profile says.
    pub method: AuthMethod,
    /// The key files of [`AuthMethod::Auto`], in order (`IdentityFile`); empty: the usual ones.
    pub identity_files: Vec<PathBuf>,
    /// Certificates beside the key files (`CertificateFile`); `<key>-cert.pub` is looked for too.
    pub certificate_files: Vec<PathBuf>,
    /// Of the agent's keys only those whose file is named above (`IdentitiesOnly`).
    pub identities_only: bool,
    /// Where the agent is (`IdentityAgent`).
    pub agent: AgentAddress,
    /// The methods' names in the order of preference (`PreferredAuthentications`), those that are
    /// not allowed left out; empty: OpenSSH's own order.
    pub preferred: Vec<String>,
    /// How often a password is asked for (`NumberOfPasswordPrompts`).
    pub password_prompts: u32,
}

impl Proofs {
    /// A method with all else as OpenSSH has it without a configuration.
    #[must_use]
    pub fn by(method: AuthMethod) -> Self {
        Self {
            method,
            identity_files: Vec::new(),
            certificate_files: Vec::new(),
            identities_only: false,
            agent: AgentAddress::Usual,
            preferred: Vec::new(),
            password_prompts: 3,
        }
    }
}

/// Where the SSH agent is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentAddress {
    /// `SSH_AUTH_SOCK`; on Windows OpenSSH's pipe, else Pageant.
    Usual,
    /// None is asked.
    Off,
    /// A Unix socket, or a named pipe.
    At(PathBuf),
}

/// What becomes of a host whose key is not known (`StrictHostKeyChecking`). A key that has changed
/// is refused always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownKey {
    /// A person says.
    #[default]
    Ask,
    /// It is refused.
    Refuse,
    /// It is trusted and remembered.
    Accept,
}

/// The algorithms that may be agreed on, by their names in SSH, best first; empty: our own choice.
/// What is not supported here is passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the keywords of ssh_config(5)")]
pub struct Algorithms {
    pub kex: Vec<String>,
    pub ciphers: Vec<String>,
    pub macs: Vec<String>,
    pub host_key: Vec<String>,
}

/// One host to be connected to and all that is said of it: the server itself, or one on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Where, and as whom.
    pub target: Target,
    /// How to prove it.
    pub proofs: Proofs,
    /// Which keys it may have.
    pub known_hosts: KnownHosts,
    /// The name it has in those files (`HostKeyAlias`); `None`: its own.
    pub host_key_alias: Option<String>,
    /// What becomes of a key that is not known.
    pub unknown_key: UnknownKey,
    /// What may be agreed on.
    pub algorithms: Algorithms,
    /// Which addresses of its name are tried; `None`: all (`AddressFamily`).
    pub family: Option<Family>,
    /// The address of this computer to connect from; `None`: any (`BindAddress`).
    pub bind_address: Option<String>,
    /// How often TCP is tried, a second apart; from 1 (`ConnectionAttempts`).
    pub attempts: u32,
    /// A host key of RSA that is shorter is refused (`RequiredRSASize`).
    pub least_rsa_bits: u32,
    /// Variables for shells there (`SendEnv`, `SetEnv`); the server takes what it likes.
    pub environment: Vec<(String, String)>,
    /// How long each step may take.
    pub timeouts: Timeouts,
}

/// A family of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they name themselves")]
pub enum Family {
    V4,
    V6,
}

impl Hop {
    /// A host with all else as OpenSSH has it without a configuration.
    #[must_use]
    pub fn new(target: Target, method: AuthMethod, known_hosts: KnownHosts) -> Self {
        Self {
            target,
            proofs: Proofs::by(method),
            known_hosts,
            host_key_alias: None,
            unknown_key: UnknownKey::Ask,
            algorithms: Algorithms::default(),
            family: None,
            bind_address: None,
            attempts: 1,
            least_rsa_bits: 1024,
            environment: Vec::new(),
            timeouts: Timeouts::default(),
        }
    }
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
