//! Keys of this computer: which there are, new ones, and putting one on a server.
//!
//! Invariant: of a private key nothing leaves its file; a passphrase is in the secret type, and goes
//! nowhere but into the key's own encryption.

mod install;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use ssh::{KeyFile, KeyKind, KeyTrouble};

use crate::{Engine, Error};

pub use install::{KeyInstalled, KeyToInstall};

/// Where a key is made that is given no path, in the folder of keys.
const NAMES: [&str; 3] = [
    "id_ed25519_headlessos",
    "id_rsa_headlessos",
    "id_ecdsa_headlessos",
];
/// Names that are tried, each with a number behind it.
const TRIES: u32 = 100;
/// Characters of a comment.
const COMMENT: usize = 200;

/// The type of a new key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum KeyType {
    /// Short, fast, and taken by every server of this decade.
    #[default]
    Ed25519,
    /// RSA of 4096 bits, for servers that know nothing else.
    Rsa4096,
    /// ECDSA over NIST P-256.
    Ecdsa,
}

/// A key to be made.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewKey {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: KeyType,
    /// What is written behind its public half; absent or `null`: the user's name, and `headlessos`.
    pub comment: Option<String>,
    /// What unlocks it; absent, `null` or empty: nothing does, whoever has the file has the key.
    #[schemars(with = "Option<String>")]
    pub passphrase: Option<SecretString>,
    /// The file of its private half, absolute or below `~/`; absent or `null`: a free name in
    /// `~/.ssh`. What is there is never written over.
    pub path: Option<String>,
}

/// A key of this computer, as far as it is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyInfo {
    /// The file of its private half.
    pub path: String,
    /// Its type, for example `ssh-ed25519`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its size in bits; `null`: the type says it.
    pub bits: Option<u32>,
    /// `SHA256:` and 43 characters.
    pub fingerprint: String,
    /// What its maker wrote behind it; empty: nothing.
    pub comment: String,
    /// Whether it needs a passphrase; `null`: only its public half is here.
    pub encrypted: Option<bool>,
    /// The line that a server's `authorized_keys` takes.
    pub public_key: String,
}

/// The keys of this computer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Keys {
    /// Where they are.
    pub folder: String,
    /// By the names of their files.
    pub keys: Vec<KeyInfo>,
}

impl From<KeyFile> for KeyInfo {
    fn from(file: KeyFile) -> Self {
        Self {
            path: file.path.display().to_string(),
            public_key: file.public.line(),
            kind: file.public.algorithm,
            bits: file.public.bits,
            fingerprint: file.public.fingerprint,
            comment: file.public.comment,
            encrypted: file.encrypted,
        }
    }
}

impl Engine {
    /// The keys in `~/.ssh`.
    ///
    /// # Errors
    /// The user has no home folder, or it cannot be read.
    pub async fn keys(&self) -> Result<Keys, Error> {
        let folder = folder()?;
        let shown = folder.display().to_string();
        let files = blocking(move || ssh::key_files(&folder)).await?;
        Ok(Keys {
            folder: shown,
            keys: files.into_iter().map(KeyInfo::from).collect(),
        })
    }

    /// Makes a key. RSA takes seconds.
    ///
    /// # Errors
    /// The path or the comment is not right, something of that name is there, or the file cannot be
    /// written.
    pub async fn make_key(&self, new: NewKey) -> Result<KeyInfo, Error> {
        let comment = match new.comment.as_deref().map(str::trim) {
            None => format!("{} headlessos", self.options.user),
            Some(comment) if comment.chars().count() > COMMENT => {
                let message = format!("the comment is longer than {COMMENT} characters");
                return Err(Error::Invalid(message));
            }
            Some(comment) if comment.contains(char::is_control) => {
                return Err(Error::Invalid(
                    "the comment holds control characters".to_owned(),
                ));
            }
            Some(comment) => comment.to_owned(),
        };
        let (kind, name) = match new.kind {
            KeyType::Ed25519 => (KeyKind::Ed25519, NAMES[0]),
            KeyType::Rsa4096 => (KeyKind::Rsa4096, NAMES[1]),
            KeyType::Ecdsa => (KeyKind::Ecdsa, NAMES[2]),
        };
        let path = match &new.path {
            Some(path) => local_path(path)?,
            None => free_path(&folder()?, name),
        };
        let passphrase = new
            .passphrase
            .filter(|passphrase| !passphrase.expose_secret().is_empty());
        let make = move || ssh::create_key(&path, kind, &comment, passphrase.as_ref());
        Ok(blocking(make).await?.into())
    }
}

/// The first name that nothing has.
fn free_path(folder: &Path, name: &str) -> PathBuf {
    let numbered = (2..TRIES).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    let is_free = |name: &String| {
        let public = folder.join(format!("{name}.pub"));
        !folder.join(name).exists() && !public.exists()
    };
    let free = names.find(is_free);
    folder.join(free.unwrap_or_else(|| name.to_owned()))
}

fn folder() -> Result<PathBuf, Error> {
    Ok(home()?.join(".ssh"))
}

fn home() -> Result<PathBuf, Error> {
    std::env::home_dir()
        .filter(|home| home.is_absolute())
        .ok_or_else(|| Error::Conflict("this user has no home folder".to_owned()))
}

/// A file of this computer, named in full or below `~/`.
fn local_path(text: &str) -> Result<PathBuf, Error> {
    let text = text.trim();
    let path = match text.strip_prefix("~/") {
        Some(rest) => home()?.join(rest),
        None => PathBuf::from(text),
    };
    if !path.is_absolute() || path.file_name().is_none() || text.contains(char::is_control) {
        return Err(Error::Invalid(
            "the path is not that of a file: it begins with / or ~/".to_owned(),
        ));
    }
    Ok(path)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeyTrouble> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(Error::Key),
        Err(_) => Err(Error::Conflict("the program is ending".to_owned())),
    }
}
