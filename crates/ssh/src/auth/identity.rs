//! What can be offered as a public key, and in which order: as OpenSSH has it (`pubkey_prepare` in
//! sshconnect2.c).
//!
//! Invariant: pure. Nothing that cannot be signed for is on the list, and nothing twice.

use russh::keys::{Certificate, PublicKey, ssh_key::public::KeyData};

use super::agent::AgentKey;

/// What is shown to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A key.
    Key(PublicKey),
    /// A certificate for one.
    Certificate(Box<Certificate>),
    /// The key of a file that hides it until it is unlocked.
    Hidden,
}

impl Shown {
    /// `None`: it is of a kind that cannot be used.
    pub(super) fn of(key: PublicKey) -> Option<Self> {
        match key.key_data() {
            KeyData::Other(_) | KeyData::Dsa(_) => None,
            KeyData::Certificate(certificate) if certificate.cert_type().is_host() => None,
            KeyData::Certificate(certificate) => Some(Self::Certificate(certificate.clone())),
            _ => Some(Self::Key(key)),
        }
    }

    /// The key, whether or not there is a certificate for it.
    fn key(&self) -> Option<&KeyData> {
        match self {
            Self::Key(key) => Some(key.key_data()),
            Self::Certificate(certificate) => Some(certificate.public_key()),
            Self::Hidden => None,
        }
    }

    /// In SSH's encoding; empty where it is hidden.
    pub(super) fn blob(&self) -> Vec<u8> {
        let blob = match self {
            Self::Key(key) => key.to_bytes(),
            Self::Certificate(certificate) => certificate.to_bytes(),
            Self::Hidden => return Vec::new(),
        };
        blob.unwrap_or_default()
    }

    fn is_certificate(&self) -> bool {
        matches!(self, Self::Certificate(_))
    }

    fn is_same(&self, other: &Self) -> bool {
        self.key().is_some()
            && self.is_certificate() == other.is_certificate()
            && self.blob() == other.blob()
    }

    fn has_same_key(&self, other: &Self) -> bool {
        self.key().is_some() && self.key() == other.key()
    }
}

/// Who can sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Signs {
    /// The agent, with its key of this encoding.
    Agent(Vec<u8>),
    /// The key file of this number.
    File(usize),
}

/// Something to offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) shown: Shown,
    pub(super) signs: Signs,
    /// In messages, for example `key /home/me/.ssh/id_ed25519`.
    pub(super) label: String,
    /// Whether it was asked for by name.
    pub(super) named: bool,
}

/// A key file or a certificate that was found, in the order in which it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) shown: Shown,
    /// The key file's number; `None`: the file holds no private key.
    pub(super) file: Option<usize>,
    pub(super) label: String,
    pub(super) named: bool,
}

/// What may be offered, in order: certificates that were named; the agent's keys that are named by
/// a file; the agent's other keys, unless `only` the named ones may be used; the other files. What
/// nobody signs for is returned beside it, by its label.
pub(super) fn arrange(
    certificates: Vec<Found>,
    files: Vec<Found>,
    agent: &[AgentKey],
    only: bool,
) -> (Vec<Identity>, Vec<String>) {
    let mut unsigned = Vec::new();
    let mut first = Vec::new();
    for certificate in certificates {
        let label = certificate.label.clone();
        match with_signer(certificate, &files, agent) {
            Some(identity) => first.push(identity),
            None => unsigned.push(label),
        }
    }
    let mut left: Vec<Option<Found>> = files.iter().cloned().map(Some).collect();
    let mut others = Vec::new();
    for key in agent {
        let by_agent = |named, label| Identity {
            shown: key.shown.clone(),
            signs: Signs::Agent(key.shown.blob()),
            label,
            named,
        };
        let is_it = |found: &Option<Found>| {
            let found = found.as_ref();
            found.is_some_and(|found| found.shown.is_same(&key.shown))
        };
        let label = label(key);
        match left.iter_mut().find(|found| is_it(found)) {
            Some(place) => first.extend(place.take().map(|found| by_agent(found.named, label))),
            None if only => {}
            None => others.push(by_agent(false, label)),
        }
    }
    first.append(&mut others);
    for found in left.into_iter().flatten() {
        let label = found.label.clone();
        match with_signer(found, &files, agent) {
            Some(identity) => first.push(identity),
            None => unsigned.push(label),
        }
    }
    let mut list: Vec<Identity> = Vec::new();
    for identity in first {
        if !list
            .iter()
            .any(|listed| listed.shown.is_same(&identity.shown))
        {
            list.push(identity);
        }
    }
    (list, unsigned)
}

/// Who signs for it: the agent where it can, since no passphrase is needed then.
fn with_signer(found: Found, files: &[Found], agent: &[AgentKey]) -> Option<Identity> {
    let same_key = |key: &&AgentKey| key.shown.has_same_key(&found.shown);
    let plain = |key: &&AgentKey| !key.shown.is_certificate();
    let by_agent = agent.iter().filter(plain).find(same_key);
    let by_agent = by_agent.or_else(|| agent.iter().find(same_key));
    let by_file = || {
        let same = |other: &&Found| other.shown.has_same_key(&found.shown);
        let beside = || files.iter().filter(same).find_map(|other| other.file);
        found.file.or_else(beside)
    };
    let signs = match by_agent {
        Some(key) => Signs::Agent(key.shown.blob()),
        None => Signs::File(by_file()?),
    };
    Some(Identity {
        shown: found.shown,
        signs,
        label: found.label,
        named: found.named,
    })
}

fn label(key: &AgentKey) -> String {
    let kind = if key.shown.is_certificate() {
        "agent certificate"
    } else {
        "agent key"
    };
    format!("{kind} {}", key.comment).trim_end().to_owned()
}
