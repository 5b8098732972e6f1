//! Which keys the hosts are known by: OpenSSH's files, read only, and our own, to which we add.
//!
//! Invariant: a revoked key is refused whatever else is said of it; a host that is known by any key
//! is never asked about as if it were new.

mod certificate;
mod entry;
#[cfg(test)]
mod tests;

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use russh::keys::{Algorithm, Certificate, HashAlg, PublicKey};

use crate::{ConnectError, KnownHostKey, Target, error::one_line};
use entry::{Entry, Marker};

/// Other names of a key that are told.
const MOST_NAMES: usize = 5;

/// The files that say which keys hosts are known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownHosts {
    own: PathBuf,
    others: Vec<PathBuf>,
}

/// Whether a line of a file names a host.
#[cfg(feature = "fuzzing")]
pub(crate) fn line_names(line: &str, name: &str) -> bool {
    Entry::parse(line).is_some_and(|entry| entry.names(name))
}

/// What the files say about one key of one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is the host's key.
    Trusted,
    /// An authority that the files name for the host has signed its key.
    Vouched {
        /// The authority's fingerprint.
        authority: String,
    },
    /// Such an authority has signed it, but not for this host, or not for now.
    BadCertificate(String),
    /// The host is not known.
    New,
    /// The host is known by these keys, and this is none of them.
    Changed(Vec<KnownHostKey>),
    /// It must not be trusted.
    Revoked {
        /// Where it says so.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
    },
}

/// What the files say about one host.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The name that a certificate must be for.
    principal: String,
    /// The name that stands in the files.
    name: String,
    own: PathBuf,
    lines: Vec<Line>,
    /// The lines about other hosts.
    others: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    file: PathBuf,
    number: usize,
    entry: Entry,
}

impl KnownHosts {
    /// The files OpenSSH reads (`~/.ssh/known_hosts`, `~/.ssh/known_hosts2`,
    /// `/etc/ssh/ssh_known_hosts`, `/etc/ssh/ssh_known_hosts2`), which are never written, and
    /// `own`, to which new keys are added and which need not exist.
    #[must_use]
    pub fn of_user(own: PathBuf) -> Self {
        let mut others = Vec::new();
        if let Some(home) = std::env::home_dir() {
            let folder = home.join(".ssh");
            others.extend([folder.join("known_hosts"), folder.join("known_hosts2")]);
        }
        let system = Path::new("/etc/ssh");
        others.extend([
            system.join("ssh_known_hosts"),
            system.join("ssh_known_hosts2"),
        ]);
        Self { own, others }
    }

    /// `own`, to which new keys are added, and `others`, which are only read. None need exist.
    #[must_use]
    pub fn of_files(own: PathBuf, others: Vec<PathBuf>) -> Self {
        Self { own, others }
    }

    /// The same own file, with other files to be read.
    #[must_use]
    pub fn with_others(&self, others: Vec<PathBuf>) -> Self {
        Self {
            own: self.own.clone(),
            others,
        }
    }

    /// All that is known of a host, which may have another name in the files (`HostKeyAlias`). Reads
    /// files.
    ///
    /// # Errors
    /// `KnownHosts` where a file exists and cannot be read: it might revoke the key.
    pub(crate) fn known(
        &self,
        target: &Target,
        alias: Option<&str>,
    ) -> Result<Known, ConnectError> {
        let plain = alias.unwrap_or(&target.host).to_ascii_lowercase();
        let name = match target.port {
            22 => plain.clone(),
            _ if alias.is_some() => plain.clone(),
            port => format!("[{plain}]:{port}"),
        };
        let (mut lines, mut others) = (Vec::new(), Vec::new());
        for file in self.others.iter().chain([&self.own]) {
            let content = match fs::read(file) {
                Ok(content) => content,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    return Err(ConnectError::KnownHosts {
                        path: file.clone(),
                        reason: one_line(&error.to_string()),
                    });
                }
            };
            let text = String::from_utf8_lossy(&content);
            for (index, line) in text.lines().enumerate() {
                let Some(entry) = Entry::parse(line) else {
                    continue;
                };
                // A key that is revoked for the host is so on every port.
                let revoked = entry.marker == Marker::Revoked && entry.names(&plain);
                let to = if revoked || entry.names(&name) {
                    &mut lines
                } else {
                    &mut others
                };
                to.push(Line {
                    file: file.clone(),
                    number: index + 1,
                    entry,
                });
            }
        }
        Ok(Known {
            principal: plain,
            name,
            own: self.own.clone(),
            lines,
            others,
        })
    }
}

impl Known {
    fn keys(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| line.entry.marker == Marker::Key)
    }

    /// The types of the keys the host is known by; empty: it is not known.
    pub(crate) fn algorithms(&self) -> Vec<Algorithm> {
        self.keys().map(|line| line.entry.key.algorithm()).collect()
    }

    /// The names of other hosts that have this key, as the files write them; at most
    /// [`MOST_NAMES`].
    pub(crate) fn other_names(&self, key: &PublicKey) -> Vec<String> {
        let same = |line: &&Line| {
            line.entry.marker == Marker::Key && line.entry.key.key_data() == key.key_data()
        };
        let name = |line: &Line| match line.entry.written_names() {
            Some(names) => one_line(&names),
            None => format!(
                "a hidden name ({} line {})",
                line.file.display(),
                line.number
            ),
        };
        self.others
            .iter()
            .filter(same)
            .take(MOST_NAMES)
            .map(name)
            .collect()
    }

    /// The file that new keys go to.
    pub(crate) fn own_file(&self) -> PathBuf {
        self.own.clone()
    }

    /// What the files say about the key that the host showed.
    pub(crate) fn verdict(&self, key: &PublicKey) -> Verdict {
        let same = |line: &&Line| line.entry.key.key_data() == key.key_data();
        let revoked = |line: &&Line| line.entry.marker == Marker::Revoked;
        if let Some(line) = self.lines.iter().filter(revoked).find(same) {
            return Verdict::Revoked {
                file: line.file.clone(),
                line: line.number,
            };
        }
        if self.keys().any(|line| same(&line)) {
            return Verdict::Trusted;
        }
        let known: Vec<KnownHostKey> = self
            .keys()
            .map(|line| KnownHostKey {
                algorithm: line.entry.key.algorithm().to_string(),
                fingerprint: line.entry.key.fingerprint(HashAlg::Sha256).to_string(),
                file: line.file.clone(),
                line: line.number,
            })
            .collect();
        if known.is_empty() {
            Verdict::New
        } else {
            Verdict::Changed(known)
        }
    }

    /// Whether any authority may vouch for the host.
    pub(crate) fn has_authorities(&self) -> bool {
        self.authorities().next().is_some()
    }

    fn authorities(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| line.entry.marker == Marker::Authority)
    }

    /// What the files say about the certificate that the host showed, at this time (seconds since
    /// 1970). One that no authority of the host signed is as good as its bare key, as OpenSSH has it.
    pub(crate) fn verdict_on(&self, shown: &Certificate, now: u64) -> Verdict {
        let key = PublicKey::from(shown.public_key().clone());
        let authority = PublicKey::from(shown.signature_key().clone());
        for revocable in [&key, &authority] {
            if let revoked @ Verdict::Revoked { .. } = self.verdict(revocable) {
                return revoked;
            }
        }
        let same = |line: &Line| line.entry.key.key_data() == authority.key_data();
        if !self.authorities().any(same) {
            return self.verdict(&key);
        }
        match certificate::fault(shown, &self.principal, now) {
            None => Verdict::Vouched {
                authority: authority.fingerprint(HashAlg::Sha256).to_string(),
            },
            Some(fault) => Verdict::BadCertificate(fault),
        }
    }

    /// Adds the key to our own file. Writes a file.
    pub(crate) fn remember(&self, key: &PublicKey) -> io::Result<()> {
        let key = PublicKey::from(key.key_data().clone())
            .to_openssh()
            .map_err(io::Error::other)?;
        if let Some(folder) = self.own.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let ends_open = fs::read(&self.own)
            .is_ok_and(|content| content.last().is_some_and(|last| *last != b'\n'));
        let start = if ends_open { "\n" } else { "" };
        options
            .open(&self.own)?
            .write_all(format!("{start}{} {key}\n", self.name).as_bytes())
    }
}
