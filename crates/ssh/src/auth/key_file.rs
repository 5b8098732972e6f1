//! A private key file as a proof.
//!
//! Invariant: the passphrase is asked for only once the server has said that it would take the key,
//! where the file tells the public key without it; it never leaves this computer. A file that nobody
//! asked for by name and that hides its public key is offered by the `.pub` beside it, or not at all.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use russh::{
    SendError, Signer,
    keys::{
        HashAlg, PrivateKey, PublicKey, agent::AgentIdentity, decode_secret_key, signature,
        ssh_encoding::Encode as _, ssh_key::private::KeypairData,
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::{Login, Outcome};
use crate::{
    Ask, ConnectError, PassphraseQuestion,
    error::one_line,
    progress::{Progress, Stage},
};

/// A private key file is never larger than this.
const FILE_BYTES: u64 = 256 * 1024;
/// A wrong passphrase is asked for again this many times.
const RETRIES: usize = 2;

type Text = Zeroizing<String>;

impl Login<'_> {
    /// Tries a key file. One that nobody asked for by name is passed over where it is absent or
    /// cannot be used.
    pub(super) async fn try_key_file(
        &mut self,
        path: &Path,
        named: bool,
    ) -> Result<Outcome, ConnectError> {
        let unusable = |reason: &str| ConnectError::KeyFile {
            path: path.to_owned(),
            reason: one_line(reason),
        };
        let Some(text) = read(path.to_owned()).await.or_else(|reason| {
            if named {
                Err(unusable(&reason))
            } else {
                Ok(None)
            }
        })?
        else {
            return Ok(Outcome::Out);
        };
        let mut unlocking = Unlocking {
            path,
            text,
            ask: self.ask,
            progress: self.progress,
            key: None,
        };
        let public = match unlocking.public_key(named).await {
            Ok(public) => public,
            Err(Locked::Cancelled) => {
                return Err(ConnectError::Cancelled {
                    address: self.target.address(),
                });
            }
            Err(Locked::Unusable(reason)) if named => return Err(unusable(&reason)),
            Err(_) => return Ok(Outcome::Out),
        };
        if self
            .tried_keys
            .iter()
            .any(|tried| tried.key_data() == public.key_data())
        {
            return Ok(Outcome::Out);
        }
        self.tried.push(format!("key {}", path.display()));
        self.tried_keys.push(public.clone());
        self.progress.enter(Stage::Authentication);
        let hash = self.rsa_hash(&public.algorithm()).await;
        let user = self.target.user.as_str();
        let result = self
            .handle
            .authenticate_publickey_with(user, public, hash, &mut unlocking)
            .await;
        match result {
            Ok(result) => self.note(Ok(result)),
            Err(Locked::Cancelled) => Err(ConnectError::Cancelled {
                address: self.target.address(),
            }),
            Err(Locked::Unusable(reason)) if named => Err(unusable(&reason)),
            Err(Locked::Unusable(_)) => Ok(Outcome::Out),
            Err(Locked::Gone) => Err(self.hung_up()),
        }
    }
}

/// `None`: there is no such file.
async fn read(path: PathBuf) -> Result<Option<Text>, String> {
    let reading = tokio::task::spawn_blocking(move || {
        let file = match fs::metadata(&path) {
            Ok(about) if !about.is_file() => return Err("it is not a file".to_owned()),
            Ok(_) => fs::File::open(&path),
            Err(error) => Err(error),
        };
        let mut text = Zeroizing::new(String::new());
        file.and_then(|file| file.take(FILE_BYTES).read_to_string(&mut text))
            .map_err(|error| error.to_string())?;
        Ok(Some(text))
    });
    reading
        .await
        .unwrap_or_else(|_| Err("reading was stopped".to_owned()))
}

/// A key file that is unlocked when it is first needed.
struct Unlocking<'a> {
    path: &'a Path,
    text: Text,
    ask: &'a dyn Ask,
    progress: &'a Progress,
    key: Option<PrivateKey>,
}

/// Why a key file did not give a signature.
enum Locked {
    /// The person stopped it.
    Cancelled,
    /// It is no key, or the passphrase is wrong.
    Unusable(String),
    /// The connection is gone.
    Gone,
}

impl From<SendError> for Locked {
    fn from(_: SendError) -> Self {
        Self::Gone
    }
}

impl Unlocking<'_> {
    /// The public key, without the passphrase where the file allows it.
    /// Where it does not, the passphrase is asked for only if the file was `named`.
    async fn public_key(&mut self, named: bool) -> Result<PublicKey, Locked> {
        if let Ok(key) = PrivateKey::from_openssh(self.text.as_bytes()) {
            let public = key.public_key().clone();
            if !key.is_encrypted() {
                self.key = Some(key);
            }
            return Ok(public);
        }
        if !named && let Err(Undecoded::NeedsPassphrase) = decode(self.text.clone(), None).await {
            return self.public_key_beside().await;
        }
        Ok(self.private_key().await?.public_key().clone())
    }

    /// The key of the `.pub` file that `ssh-keygen` puts beside a private key.
    async fn public_key_beside(&self) -> Result<PublicKey, Locked> {
        let mut beside = self.path.as_os_str().to_owned();
        beside.push(".pub");
        let line = read(beside.into()).await.map_err(Locked::Unusable)?;
        line.and_then(|line| PublicKey::from_openssh(line.trim()).ok())
            .ok_or_else(|| Locked::Unusable("it hides its public key".to_owned()))
    }

    /// The private key, unlocked.
    async fn private_key(&mut self) -> Result<PrivateKey, Locked> {
        if let Some(key) = &self.key {
            return Ok(key.clone());
        }
        let mut attempt = decode(self.text.clone(), None).await;
        let mut asked = 0;
        while let Err(Undecoded::NeedsPassphrase) = attempt {
            if asked > RETRIES {
                return Err(Locked::Unusable("the passphrase is wrong".to_owned()));
            }
            let question = PassphraseQuestion {
                path: self.path.to_owned(),
                retry: asked > 0,
            };
            let answer = self.progress.ask(self.ask.passphrase(question)).await;
            let passphrase = answer.flatten().ok_or(Locked::Cancelled)?;
            asked += 1;
            attempt = decode(self.text.clone(), Some(passphrase)).await;
        }
        match attempt {
            Ok(key) => {
                self.key = Some(key.clone());
                Ok(key)
            }
            Err(Undecoded::NotAKey(reason)) => Err(Locked::Unusable(reason)),
            Err(Undecoded::NeedsPassphrase) => Err(Locked::Cancelled),
        }
    }
}

enum Undecoded {
    NeedsPassphrase,
    NotAKey(String),
}

/// Decodes the key in a thread of its own, since unlocking is slow on purpose.
async fn decode(text: Text, passphrase: Option<SecretString>) -> Result<PrivateKey, Undecoded> {
    let decoding = tokio::task::spawn_blocking(move || {
        let phrase = passphrase.as_ref().map(|phrase| phrase.expose_secret());
        match decode_secret_key(&text, phrase) {
            Ok(key) => Ok(key),
            Err(russh::keys::Error::KeyIsEncrypted) => Err(Undecoded::NeedsPassphrase),
            // A wrong passphrase shows as one of many errors.
            Err(_) if passphrase.is_some() => Err(Undecoded::NeedsPassphrase),
            Err(error) => Err(Undecoded::NotAKey(error.to_string())),
        }
    });
    decoding
        .await
        .unwrap_or_else(|_| Err(Undecoded::NotAKey("it was stopped".to_owned())))
}

impl Signer for Unlocking<'_> {
    type Error = Locked;

    /// The data, followed by the signature as an SSH string.
    async fn auth_sign(
        &mut self,
        _key: &AgentIdentity,
        hash: Option<HashAlg>,
        mut to_sign: Vec<u8>,
    ) -> Result<Vec<u8>, Locked> {
        let key = self.private_key().await?;
        let unsigned = |_| Locked::Unusable("it cannot sign".to_owned());
        let signed = match key.key_data() {
            KeypairData::Rsa(pair) => signature::Signer::try_sign(&(pair, hash), &to_sign),
            pair => signature::Signer::try_sign(pair, &to_sign),
        };
        let mut encoded = Vec::new();
        signed
            .map_err(unsigned)?
            .encode(&mut encoded)
            .map_err(|_| Locked::Unusable("its signature cannot be sent".to_owned()))?;
        encoded
            .as_slice()
            .encode(&mut to_sign)
            .map_err(|_| Locked::Unusable("its signature cannot be sent".to_owned()))?;
        Ok(to_sign)
    }
}
