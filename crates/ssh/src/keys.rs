//! Key files of this computer: made, listed, read as far as they are public.
//!
//! Invariant: a file that is there is never written over; a private key is written into a file that
//! only its owner can read, and is nowhere else; a passphrase is never in an error.

use std::{
    fs, io,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use russh::keys::{
    Algorithm, EcdsaCurve, HashAlg, PrivateKey, PublicKey, key::safe_rng, ssh_key::LineEnding,
};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::error::one_line;

/// A key file is never larger than this.
const FILE_BYTES: u64 = 64 * 1024;
/// Files of a folder that are looked at.
const MOST_FILES: usize = 1000;

/// What kind of key is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Ed25519: short, fast, taken by every server of this decade.
    Ed25519,
    /// RSA of 4096 bits, for servers that know nothing else.
    Rsa4096,
    /// ECDSA over NIST P-256.
    Ecdsa,
}

/// A key file, as far as it is public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    /// The private key's file, whether it is there or not.
    pub path: PathBuf,
    /// Whether it needs a passphrase; `None`: only its public half is there.
    pub encrypted: Option<bool>,
    /// The public key.
    pub public: PublicLine,
}

/// A public key as `authorized_keys` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicLine {
    /// The type, for example `ssh-ed25519`.
    pub algorithm: String,
    /// The key itself, in base64.
    pub data: String,
    /// What its maker wrote behind it, one line; empty: nothing.
    pub comment: String,
    /// `SHA256:` and 43 characters.
    pub fingerprint: String,
    /// Its size in bits; `None`: the type says it.
    pub bits: Option<u32>,
}

/// Why a key was not made or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyTrouble {
    /// Something of that name is there.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// The file or its folder cannot be read or written.
    #[error("{} cannot be used", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It holds no key that is understood.
    #[error("{what} holds no public key: {reason}")]
    NoKey {
        /// The file, or what was given.
        what: String,
        /// Why.
        reason: String,
    },
    /// No key could be made.
    #[error("no key could be made: {0}")]
    NotMade(String),
}

impl PublicLine {
    /// Reads one line with a public key, without options before it.
    ///
    /// # Errors
    /// `NoKey`.
    pub fn parse(text: &str) -> Result<Self, KeyTrouble> {
        let text = text.trim();
        let no_key = |reason: &str| KeyTrouble::NoKey {
            what: "the text".to_owned(),
            reason: one_line(reason),
        };
        if text.contains("PRIVATE KEY") {
            return Err(no_key("it is a private key, which belongs on no server"));
        }
        if text.contains(['\n', '\r']) {
            return Err(no_key("it has more than one line"));
        }
        let key = PublicKey::from_openssh(text).map_err(|error| no_key(&error.to_string()))?;
        Self::of(&key).map_err(|error| no_key(&error))
    }

    fn of(key: &PublicKey) -> Result<Self, String> {
        let line = key.to_openssh().map_err(|error| error.to_string())?;
        let mut words = line.split(' ');
        let (algorithm, data) = (words.next(), words.next());
        let bits = key.key_data().rsa().map(|key| key.key_size());
        let comment = String::from_utf8_lossy(key.comment().as_bytes()).into_owned();
        Ok(Self {
            algorithm: algorithm.unwrap_or_default().to_owned(),
            data: data.unwrap_or_default().to_owned(),
            comment: one_line(&comment),
            fingerprint: key.fingerprint(HashAlg::Sha256).to_string(),
            bits,
        })
    }

    /// The line, as `authorized_keys` takes it, without the line feed.
    #[must_use]
    pub fn line(&self) -> String {
        let line = format!("{} {} {}", self.algorithm, self.data, self.comment);
        line.trim_end().to_owned()
    }
}

/// Makes a key and writes it to `path`, and its public half beside it with `.pub` behind the name. A
/// missing folder is made for its owner alone. Blocks; RSA takes seconds.
///
/// # Errors
/// `Exists`, `File`, `NotMade`; nothing is left of it then.
pub fn create_key(
    path: &Path,
    kind: KeyKind,
    comment: &str,
    passphrase: Option<&SecretString>,
) -> Result<KeyFile, KeyTrouble> {
    let not_made = |error: russh::keys::ssh_key::Error| KeyTrouble::NotMade(error.to_string());
    let public_path = beside(path);
    for path in [path, &public_path] {
        if fs::symlink_metadata(path).is_ok() {
            return Err(KeyTrouble::Exists(path.to_owned()));
        }
    }
    let algorithm = match kind {
        KeyKind::Ed25519 => Algorithm::Ed25519,
        KeyKind::Rsa4096 => Algorithm::Rsa { hash: None },
        KeyKind::Ecdsa => Algorithm::Ecdsa {
            curve: EcdsaCurve::NistP256,
        },
    };
    let mut key = PrivateKey::random(&mut safe_rng(), algorithm).map_err(not_made)?;
    key.set_comment(comment);
    let public = PublicLine::of(key.public_key()).map_err(KeyTrouble::NotMade)?;
    let encrypted = passphrase.is_some();
    if let Some(passphrase) = passphrase {
        key = key
            .encrypt(&mut safe_rng(), passphrase.expose_secret())
            .map_err(not_made)?;
    }
    let private = key.to_openssh(LineEnding::LF).map_err(not_made)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
        make_folder(folder).map_err(|source| file_trouble(folder, source))?;
    }
    write_new(path, private.as_bytes(), true).map_err(|source| file_trouble(path, source))?;
    let line = public.line() + "\n";
    if let Err(source) = write_new(&public_path, line.as_bytes(), false) {
        // Made just now, and of no use without what was to stand beside it.
        let _left = fs::remove_file(path);
        return Err(file_trouble(&public_path, source));
    }
    Ok(KeyFile {
        path: path.to_owned(),
        encrypted: Some(encrypted),
        public,
    })
}

/// The keys of a folder, by name: each `.pub` file, and each private key in OpenSSH's own form. A
/// folder that is not there holds none. Blocks.
///
/// # Errors
/// `File` where the folder cannot be read. A file that cannot is passed over.
pub fn key_files(folder: &Path) -> Result<Vec<KeyFile>, KeyTrouble> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(file_trouble(folder, source)),
    };
    let mut paths: Vec<PathBuf> = entries
        .take(MOST_FILES)
        .filter_map(|entry| Some(private_path(&entry.ok()?.path())))
        .collect();
    paths.sort();
    paths.dedup();
    Ok(paths
        .iter()
        .filter_map(|path| key_file(path).ok())
        .collect())
}

/// One key of this computer, by its private key's file or by the `.pub` beside that. Blocks.
///
/// # Errors
/// `File`, `NoKey`.
pub fn key_file(path: &Path) -> Result<KeyFile, KeyTrouble> {
    let path = private_path(path);
    let private = read(&path);
    let key = match &private {
        Ok(text) if text.contains("PRIVATE KEY") => PrivateKey::from_openssh(text.as_str()).ok(),
        _ => None,
    };
    // Of other forms it is not told without the passphrase.
    let encrypted = match (&private, &key) {
        (_, Some(key)) => Some(key.is_encrypted()),
        (Ok(text), None) if text.contains("PRIVATE KEY") => Some(text.contains("ENCRYPTED")),
        _ => None,
    };
    let beside = beside(&path);
    let public = match read(&beside) {
        Ok(text) => PublicLine::parse(&text).map_err(|_| KeyTrouble::NoKey {
            what: beside.display().to_string(),
            reason: "it is not one public key".to_owned(),
        }),
        Err(source) => Err(file_trouble(&beside, source)),
    };
    let public = match (public, &key) {
        (Ok(public), _) => public,
        (Err(_), Some(key)) => {
            PublicLine::of(key.public_key()).map_err(|reason| KeyTrouble::NoKey {
                what: path.display().to_string(),
                reason: one_line(&reason),
            })?
        }
        (Err(error), None) => return Err(error),
    };
    Ok(KeyFile {
        path,
        encrypted,
        public,
    })
}

fn private_path(path: &Path) -> PathBuf {
    if path.extension().is_some_and(|end| end == "pub") {
        path.with_extension("")
    } else {
        path.to_owned()
    }
}

/// The file of the public half.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}

fn read(path: &Path) -> io::Result<Zeroizing<String>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut text = Zeroizing::new(String::new());
    fs::File::open(path)?
        .take(FILE_BYTES)
        .read_to_string(&mut text)?;
    Ok(text)
}

fn file_trouble(path: &Path, source: io::Error) -> KeyTrouble {
    if source.kind() == io::ErrorKind::AlreadyExists {
        return KeyTrouble::Exists(path.to_owned());
    }
    KeyTrouble::File {
        path: path.to_owned(),
        source,
    }
}

/// Writes a file that is not there yet; of it nothing is left where that fails.
fn write_new(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    // On Windows a file in the user's folder is for that user alone by what it inherits.
    #[cfg(not(unix))]
    let _ = private;
    let mut file = options.open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _left = fs::remove_file(path);
    }
    written
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}
