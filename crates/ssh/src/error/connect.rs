//! Why a connection was not made. `Display` says what failed at which address, `hint` what to try.

use std::{fmt, path::PathBuf, time::Duration};

/// Where a connection stood when it took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Name lookup and TCP connect.
    Connect,
    /// The host had not said which SSH version it speaks.
    Banner,
    /// Keys were being agreed.
    KeyExchange,
    /// The server had not answered a proof.
    Authentication,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "TCP connect",
            Self::Banner => "SSH banner",
            Self::KeyExchange => "key exchange",
            Self::Authentication => "authentication",
        })
    }
}

/// A key that a `known_hosts` file has for a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownHostKey {
    /// The key's type, for example `ssh-ed25519`.
    pub algorithm: String,
    /// `SHA256:` and 43 characters.
    pub fingerprint: String,
    /// The file that has it.
    pub file: PathBuf,
    /// The line in that file, from 1.
    pub line: usize,
}

/// A host that shows another key than the one it is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedHostKey {
    /// `host:port`.
    pub address: String,
    /// The type of the key that it showed.
    pub algorithm: String,
    /// The fingerprint of the key that it showed.
    pub fingerprint: String,
    /// The keys it is known by; never empty.
    pub known: Vec<KnownHostKey>,
}

/// Why a connection was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The name has no address, or is no name.
    #[error("no address is known for {host:?} ({reason})")]
    NameUnknown {
        /// The name.
        host: String,
        /// The resolver's words.
        reason: String,
    },
    /// Nothing listens there.
    #[error("{address} refused the connection")]
    Refused {
        /// `host:port`.
        address: String,
    },
    /// No way there.
    #[error("{address} cannot be reached ({reason})")]
    Unreachable {
        /// `host:port`.
        address: String,
        /// The system's words.
        reason: String,
    },
    /// A step took longer than it may.
    #[error("{address} did not answer within {} s ({phase})", .after.as_secs_f32())]
    Timeout {
        /// `host:port`.
        address: String,
        /// The step.
        phase: Phase,
        /// How long was waited.
        after: Duration,
    },
    /// The host shows another key than the one it is known by. Nothing secret was sent.
    #[error("{}", changed(.0))]
    HostKeyChanged(Box<ChangedHostKey>),
    /// The key is marked as revoked. Nothing secret was sent.
    #[error("the key {fingerprint} of {address} is revoked by {} line {line}", .file.display())]
    HostKeyRevoked {
        /// `host:port`.
        address: String,
        /// The key's fingerprint.
        fingerprint: String,
        /// The file that revokes it.
        file: PathBuf,
        /// The line in that file, from 1.
        line: usize,
    },
    /// An authority that is trusted for the host signed its key, but not so that it holds. Nothing
    /// secret was sent.
    #[error("the host certificate of {address} ({fingerprint}) is not valid: {reason}")]
    HostCertificate {
        /// `host:port`.
        address: String,
        /// The key's fingerprint.
        fingerprint: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The key is not known, and only known ones are wanted. Nothing secret was sent.
    #[error("the key {fingerprint} of {address} is not known")]
    HostKeyUnknown {
        /// `host:port`.
        address: String,
        /// The key's fingerprint.
        fingerprint: String,
    },
    /// A host on the way would not, or could not, connect on to this one.
    #[error("{address} cannot be reached from {via}: {reason}")]
    NotPassedOn {
        /// `host:port`.
        address: String,
        /// The host on the way, `host:port`.
        via: String,
        /// What it said.
        reason: String,
        /// Whether it is not allowed to.
        is_forbidden: bool,
    },
    /// None of the algorithms that the SSH configuration allows is supported here.
    #[error("none of the {keyword} for {address} is supported here: {}", list(.names))]
    Algorithms {
        /// `host:port`.
        address: String,
        /// The keyword of the configuration, for example `Ciphers`.
        keyword: &'static str,
        /// What it allows.
        names: Vec<String>,
    },
    /// The person said no to the key. Nothing secret was sent.
    #[error("the key {fingerprint} of {address} was not trusted")]
    HostKeyRejected {
        /// `host:port`.
        address: String,
        /// The key's fingerprint.
        fingerprint: String,
    },
    /// Every proof was refused.
    #[error("{address} refused to log in {user:?} (tried: {}; it accepts: {}){}", list(.tried), list(.offered), also(.remarks))]
    AuthFailed {
        /// `host:port`.
        address: String,
        /// The user.
        user: String,
        /// What was tried, in order, for example `key /home/me/.ssh/id_ed25519`, `password`.
        tried: Vec<String>,
        /// The methods the server offers, by their names in RFC 4252; empty: it did not say.
        offered: Vec<String>,
        /// What else helps to understand it, a sentence each without a full stop: a certificate
        /// that has expired, a key that was not offered.
        remarks: Vec<String>,
    },
    /// The person stopped it.
    #[error("connecting to {address} was stopped")]
    Cancelled {
        /// `host:port`.
        address: String,
    },
    /// What answered does not speak SSH as we understand it, or hung up.
    #[error("{address} does not speak SSH as expected: {reason}")]
    Protocol {
        /// `host:port`.
        address: String,
        /// What went wrong.
        reason: String,
    },
    /// The private key file cannot be used.
    #[error("the key file {} cannot be used: {reason}", .path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The agent cannot be used.
    #[error("the SSH agent cannot be used: {reason}")]
    Agent {
        /// Why.
        reason: String,
    },
    /// A `known_hosts` file cannot be read or written, so no key can be trusted.
    #[error("{} cannot be used: {reason}", .path.display())]
    KnownHosts {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl ConnectError {
    /// A stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NameUnknown { .. } => "nameUnknown",
            Self::Refused { .. } => "refused",
            Self::Unreachable { .. } => "unreachable",
            Self::Timeout { .. } => "timeout",
            Self::HostKeyChanged(_) => "hostKeyChanged",
            Self::HostKeyRevoked { .. } => "hostKeyRevoked",
            Self::HostKeyRejected { .. } => "hostKeyRejected",
            Self::HostCertificate { .. } => "hostCertificate",
            Self::HostKeyUnknown { .. } => "hostKeyUnknown",
            Self::NotPassedOn { .. } => "notPassedOn",
            Self::Algorithms { .. } => "algorithms",
            Self::AuthFailed { .. } => "authFailed",
            Self::Cancelled { .. } => "cancelled",
            Self::Protocol { .. } => "protocol",
            Self::KeyFile { .. } => "keyFile",
            Self::Agent { .. } => "agent",
            Self::KnownHosts { .. } => "knownHosts",
        }
    }

    /// Whether time alone may mend it, so that it can be tried again without a person.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::NameUnknown { .. }
                | Self::Refused { .. }
                | Self::Unreachable { .. }
                | Self::Timeout { .. }
                | Self::Protocol { .. }
                | Self::NotPassedOn {
                    is_forbidden: false,
                    ..
                }
        )
    }

    /// What to try; `None`: nothing better than trying again.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NameUnknown { .. } => {
                "Check the spelling, or use the server's IP address.".to_owned()
            }
            Self::Refused { .. } => "Check the port, and that the SSH server is running there. A \
                firewall or fail2ban may also refuse."
                .to_owned(),
            Self::Unreachable { .. } => {
                "Check the address, the network and any VPN that leads there.".to_owned()
            }
            Self::Timeout {
                phase: Phase::Connect,
                ..
            } => "Check the address and the port; a firewall may be dropping the connection."
                .to_owned(),
            Self::Timeout { .. } => "Something accepts connections there but does not answer as \
                an SSH server. Check the port, or wait if the server is overloaded."
                .to_owned(),
            Self::HostKeyChanged(changed) => changed.advice(),
            Self::HostKeyRevoked { .. } => {
                "Do not connect. Ask whoever runs the server why its key was revoked.".to_owned()
            }
            Self::AuthFailed { offered, .. } if !offered.is_empty() => format!(
                "Check the user name, and use one of the ways the server accepts: {}.",
                list(offered)
            ),
            Self::AuthFailed { .. } => "Check the user name and the key or password.".to_owned(),
            Self::Protocol { reason, .. } if reason.contains("MaxStartups") => {
                "Too many logins are under way there; try again in a moment.".to_owned()
            }
            Self::Protocol { .. } => "Check that an SSH server listens on this port.".to_owned(),
            Self::KeyFile { .. } => {
                "Choose a private key in OpenSSH, PEM or PuTTY (PPK) form.".to_owned()
            }
            Self::Agent { .. } => {
                "Start an SSH agent and add a key to it, or choose another way to log in."
                    .to_owned()
            }
            Self::HostCertificate { .. } => {
                "Do not connect. Ask whoever runs the server for a certificate that is valid for \
                 this name."
                    .to_owned()
            }
            Self::HostKeyUnknown { .. } => "Your SSH configuration has StrictHostKeyChecking yes: \
                add the key to known_hosts, or allow HeadlessOS to ask."
                .to_owned(),
            Self::NotPassedOn {
                is_forbidden: true, ..
            } => "Check AllowTcpForwarding and PermitOpen in the sshd_config of the host on the \
                way."
                .to_owned(),
            Self::NotPassedOn { .. } => "Check the address as the host on the way sees it, and \
                that an SSH server listens there."
                .to_owned(),
            Self::Algorithms { keyword, .. } => {
                format!("Add a current algorithm to {keyword} in your SSH configuration.")
            }
            Self::KnownHosts { .. } => "Make the file readable and writable for you.".to_owned(),
            Self::HostKeyRejected { .. } | Self::Cancelled { .. } => return None,
        })
    }
}

impl ChangedHostKey {
    fn advice(&self) -> String {
        let places: Vec<String> = self
            .known
            .iter()
            .map(|key| format!("{} line {}", key.file.display(), key.line))
            .collect();
        format!(
            "Someone may be between you and the server, or it was reinstalled. Ask whoever runs it \
             for its new fingerprint. If it is {}, delete {} and connect again.",
            self.fingerprint,
            places.join(", ")
        )
    }
}

fn changed(changed: &ChangedHostKey) -> String {
    let known: Vec<String> = changed
        .known
        .iter()
        .map(|key| {
            let (file, line) = (key.file.display(), key.line);
            format!("{} {} ({file} line {line})", key.algorithm, key.fingerprint)
        })
        .collect();
    format!(
        "the key of {} has changed: it is known by {}, it showed {} {}",
        changed.address,
        known.join(", "),
        changed.algorithm,
        changed.fingerprint
    )
}

fn also(remarks: &[String]) -> String {
    remarks.iter().map(|remark| format!("; {remark}")).collect()
}

fn list(words: &[String]) -> String {
    if words.is_empty() {
        "nothing".to_owned()
    } else {
        words.join(", ")
    }
}
