//! The secrets of one session: in memory until it is disconnected, and in this computer's keychain
//! where a person wants that.
//!
//! Invariant: a secret is kept under all that it is for, so that another host, port, user or host key
//! never gets it. Only one that was accepted goes into the keychain; one that was refused leaves it.

use std::{
    collections::{HashMap, HashSet},
    io::Read as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use super::Session;
use crate::{Error, Keeping};

/// A private key file is never larger than this.
const KEY_FILE_BYTES: u64 = 256 * 1024;

/// What a secret is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum SecretOf {
    /// A user's password on a host with this key.
    User {
        user: String,
        host: String,
        port: u16,
        host_key: String,
    },
    /// What unlocks a key file with this content.
    KeyFile { path: PathBuf, content: String },
}

impl SecretOf {
    /// A key file as it is now. One that cannot be read has no content.
    pub(super) async fn key_file(path: PathBuf) -> Self {
        let read = path.clone();
        let content = tokio::task::spawn_blocking(move || fingerprint(&read)).await;
        Self::KeyFile {
            path,
            content: content.unwrap_or_default(),
        }
    }

    /// What its entry in the keychain is called: no two secrets have the same name, as only what
    /// stands first can hold spaces.
    fn name(&self) -> String {
        match self {
            Self::User {
                user,
                host,
                port,
                host_key,
            } => format!("password of {user} on {host} port {port} with host key {host_key}"),
            Self::KeyFile { path, content } => {
                format!("passphrase of {} with content {content}", path.display())
            }
        }
    }

    /// Whether it goes to the host that listens at this address, as errors name it.
    fn goes_to(&self, address: &str) -> bool {
        match self {
            Self::User { host, port, .. } => {
                address == format!("{host}:{port}") || address == format!("[{host}]:{port}")
            }
            Self::KeyFile { .. } => false,
        }
    }
}

/// The SHA-256 of a key file in hexadecimal digits; empty where it cannot be read.
fn fingerprint(path: &Path) -> String {
    let is_file = std::fs::metadata(path).is_ok_and(|about| about.is_file());
    let mut content = zeroize::Zeroizing::new(Vec::new());
    let read = is_file
        && std::fs::File::open(path)
            .and_then(|file| file.take(KEY_FILE_BYTES).read_to_end(&mut content))
            .is_ok();
    if !read {
        return String::new();
    }
    let digest = Sha256::digest(&*content);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a session knows.
#[derive(Default)]
pub(super) struct Secrets(Mutex<Known>);

#[derive(Default)]
struct Known {
    secrets: HashMap<SecretOf, SecretString>,
    /// Those that go into the keychain once they are accepted.
    wanted: HashSet<SecretOf>,
    /// Why the keychain was of no use when it was needed last.
    problem: Option<String>,
    /// How many are in the keychain; `None`: not looked up since that changed.
    kept: Option<u32>,
}

impl Secrets {
    /// The secret that worked before; out of the keychain only where the profile wants that.
    pub(super) async fn recall(&self, session: &Session, of: &SecretOf) -> Option<SecretString> {
        if let Some(secret) = self.lock().secrets.get(of).map(copy) {
            return Some(secret);
        }
        if !session.profile().keep_secrets {
            return None;
        }
        let name = of.name();
        let found = session.keychain().find(&name).await;
        let mut known = self.lock();
        known.problem = found.as_ref().err().map(ToString::to_string);
        let secret = found.ok()??;
        known.secrets.insert(of.clone(), copy(&secret));
        drop(known);
        // It may have been kept by another server that uses the same host.
        self.note(session.store().note_kept_secret(session.id(), &name));
        Some(secret)
    }

    /// What a person says; it goes into the keychain where they want that and it is accepted.
    pub(super) fn learn(&self, of: SecretOf, secret: &SecretString, keep: bool) {
        let mut known = self.lock();
        if keep {
            known.wanted.insert(of.clone());
        } else {
            known.wanted.remove(&of);
        }
        known.secrets.insert(of, copy(secret));
    }

    /// Forgets a secret that was refused, in the keychain too.
    pub(super) async fn refused(&self, session: &Session, of: &SecretOf) {
        {
            let mut known = self.lock();
            known.secrets.remove(of);
            known.wanted.remove(of);
        }
        if session.profile().keep_secrets {
            let name = of.name();
            match session.keychain().remove(&name).await {
                Ok(()) => self.note(session.store().forget_kept_secret(&name)),
                Err(error) => tracing::warn!(%error, "a secret that was refused is still kept"),
            }
            session.tell();
        }
    }

    /// Forgets what was sent to the host that refused the login, whichever of it was wrong.
    pub(super) async fn failed(&self, session: &Session, error: &Error) {
        let Error::Connect { source, .. } = error else {
            return;
        };
        let ssh::ConnectError::AuthFailed { address, .. } = &**source else {
            return;
        };
        let sent: Vec<SecretOf> = {
            let known = self.lock();
            let sent = known.secrets.keys().filter(|of| of.goes_to(address));
            sent.cloned().collect()
        };
        for of in sent {
            self.refused(session, &of).await;
        }
    }

    /// Everything was accepted: what a person wants to be kept goes into the keychain. Does not wait
    /// for it, as it may ask a person to unlock it.
    pub(super) fn accepted(session: &Arc<Session>) {
        let wanted: Vec<(SecretOf, SecretString)> = {
            let mut known = session.questions.secrets.lock();
            let wanted = std::mem::take(&mut known.wanted);
            let secret = |of: SecretOf| known.secrets.get(&of).map(copy).map(|found| (of, found));
            wanted.into_iter().filter_map(secret).collect()
        };
        if wanted.is_empty() {
            return;
        }
        let session = Arc::clone(session);
        tokio::spawn(async move {
            let secrets = &session.questions.secrets;
            let mut problem = None;
            for (of, secret) in wanted {
                let name = of.name();
                match session.keychain().keep(&name, secret).await {
                    Ok(()) => secrets.note(session.store().note_kept_secret(session.id(), &name)),
                    Err(error) => problem = Some(error.to_string()),
                }
            }
            let kept = problem.is_none();
            secrets.lock().problem = problem;
            if kept && !session.profile().keep_secrets {
                secrets.lock().kept = None;
                let keeps = session.edit_profile(|profile| {
                    profile.keep_secrets = true;
                    Ok(())
                });
                if let Err(error) = keeps {
                    tracing::warn!(%error, "that secrets are kept is not written down");
                }
            } else {
                session.tell();
            }
        });
    }

    /// Whether a secret can be kept, for the question about it.
    pub(super) async fn keeping(&self, session: &Session) -> Keeping {
        let problem = session.keychain().check().await.err();
        Keeping {
            // One that is there may just have been found locked.
            problem: problem
                .map(|problem| problem.to_string())
                .or_else(|| self.problem()),
            chosen: session.profile().keep_secrets,
        }
    }

    /// Why the keychain was of no use when it was needed last; `None`: it was, or was not needed.
    pub(super) fn problem(&self) -> Option<String> {
        self.lock().problem.clone()
    }

    /// How many secrets of this server are in the keychain.
    pub(super) fn kept(&self, session: &Session) -> u32 {
        if let Some(kept) = self.lock().kept {
            return kept;
        }
        let kept = session.store().kept_secrets(session.id()).unwrap_or(0);
        self.lock().kept = Some(kept);
        kept
    }

    /// A note in the database that fails costs no connection.
    fn note(&self, done: Result<(), store::StoreError>) {
        self.lock().kept = None;
        if let Err(error) = done {
            tracing::warn!(%error, "what is in the keychain is not written down");
        }
    }

    /// Wipes all that is in memory.
    pub(super) fn forget(&self) {
        *self.lock() = Known::default();
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// Forgets what this server has in the keychain and no other server uses, and wipes what is in
    /// memory.
    ///
    /// # Errors
    /// The database failed, or the keychain could not be asked.
    pub(crate) async fn forget_secrets(&self) -> Result<(), Error> {
        self.questions.secrets.forget();
        let names = self.store().forget_kept_secrets_of(self.id())?;
        let mut problem = None;
        for name in names {
            if let Err(error) = self.keychain().remove(&name).await {
                // It is still there, and can be forgotten later.
                let noted = self.store().note_kept_secret(self.id(), &name);
                self.questions.secrets.note(noted);
                problem = Some(Error::Conflict(error.to_string()));
            }
        }
        self.tell();
        problem.map_or(Ok(()), Err)
    }
}

/// A second copy in the secret type; both are wiped on drop.
fn copy(secret: &SecretString) -> SecretString {
    SecretString::from(secret.expose_secret())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> [String; 3] {
        ["ops", "web1", "SHA256:a"].map(str::to_owned)
    }

    #[test]
    fn whatever_is_changed_about_a_password_changes_its_name() {
        let of = |[user, host, host_key]: [String; 3], port| {
            SecretOf::User {
                user,
                host,
                port,
                host_key,
            }
            .name()
        };
        let mut names = vec![of(user(), 22), of(user(), 2222)];
        for at in 0..3 {
            let mut other = user();
            other[at].push('x');
            names.push(of(other, 22));
        }
        // What could be read as something else.
        let odd = ["ops on web1 port 22 with host key SHA256:a", "web1", "b"];
        names.push(of(odd.map(str::to_owned), 22));
        let different: HashSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len(), "{names:?}");
    }

    #[tokio::test]
    async fn another_content_of_a_key_file_changes_the_name_of_its_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("id");
        std::fs::write(&path, "one").unwrap();
        let first = SecretOf::key_file(path.clone()).await.name();
        assert_eq!(first, SecretOf::key_file(path.clone()).await.name());
        std::fs::write(&path, "two").unwrap();
        assert_ne!(first, SecretOf::key_file(path).await.name());
    }

    #[test]
    fn a_password_goes_to_the_address_that_errors_name() {
        let [user, _, host_key] = user();
        let of = |host: &str| SecretOf::User {
            user: user.clone(),
            host: host.to_owned(),
            port: 22,
            host_key: host_key.clone(),
        };
        assert!(of("web1").goes_to("web1:22"));
        assert!(of("::1").goes_to("[::1]:22"));
        assert!(!of("web1").goes_to("web1:2222"));
    }
}
