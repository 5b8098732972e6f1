//! Offers public keys and certificates, one after the other.

use std::time::SystemTime;

use russh::keys::{Algorithm, HashAlg, PublicKey, ssh_key::public::KeyData};

use super::{
    Login, Outcome, REFUSALS, Scope, certificate,
    identity::{Identity, Shown, Signs},
    sign::{By, Signing, Unsigned},
};
use crate::{AuthMethod, ConnectError, Proofs, progress::Stage};

/// Refused keys, where a password may follow.
const REFUSED_KEYS: usize = 3;

/// What may be offered, and how far that has come.
#[derive(Debug, Default)]
pub(super) struct Keys {
    list: Vec<Identity>,
    /// How many of the list are done with.
    next: usize,
    /// Whether the list is as long as it gets for now.
    found: bool,
    accepted: Vec<KeyData>,
}

impl Keys {
    pub(super) fn add(&mut self, identity: Identity) {
        let is_it = |listed: &Identity| match &identity.shown {
            Shown::Hidden => listed.label == identity.label,
            shown => listed.shown == *shown,
        };
        if !self.list.iter().any(is_it) {
            self.list.push(identity);
        }
    }

    /// More may be used than before.
    pub(super) fn look_again(&mut self) {
        self.found = false;
    }

    fn take(&mut self) -> Option<Identity> {
        let identity = self.list.get(self.next).cloned()?;
        self.next += 1;
        Some(identity)
    }

    /// How many that were asked for by name are still to come.
    fn named_left(&self) -> usize {
        let left = self.list.iter().skip(self.next);
        left.filter(|identity| identity.named).count()
    }
}

/// What the server says of signatures by RSA keys (RFC 8308, `server-sig-algs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RsaHash {
    /// It takes this one.
    Takes(HashAlg),
    /// It says nothing.
    Unsaid,
    /// It takes SHA-1 only, or no RSA keys at all.
    NoneThatIsSafe,
}

impl Login<'_> {
    /// Offers the next key; says that keys are spent where there is none.
    pub(super) async fn offer_key(&mut self, proofs: &Proofs) -> Result<Outcome, ConnectError> {
        if !self.keys.found {
            self.find(proofs).await?;
            self.keys.found = true;
        }
        let most = if self.scope == Scope::All && self.may_ask(proofs) {
            REFUSED_KEYS
        } else {
            REFUSALS
        };
        if self.refusals >= most {
            self.spent.keys = true;
            return Ok(Outcome::Out);
        }
        let Some(identity) = self.keys.take() else {
            self.spent.keys = true;
            return Ok(Outcome::Out);
        };
        // Room is left for the keys that were asked for by name, which OpenSSH offers later.
        if !identity.named && self.refusals + self.keys.named_left() >= most {
            return Ok(Outcome::Out);
        }
        self.offer(identity, proofs).await
    }

    async fn offer(
        &mut self,
        mut identity: Identity,
        proofs: &Proofs,
    ) -> Result<Outcome, ConnectError> {
        if identity.shown == Shown::Hidden {
            match self.reveal(&identity).await {
                Ok(Some(shown)) => identity.shown = shown,
                Ok(None) => return Ok(Outcome::Out),
                Err(unsigned) => return self.unsigned(&identity, unsigned, proofs).await,
            }
        }
        let (algorithm, data) = match &identity.shown {
            Shown::Key(key) => (key.algorithm(), key.key_data().clone()),
            Shown::Certificate(certificate) => {
                (certificate.algorithm(), certificate.public_key().clone())
            }
            Shown::Hidden => return Ok(Outcome::Out),
        };
        // A server does not take the same key for two proofs.
        if self.keys.accepted.contains(&data) {
            return Ok(Outcome::Out);
        }
        self.progress.enter(Stage::Authentication);
        let hash = match algorithm {
            Algorithm::Rsa { .. } => match self.rsa_hash().await {
                RsaHash::Takes(hash) => Some(hash),
                RsaHash::Unsaid => Some(HashAlg::Sha512),
                RsaHash::NoneThatIsSafe => {
                    self.remark(format!(
                        "{} was not offered: the server takes no RSA signature by SHA-2, and SHA-1 \
                         is not safe; use an Ed25519 or ECDSA key",
                        identity.label
                    ));
                    return Ok(Outcome::Out);
                }
            },
            _ => None,
        };
        self.tried(&identity.label);
        let (steps, refusals) = (self.steps, self.refusals);
        let outcome = match self.send(&identity, hash).await {
            Ok((result, wanted)) => {
                let outcome = self.note(Ok(result)).await?;
                if wanted && self.refusals > refusals {
                    self.remark(format!(
                        "{}: the server takes it, but not what signed with it",
                        identity.label
                    ));
                }
                outcome
            }
            Err(unsigned) => return self.unsigned(&identity, unsigned, proofs).await,
        };
        if self.steps > steps {
            self.keys.accepted.push(data);
        } else if self.refusals > refusals {
            self.say_why_refused(&identity);
        }
        Ok(outcome)
    }

    /// Whether the server asked for a signature is told with its answer.
    async fn send(
        &mut self,
        identity: &Identity,
        hash: Option<HashAlg>,
    ) -> Result<(russh::client::AuthResult, bool), Unsigned> {
        let by = match &identity.signs {
            Signs::Agent(blob) => {
                let agent = self.agent.as_mut();
                agent.map(|agent| By::Agent(agent, blob))
            }
            Signs::File(number) => self.key_files.get_mut(*number).map(By::File),
        };
        let by = by.ok_or_else(|| Unsigned::Unusable("nothing signs with it".to_owned()))?;
        let mut signing = Signing {
            by,
            ask: self.ask,
            progress: self.progress,
            closed: self.closed.clone(),
            wanted: false,
        };
        let user = self.target.user.as_str();
        let handle = &mut *self.handle;
        let result = match &identity.shown {
            Shown::Certificate(certificate) => {
                let certificate = (**certificate).clone();
                let sending =
                    handle.authenticate_certificate_with(user, certificate, hash, &mut signing);
                sending.await?
            }
            Shown::Key(key) => {
                let key = PublicKey::from(key.key_data().clone());
                let sending = handle.authenticate_publickey_with(user, key, hash, &mut signing);
                sending.await?
            }
            Shown::Hidden => return Err(Unsigned::Unusable("it is hidden".to_owned())),
        };
        Ok((result, signing.wanted))
    }

    /// Unlocks a file for its public key.
    async fn reveal(&mut self, identity: &Identity) -> Result<Option<Shown>, Unsigned> {
        let Signs::File(number) = identity.signs else {
            return Ok(None);
        };
        let Some(file) = self.key_files.get_mut(number) else {
            return Ok(None);
        };
        let mut closed = self.closed.clone();
        tokio::select! {
            revealed = file.reveal(self.ask, self.progress) => revealed?,
            _ = closed.wait_for(Option::is_some) => return Err(Unsigned::Gone),
        }
        Ok(file.public.clone().and_then(Shown::of))
    }

    /// A key that gave no signature is passed over, unless it is the one that was chosen.
    async fn unsigned(
        &mut self,
        identity: &Identity,
        unsigned: Unsigned,
        proofs: &Proofs,
    ) -> Result<Outcome, ConnectError> {
        let reason = match unsigned {
            Unsigned::Cancelled => return Err(self.cancelled()),
            Unsigned::Gone => return Err(self.hung_up().await),
            Unsigned::Unusable(reason) => reason,
        };
        if let (Scope::Chosen, AuthMethod::KeyFile(_), Signs::File(number)) =
            (self.scope, &proofs.method, &identity.signs)
            && let Some(file) = self.key_files.get(*number)
        {
            return Err(ConnectError::KeyFile {
                path: file.path.clone(),
                reason,
            });
        }
        self.remark(format!("{}: {reason}", identity.label));
        Ok(Outcome::Out)
    }

    fn say_why_refused(&mut self, identity: &Identity) {
        match &identity.shown {
            Shown::Certificate(certificate) => {
                let user = &self.target.user;
                if let Some(fault) = certificate::fault(certificate, user, SystemTime::now()) {
                    self.remark(format!("{} was refused: {fault}", identity.label));
                }
            }
            Shown::Key(key)
                if matches!(key.algorithm(), Algorithm::Rsa { .. })
                    && self.rsa_hash == Some(RsaHash::Unsaid) =>
            {
                self.remark(format!(
                    "{} was refused: the server may be too old for RSA signatures by SHA-2 (before \
                     OpenSSH 7.2), and SHA-1 is not safe; use an Ed25519 or ECDSA key",
                    identity.label
                ));
            }
            Shown::Key(_) | Shown::Hidden => {}
        }
    }

    async fn rsa_hash(&mut self) -> RsaHash {
        if let Some(hash) = self.rsa_hash {
            return hash;
        }
        // Waits for a second where the server does not say it.
        let hash = match self.handle.best_supported_rsa_hash().await {
            Ok(Some(Some(hash))) => RsaHash::Takes(hash),
            Ok(Some(None)) => RsaHash::NoneThatIsSafe,
            Ok(None) | Err(_) => RsaHash::Unsaid,
        };
        self.rsa_hash = Some(hash);
        hash
    }
}
