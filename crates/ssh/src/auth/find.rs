//! Collects what a login may offer as a public key: the agent's keys, key files, certificates.

use std::path::{Path, PathBuf};

use super::{
    Login, Scope,
    agent::{Agent, AgentKey},
    certificate, from_home,
    identity::{Found, Shown, arrange},
    key_file::KeyFile,
};
use crate::{AuthMethod, ConnectError, Proofs, error::one_line};

/// The key files that are tried without being asked for, in OpenSSH's order.
const USUAL_KEYS: [&str; 5] = [
    "id_rsa",
    "id_ecdsa",
    "id_ecdsa_sk",
    "id_ed25519",
    "id_ed25519_sk",
];
/// Key files and certificates that are looked at, as many as OpenSSH takes.
const FILES: usize = 100;

impl Login<'_> {
    /// Looks for all that is allowed now, and puts it on the list.
    pub(super) async fn find(&mut self, proofs: &Proofs) -> Result<(), ConnectError> {
        let by_agent = self.scope == Scope::Chosen && proofs.method == AuthMethod::Agent;
        let files = self.find_files(proofs).await?;
        let certificates = self.find_certificates(proofs).await;
        let agent = self.find_agent(proofs, by_agent).await?;
        let (files, only) = match (self.scope, &proofs.method) {
            // The files only say which of the agent's keys are meant.
            (Scope::Chosen, AuthMethod::Agent) => {
                let named = files.into_iter().map(|found| Found {
                    file: None,
                    ..found
                });
                (named.collect(), proofs.identities_only)
            }
            (Scope::Chosen, AuthMethod::KeyFile(_)) => (files, true),
            _ => (files, proofs.identities_only),
        };
        let (identities, unsigned) = arrange(certificates, files, &agent, only);
        if !by_agent {
            let reason = "its private key is in no file and in no agent that is here; add it to an \
                SSH agent (ssh-add)";
            for label in unsigned {
                self.remark(format!("{label} was not offered: {reason}"));
            }
        }
        if by_agent && identities.is_empty() {
            let reason = if agent.is_empty() {
                "it has no keys"
            } else {
                "it has none of the keys that may be used (IdentitiesOnly)"
            };
            return Err(ConnectError::Agent {
                reason: reason.to_owned(),
            });
        }
        for identity in identities {
            self.keys.add(identity);
        }
        Ok(())
    }

    /// The key files, each followed by the certificate beside it unless certificates are named.
    async fn find_files(&mut self, proofs: &Proofs) -> Result<Vec<Found>, ConnectError> {
        let chosen = match (self.scope, &proofs.method) {
            (Scope::Chosen, AuthMethod::KeyFile(path)) => Some(path),
            _ => None,
        };
        let (paths, named) = match chosen {
            Some(path) => (vec![from_home(path)], true),
            None => paths(proofs),
        };
        let mut list = Vec::new();
        for path in paths.into_iter().take(FILES) {
            let label = format!("key {}", path.display());
            match KeyFile::read(&path, named).await {
                Ok(Some(file)) => {
                    let (is_elsewhere, public) = (file.is_elsewhere(), file.public.clone());
                    let number = self.key_files.len();
                    self.key_files.push(file);
                    // A key of a kind that is not known is passed over, as it is in an agent.
                    let Some(shown) = public.map_or(Some(Shown::Hidden), Shown::of) else {
                        self.unusable(&path, "it is of a kind that is not known", chosen)?;
                        continue;
                    };
                    list.push(Found {
                        shown,
                        file: (!is_elsewhere).then_some(number),
                        label,
                        named,
                    });
                }
                Ok(None) if named => self.unusable(&path, "there is no such file", chosen)?,
                Err(reason) if named => self.unusable(&path, &reason, chosen)?,
                Ok(None) | Err(_) => continue,
            }
            if proofs.certificate_files.is_empty() {
                let beside = certificate::beside(&path);
                list.extend(self.certificate(&beside, named, false).await);
            }
        }
        Ok(list)
    }

    /// An error where the file is the one way to log in that was chosen, else a remark.
    fn unusable(
        &mut self,
        path: &Path,
        reason: &str,
        chosen: Option<&PathBuf>,
    ) -> Result<(), ConnectError> {
        if chosen.is_some() {
            return Err(ConnectError::KeyFile {
                path: path.to_owned(),
                reason: one_line(reason),
            });
        }
        self.remark(format!("key {} was not offered: {reason}", path.display()));
        Ok(())
    }

    async fn find_certificates(&mut self, proofs: &Proofs) -> Vec<Found> {
        let mut list = Vec::new();
        for path in proofs.certificate_files.iter().take(FILES) {
            list.extend(self.certificate(&from_home(path), true, true).await);
        }
        list
    }

    async fn certificate(&mut self, path: &Path, named: bool, expected: bool) -> Option<Found> {
        let label = format!("certificate {}", path.display());
        let reason = match certificate::read(path).await {
            Ok(Some(certificate)) => {
                return Some(Found {
                    shown: Shown::Certificate(Box::new(certificate)),
                    file: None,
                    label,
                    named,
                });
            }
            Ok(None) if !expected => return None,
            Ok(None) => "there is no such file".to_owned(),
            Err(reason) => reason,
        };
        self.remark(format!("{label} was not offered: {reason}"));
        None
    }

    /// What the agent signs for. Where nobody asked for it, one that is absent or fails is passed
    /// over.
    async fn find_agent(
        &mut self,
        proofs: &Proofs,
        named: bool,
    ) -> Result<Vec<AgentKey>, ConnectError> {
        let patient = named || matches!(proofs.agent, crate::AgentAddress::At(_));
        let binding = self.handle.agent_session_binding().cloned();
        let finding = Agent::find(&proofs.agent, binding.as_ref(), patient);
        let found = self.progress.ask(finding).await;
        match found.unwrap_or_else(|| Err("nobody waits for it".to_owned())) {
            Ok((agent, keys)) => {
                self.agent = Some(agent);
                Ok(keys)
            }
            Err(reason) if named => Err(ConnectError::Agent { reason }),
            Err(reason) => {
                if matches!(proofs.agent, crate::AgentAddress::At(_)) {
                    self.remark(format!("the SSH agent was not asked: {reason}"));
                }
                Ok(Vec::new())
            }
        }
    }
}

/// The key files to try, and whether they were asked for by name.
fn paths(proofs: &Proofs) -> (Vec<PathBuf>, bool) {
    if !proofs.identity_files.is_empty() {
        let named = proofs.identity_files.iter();
        return (named.map(|path| from_home(path)).collect(), true);
    }
    let home = std::env::home_dir().map(|home| home.join(".ssh"));
    let usual = |folder: PathBuf| USUAL_KEYS.iter().map(move |name| folder.join(name));
    (home.into_iter().flat_map(usual).collect(), false)
}
