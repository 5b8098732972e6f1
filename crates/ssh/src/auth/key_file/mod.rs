//! A private key file of this computer.
//!
//! Invariant: the passphrase is asked for only once the server has said that it would take the key,
//! where the file, or the `.pub` beside it, tells the public key; it never leaves this computer. A
//! file that nobody asked for by name and that hides its public key is not used.

mod form;
mod pem;

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use form::{Seen, Undecoded};
use russh::keys::{HashAlg, PrivateKey, PublicKey, signature, ssh_encoding::Encode as _};
use russh::keys::{ssh_key::Signature, ssh_key::private::KeypairData};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::sign::Unsigned;
use crate::{Ask, PassphraseQuestion, error::one_line, progress::Progress};

/// A key file is never larger than this.
const FILE_BYTES: u64 = 256 * 1024;
/// A wrong passphrase is asked for again this many times.
const RETRIES: usize = 2;

type Text = Zeroizing<String>;

/// A key file that is unlocked when it is first needed.
pub(super) struct KeyFile {
    pub(super) path: PathBuf,
    /// `None`: it cannot be known before the file is unlocked.
    pub(super) public: Option<PublicKey>,
    private: Private,
}

enum Private {
    Open(Box<PrivateKey>),
    Locked(Text),
    /// Only an agent can sign with it.
    Elsewhere,
}

impl KeyFile {
    /// Reads a file; of one that is absent the `.pub` beside it, for an agent may have the rest.
    /// `None`: there is neither.
    ///
    /// # Errors
    /// Why it is of no use.
    pub(super) async fn read(path: &Path, named: bool) -> Result<Option<Self>, String> {
        let beside = public_beside(path).await;
        let Some(text) = read(path.to_owned()).await? else {
            return Ok(beside.map(|public| Self {
                path: path.to_owned(),
                public: Some(public),
                private: Private::Elsewhere,
            }));
        };
        let (public, private) = match look(text.clone()).await {
            Seen::Open(key) => (Some(key.public_key().clone()), Private::Open(key)),
            Seen::Locked(public) => {
                let public = public.map(|public| *public).or(beside);
                if public.is_none() && !named {
                    return Err("it hides its public key".to_owned());
                }
                (public, Private::Locked(text))
            }
            Seen::Public(public) => (Some(*public), Private::Elsewhere),
            Seen::NotAKey(reason) => return Err(reason),
        };
        Ok(Some(Self {
            path: path.to_owned(),
            public,
            private,
        }))
    }

    /// Whether the file holds no private key.
    pub(super) fn is_elsewhere(&self) -> bool {
        matches!(self.private, Private::Elsewhere)
    }

    /// Unlocks it now, for its public key.
    pub(super) async fn reveal(
        &mut self,
        ask: &dyn Ask,
        progress: &Progress,
    ) -> Result<(), Unsigned> {
        let public = self.unlocked(ask, progress).await?.public_key().clone();
        self.public = Some(public);
        Ok(())
    }

    /// Signs, in SSH's encoding; unlocks the file where that has not been done.
    pub(super) async fn sign(
        &mut self,
        data: &[u8],
        hash: Option<HashAlg>,
        ask: &dyn Ask,
        progress: &Progress,
    ) -> Result<Vec<u8>, Unsigned> {
        let expected = self.public.clone();
        let key = self.unlocked(ask, progress).await?;
        if expected.is_some_and(|public| public.key_data() != key.public_key().key_data()) {
            let reason = "it is not the private half of the .pub file beside it";
            return Err(Unsigned::Unusable(reason.to_owned()));
        }
        let signed: Result<Signature, _> = match key.key_data() {
            KeypairData::Rsa(pair) => signature::Signer::try_sign(&(pair, hash), data),
            pair => signature::Signer::try_sign(pair, data),
        };
        let unsigned = || Unsigned::Unusable("it cannot sign".to_owned());
        let mut encoded = Vec::new();
        signed
            .map_err(|_| unsigned())?
            .encode(&mut encoded)
            .map_err(|_| unsigned())?;
        Ok(encoded)
    }

    async fn unlocked(
        &mut self,
        ask: &dyn Ask,
        progress: &Progress,
    ) -> Result<&PrivateKey, Unsigned> {
        if let Private::Locked(text) = &self.private {
            let key = unlock(&self.path, text, ask, progress).await?;
            self.private = Private::Open(Box::new(key));
        }
        match &self.private {
            Private::Open(key) => Ok(key),
            Private::Locked(_) | Private::Elsewhere => Err(Unsigned::Unusable(
                "it does not hold the private key; add it to an SSH agent (ssh-add), which signs \
                 with it"
                    .to_owned(),
            )),
        }
    }
}

async fn unlock(
    path: &Path,
    text: &Text,
    ask: &dyn Ask,
    progress: &Progress,
) -> Result<PrivateKey, Unsigned> {
    for asked in 0..=RETRIES {
        let question = PassphraseQuestion {
            path: path.to_owned(),
            retry: asked > 0,
        };
        let answer = progress.ask(ask.passphrase(question)).await;
        let passphrase = answer.flatten().ok_or(Unsigned::Cancelled)?;
        match decode(text.clone(), passphrase).await {
            Ok(key) => return Ok(key),
            Err(Undecoded::NotAKey(reason)) => return Err(Unsigned::Unusable(reason)),
            Err(Undecoded::NeedsPassphrase | Undecoded::WrongPassphrase) => {}
        }
    }
    Err(Unsigned::Unusable("the passphrase is wrong".to_owned()))
}

/// The text of a file; `None`: there is none.
pub(super) async fn read(path: PathBuf) -> Result<Option<Text>, String> {
    let reading = tokio::task::spawn_blocking(move || {
        let file = match fs::metadata(&path) {
            Ok(about) if !about.is_file() => return Err("it is not a file".to_owned()),
            Ok(_) => fs::File::open(&path),
            Err(error) => Err(error),
        };
        let mut text = Zeroizing::new(String::new());
        match file.and_then(|file| file.take(FILE_BYTES).read_to_string(&mut text)) {
            Ok(_) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err("it is not text".to_owned())
            }
            Err(error) => Err(one_line(&error.to_string())),
        }
    });
    reading
        .await
        .unwrap_or_else(|_| Err("reading was stopped".to_owned()))
}

/// The key of the `.pub` file that `ssh-keygen` puts beside a private key.
async fn public_beside(path: &Path) -> Option<PublicKey> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".pub");
    let line = read(beside.into()).await.ok()??;
    PublicKey::from_openssh(line.trim()).ok()
}

async fn look(text: Text) -> Seen {
    tokio::task::spawn_blocking(move || form::look(&text))
        .await
        .unwrap_or_else(|_| Seen::NotAKey("it was stopped".to_owned()))
}

/// Decodes the key in a thread of its own, since unlocking is slow on purpose.
async fn decode(text: Text, passphrase: SecretString) -> Result<PrivateKey, Undecoded> {
    tokio::task::spawn_blocking(move || form::decode(&text, Some(passphrase.expose_secret())))
        .await
        .unwrap_or_else(|_| Err(Undecoded::NotAKey("it was stopped".to_owned())))
}
